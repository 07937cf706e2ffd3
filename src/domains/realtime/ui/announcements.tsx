// What the agency announces, above every page of portal and console: in the reader's language, until its end, unless the
// reader has closed it. What comes or goes while a page is read pushes it smoothly.
import { useState } from 'react'
import type { z } from 'zod'
import type { Locale } from '../../../platform/contract/shapes.ts'
import { m } from '../../../web/i18n/generated/messages.js'
import { getLocale } from '../../../web/i18n/generated/runtime.js'
import { cx } from '../../../web/ui/class-names.ts'
import { Icon } from '../../../web/ui/icon.tsx'
import { Notice, type Tone } from '../../../web/ui/notice.tsx'
import { useNow } from '../../../web/ui/now.ts'
import type { Announcement, Severity } from '../contract.ts'
import { rememberClosed } from './closed.ts'

type AnnouncementView = Pick<z.output<typeof Announcement>, 'id' | 'title' | 'body' | 'severity' | 'endsAt'>
const looks: Record<z.output<typeof Severity>, { tone: Tone; word: (locale: Locale) => string }> = {
  info: { tone: 'action', word: (locale) => m.common_announcement_info({}, { locale }) },
  success: { tone: 'success', word: (locale) => m.common_announcement_success({}, { locale }) },
  warning: { tone: 'attention', word: (locale) => m.common_announcement_warning({}, { locale }) },
  critical: { tone: 'danger', word: (locale) => m.common_announcement_critical({}, { locale }) },
}
export const severityWord = (severity: z.output<typeof Severity>): string => looks[severity].word(getLocale())
export const severityTone = (severity: z.output<typeof Severity>): Tone => looks[severity].tone

export function Announcements({ announcements }: { announcements: AnnouncementView[] }) {
  const now = useNow(1_000)
  const [closed, setClosed] = useState<readonly string[]>([])
  const current = announcements.filter(
    ({ id, endsAt }) => !closed.includes(id) && (endsAt === null || new Date(endsAt).getTime() > now),
  )
  // What the page came with stands there at once.
  const [atFirst] = useState(() => new Set(current.map(({ id }) => id)))
  const [shown, setShown] = useState(current)
  const going = shown.filter(({ id }) => !current.some((each) => each.id === id))
  const all = [...current]
  for (const each of going) all.splice(shown.indexOf(each), 0, each)
  if (all.length !== shown.length || all.some((each, at) => each !== shown[at])) setShown(all)
  const close = (id: string) => {
    setClosed([...closed, id])
    rememberClosed(id)
    // The button that had the focus is about to go.
    document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true })
  }
  return (
    <div aria-live="polite">
      {all.length > 0 && (
        <section aria-label={m.common_announcements()}>
          {all.map((each) => {
            const gone = going.includes(each)
            return (
              <div
                key={each.id}
                inert={gone}
                onTransitionEnd={() => gone && setShown((before) => before.filter(({ id }) => id !== each.id))}
                className={cx(
                  'grid transition-[grid-template-rows,opacity] duration-200 ease-out',
                  gone ? 'grid-rows-[0fr] opacity-0' : 'grid-rows-[1fr]',
                  !atFirst.has(each.id) && 'starting:grid-rows-[0fr] starting:opacity-0',
                )}
              >
                <div className="min-h-0 overflow-hidden">
                  <div className="pb-5">
                    <AnnouncementNotice {...each} onClose={() => close(each.id)} />
                  </div>
                </div>
              </div>
            )
          })}
        </section>
      )}
    </div>
  )
}

export function AnnouncementNotice({
  title,
  body,
  severity,
  locale = getLocale(),
  onClose,
}: Pick<AnnouncementView, 'title' | 'body' | 'severity'> & { locale?: Locale; onClose?: () => void }) {
  const { tone, word } = looks[severity]
  return (
    <div lang={locale}>
      <Notice tone={tone}>
        <div className="flex items-start justify-between gap-4">
          <div className="min-w-0">
            <p className="font-semibold wrap-anywhere">
              <span className="text-caption font-semibold tracking-wide uppercase">{word(locale)}</span>
              <span aria-hidden="true"> · </span>
              {title[locale]}
            </p>
            <p className="measure mt-0.5 whitespace-pre-line wrap-anywhere">{body[locale]}</p>
          </div>
          {onClose && (
            <button
              type="button"
              onClick={onClose}
              aria-label={`${m.common_announcement_dismiss()}: ${title[locale]}`}
              className="-m-1.5 inline-flex size-9 shrink-0 items-center justify-center rounded-base text-soft hover:bg-raised/60 hover:text-ink"
            >
              <Icon name="close" />
            </button>
          )}
        </div>
      </Notice>
    </div>
  )
}
