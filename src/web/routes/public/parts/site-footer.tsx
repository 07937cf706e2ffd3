import { Link as RouterLink } from 'react-router'
import { m } from '../../../i18n/generated/messages.js'
import { useReader } from '../../../reader.ts'
import { Brand } from '../../../ui/brand.tsx'
import { LanguageChoice, ThemeChoice } from '../../../ui/preferences.tsx'
import { services } from './services.ts'

export function SiteFooter() {
  const { user, now } = useReader()
  const columns = [
    {
      title: m.public_footer_services(),
      links: services.map((service) => ({ to: service.path, label: service.name() })),
    },
    {
      title: m.public_footer_explore(),
      links: [
        { to: '/template', label: m.public_nav_templates() },
        { to: '/harga', label: m.public_nav_pricing() },
        { to: '/faq', label: m.public_nav_faq() },
        { to: '/pesan', label: m.public_order_now() },
      ],
    },
    {
      title: m.public_footer_account(),
      links: user
        ? [{ to: user.role === 'client' ? '/portal' : '/console', label: m.public_to_portal() }]
        : [
            { to: '/sign-in', label: m.common_sign_in() },
            { to: '/sign-up', label: m.common_sign_up() },
          ],
    },
  ]
  return (
    <footer className="mt-24 border-t border-line">
      <div className="page grid gap-10 py-14 md:grid-cols-[1.4fr_2fr]">
        <div>
          <Brand />
          <p className="mt-3 max-w-xs text-small text-soft">{m.public_footer_line()}</p>
        </div>
        <nav aria-label={m.public_footer_nav()} className="grid grid-cols-2 gap-8 sm:grid-cols-3">
          {columns.map(({ title, links }) => (
            <div key={title}>
              <h2 className="text-small font-semibold">{title}</h2>
              <ul className="mt-3 space-y-2 text-small">
                {links.map(({ to, label }) => (
                  <li key={to}>
                    <RouterLink
                      to={to}
                      className="inline-block py-0.5 text-soft no-underline hover:text-ink hover:underline"
                    >
                      {label}
                    </RouterLink>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </nav>
      </div>
      <div className="border-t border-line">
        <div className="page flex flex-wrap items-center justify-between gap-4 py-5 text-caption text-faint">
          <p>{m.public_footer_rights({ year: new Date(now).getFullYear() })}</p>
          <div className="flex gap-3">
            <LanguageChoice />
            <ThemeChoice />
          </div>
        </div>
      </div>
    </footer>
  )
}
