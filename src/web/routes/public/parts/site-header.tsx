// The head of every public page. The menu of small screens is plain HTML.
import { Link as RouterLink } from 'react-router'
import { m } from '../../../i18n/generated/messages.js'
import { useReader } from '../../../reader.ts'
import { Brand } from '../../../ui/brand.tsx'
import { ButtonLink } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { LanguageChoice } from '../../../ui/preferences.tsx'
import { services } from './services.ts'

const places = () => [
  { to: '/template', label: m.public_nav_templates() },
  { to: '/harga', label: m.public_nav_pricing() },
  { to: '/faq', label: m.public_nav_faq() },
]
const item =
  'rounded-base px-3 py-2 text-small font-medium text-soft no-underline transition-colors duration-150 hover:text-ink'

export function SiteHeader() {
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-paper">
      <div className="page flex h-17 items-center gap-4">
        <RouterLink to="/" className="mr-auto flex rounded-base text-body text-ink no-underline lg:mr-4">
          <Brand />
        </RouterLink>
        <nav aria-label={m.public_nav()} className="mr-auto hidden items-center lg:flex">
          <Services />
          {places().map(({ to, label }) => (
            <RouterLink key={to} to={to} className={item}>
              {label}
            </RouterLink>
          ))}
        </nav>
        <div className="hidden items-center gap-2 lg:flex">
          <LanguageChoice />
          <Account className={item} />
        </div>
        <ButtonLink to="/pesan" kind="main" size="small" className="max-[22rem]:hidden">
          {m.public_order_now()}
        </ButtonLink>
        <SmallMenu />
      </div>
    </header>
  )
}

function Services() {
  return (
    <details name="services" className="group relative">
      <summary className={`${item} flex items-center gap-1.5`}>
        {m.public_nav_services()}
        <Icon name="chevron-down" className="size-4 transition-transform duration-150 group-open:rotate-180" />
      </summary>
      <ul className="absolute top-full left-0 mt-2 w-84 rounded-base border border-line bg-raised p-2 shadow-float">
        {services.map((service) => (
          <li key={service.kind}>
            <RouterLink to={service.path} className="flex gap-3 rounded-base p-3 text-ink no-underline hover:bg-sunken">
              <Icon name={service.icon} className="mt-0.5 size-5 text-nila" />
              <span>
                <span className="block text-small font-semibold">{service.name()}</span>
                <span className="block text-caption text-soft">{service.audience()}</span>
              </span>
            </RouterLink>
          </li>
        ))}
      </ul>
    </details>
  )
}

function Account({ className }: { className: string }) {
  const { user } = useReader()
  if (!user) {
    return (
      <RouterLink to="/sign-in" className={className}>
        {m.common_sign_in()}
      </RouterLink>
    )
  }
  return (
    <a href={user.role === 'client' ? '/portal' : '/console'} className={className}>
      {user.role === 'client' ? m.public_to_portal() : m.public_to_console()}
    </a>
  )
}

function SmallMenu() {
  const row = 'block py-3 text-body font-semibold text-ink no-underline'
  return (
    <details className="group lg:hidden">
      <summary className="-mr-2.5 grid size-11 place-items-center rounded-base text-ink">
        <span className="group-open:hidden">
          <Icon name="menu" label={m.common_menu()} className="size-6" />
        </span>
        <span className="hidden group-open:inline">
          <Icon name="close" label={m.common_close()} className="size-6" />
        </span>
      </summary>
      <nav
        aria-label={m.public_nav()}
        className="page absolute inset-x-0 top-full max-h-[calc(100dvh-4.25rem)] overflow-y-auto border-b border-line bg-paper py-4 shadow-float"
      >
        <ul className="divide-y divide-line">
          {services.map((service) => (
            <li key={service.kind}>
              <RouterLink to={service.path} className={row}>
                {service.name()}
                <span className="block text-small font-normal text-soft">{service.audience()}</span>
              </RouterLink>
            </li>
          ))}
          {places().map(({ to, label }) => (
            <li key={to}>
              <RouterLink to={to} className={row}>
                {label}
              </RouterLink>
            </li>
          ))}
          <li>
            <Account className={row} />
          </li>
        </ul>
        <LanguageChoice className="mt-4" />
      </nav>
    </details>
  )
}
