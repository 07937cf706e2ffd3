// The frame of portal and console: navigation, account, the state of the live connection. `wide` puts the navigation at the
// side, for dense work; otherwise it lies on top. On a phone it is a row that scrolls.
import { CSPProvider } from '@base-ui/react/csp-provider'
import type { ReactNode } from 'react'
import { Link as RouterLink, NavLink, useNavigation } from 'react-router'
import { m } from '../i18n/generated/messages.js'
import { AccountMenu } from './account-menu.tsx'
import { Brand } from './brand.tsx'
import { cx } from './class-names.ts'
import { Icon, type IconName } from './icon.tsx'
import { LiveProvider, useLive, type LiveNews } from './live.tsx'
import { useNow } from './now.ts'
import { SkipLink } from './skip-link.tsx'
import { ToastProvider } from './toast.tsx'

export interface NavItem {
  to: string
  label: string
  icon: IconName
  end?: boolean
  /** A number that wants attention. */
  count?: number
}

export function AppShell({
  home,
  label,
  nav,
  wide = false,
  menu,
  tools,
  announce,
  children,
}: {
  home: string
  /** Names the navigation. */
  label: string
  nav: NavItem[]
  wide?: boolean
  /** Further items of the account menu. */
  menu?: ReactNode
  /** Stands by the brand, such as a search. */
  tools?: ReactNode
  announce?: (news: LiveNews) => string | null
  children: ReactNode
}) {
  return (
    // The style elements of the components would need a nonce in the browser; ours come from the stylesheet.
    <CSPProvider disableStyleElements>
      <LiveProvider {...(announce && { announce })}>
        <ToastProvider>
          <SkipLink />
          <Progress />
          <div className={cx('min-h-dvh', wide && 'lg:grid lg:grid-cols-[15rem_minmax(0,1fr)]')}>
            <header
              className={cx(
                'border-b border-line bg-paper print:hidden',
                wide && 'lg:sticky lg:top-0 lg:flex lg:h-dvh lg:flex-col lg:border-r lg:border-b-0',
              )}
            >
              <div
                className={cx(
                  'flex items-center justify-between gap-4 px-4 py-3',
                  wide ? 'lg:flex-wrap lg:px-5 lg:pt-5 lg:pb-4' : 'page md:py-3.5',
                )}
              >
                <RouterLink to={home} className="flex rounded-base text-ink no-underline">
                  <Brand />
                </RouterLink>
                {!wide && <Navigation label={label} nav={nav} className="hidden md:flex" />}
                {tools && <div className={cx('ml-auto', wide && 'lg:-mx-2 lg:w-[calc(100%+1rem)]')}>{tools}</div>}
                <div className={cx('flex items-center gap-2', wide && 'lg:hidden')}>
                  <Connection />
                  <AccountMenu>{menu}</AccountMenu>
                </div>
              </div>
              <Navigation
                label={label}
                nav={nav}
                className={cx(
                  'flex overflow-x-auto px-2 pb-2',
                  wide ? 'lg:flex-1 lg:flex-col lg:overflow-y-auto lg:px-3' : 'md:hidden',
                )}
              />
              {wide && (
                <div className="hidden items-center justify-between gap-2 border-t border-line p-3 lg:flex">
                  <AccountMenu>{menu}</AccountMenu>
                  <Connection />
                </div>
              )}
            </header>
            <main
              id="content"
              tabIndex={-1}
              className={cx('outline-none', wide ? 'min-w-0 px-4 py-6 md:px-8 lg:py-8' : 'page py-8 md:py-12')}
            >
              {children}
            </main>
          </div>
        </ToastProvider>
      </LiveProvider>
    </CSPProvider>
  )
}

function Navigation({ label, nav, className }: { label: string; nav: NavItem[]; className?: string }) {
  return (
    <nav aria-label={label} className={cx('gap-1', className)}>
      {nav.map(({ to, label, icon, end, count }) => (
        <NavLink
          key={to}
          to={to}
          end={end ?? false}
          className={({ isActive }) =>
            cx(
              'inline-flex min-h-10 items-center gap-2.5 rounded-base px-3 text-small font-semibold whitespace-nowrap max-md:gap-1.5 max-md:px-2.5 no-underline transition-colors duration-150',
              isActive ? 'bg-nila-wash text-nila' : 'text-soft hover:bg-sunken hover:text-ink',
            )
          }
        >
          <Icon name={icon} className="max-[23.5rem]:hidden" />
          {label}
          {count !== undefined && count > 0 && (
            <span className="ml-auto rounded-full bg-kunyit-wash px-1.5 text-caption tabular text-kunyit">{count}</span>
          )}
        </NavLink>
      ))}
    </nav>
  )
}

/** Quiet while all is well; says so when the page may be out of date. */
function Connection() {
  const { state } = useLive()
  // Takes the difference of the clocks while the server's time is fresh, for pages that are opened later.
  useNow(60_000)
  const text = state === 'interrupted' ? m.common_live_interrupted() : m.common_live()
  if (state === 'connecting') return null
  return (
    <span
      role="status"
      title={text}
      className={cx(
        'inline-flex items-center gap-1.5 text-caption',
        state === 'interrupted' ? 'text-kunyit' : 'text-faint',
      )}
    >
      <span
        aria-hidden
        className={cx('size-2 rounded-full', state === 'interrupted' ? 'animate-breathe bg-kunyit-mark' : 'bg-daun')}
      />
      <span className="visually-hidden">{text}</span>
    </span>
  )
}

/** A thin line while the next page is on its way, only when that takes long enough to wonder. */
function Progress() {
  const busy = useNavigation().state !== 'idle'
  return (
    <div
      aria-hidden
      className={cx(
        'fixed inset-x-0 top-0 z-50 h-0.5 origin-left bg-nila transition-[scale,opacity]',
        busy ? 'scale-x-90 opacity-100 delay-300 duration-[4s]' : 'scale-x-0 opacity-0 duration-0',
      )}
    />
  )
}
