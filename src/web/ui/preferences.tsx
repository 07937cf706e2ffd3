// Language and theme as plain forms: they work without JavaScript, and the page comes back in the choice. Live pages post them
// as documents too, because the language of everything on the page changes.
import { useLocation } from 'react-router'
import { locales } from '../../platform/contract/shapes.ts'
import { m } from '../i18n/generated/messages.js'
import { getLocale } from '../i18n/generated/runtime.js'
import { useReaderIfKnown } from '../reader.ts'
import { cx } from './class-names.ts'
import { Icon, type IconName } from './icon.tsx'

const names = { id: () => m.common_language_id(), en: () => m.common_language_en() }

export function Back() {
  const { pathname, search } = useLocation()
  return <input type="hidden" name="back" value={pathname + search} />
}

/** Every offered language, each in its own words. */
export function LanguageChoice({ className }: { className?: string }) {
  const current = getLocale()
  return (
    <form method="post" action="/preferences" className={className}>
      <Back />
      <div role="group" aria-label={m.common_language()} className="inline-flex rounded-base border border-line p-0.5">
        {locales.map((locale) => (
          <button
            key={locale}
            name="locale"
            value={locale}
            lang={locale}
            aria-pressed={locale === current}
            aria-label={`${locale} · ${names[locale]()}`}
            className={cx(
              'min-h-8 rounded-[0.5rem] px-2.5 text-caption font-semibold uppercase',
              locale === current ? 'bg-sunken text-ink' : 'text-faint hover:text-ink',
            )}
          >
            {locale}
          </button>
        ))}
      </div>
    </form>
  )
}

const themes: { value: 'light' | 'system' | 'dark'; icon: IconName; label: () => string }[] = [
  { value: 'light', icon: 'sun', label: () => m.common_theme_light() },
  { value: 'system', icon: 'screen', label: () => m.common_theme_system() },
  { value: 'dark', icon: 'moon', label: () => m.common_theme_dark() },
]

export function ThemeChoice({ className }: { className?: string }) {
  const current = useReaderIfKnown()?.theme ?? 'system'
  return (
    <form method="post" action="/preferences" className={className}>
      <Back />
      <div role="group" aria-label={m.common_theme()} className="inline-flex rounded-base border border-line p-0.5">
        {themes.map(({ value, icon, label }) => (
          <button
            key={value}
            name="theme"
            value={value}
            aria-pressed={value === current}
            aria-label={label()}
            title={label()}
            className={cx(
              'grid size-8 place-items-center rounded-[0.5rem]',
              value === current ? 'bg-sunken text-ink' : 'text-faint hover:text-ink',
            )}
          >
            <Icon name={icon} />
          </button>
        ))}
      </div>
    </form>
  )
}
