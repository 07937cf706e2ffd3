// The frame of the console, and its guard.
import { Link, Outlet } from 'react-router'
import { listParkedEvents } from '../../../domains/audit/contract.ts'
import { listFlags } from '../../../domains/billing/contract.ts'
import { getMe } from '../../../domains/identity/contract.ts'
import { listAnnouncements } from '../../../domains/realtime/contract.ts'
import { Announcements } from '../../../domains/realtime/ui/announcements.tsx'
import { notClosed } from '../../../domains/realtime/ui/closed.ts'
import { page } from '../../context.ts'
import { forAgency } from '../../guard.ts'
import { m } from '../../i18n/generated/messages.js'
import type { RouteHandle } from '../../route-handle.ts'
import { AppShell } from '../../ui/app-shell.tsx'
import { FaultPage } from '../../ui/fault-page.tsx'
import { MenuItem } from '../../ui/menu.tsx'
import type { Route } from './+types/layout.ts'
import { announce } from './news.ts'
import { Palette } from './palette/palette.tsx'
import { ConnectionNotice } from '../../ui/connection-notice.tsx'
import { useCurrentInSight } from './parts/current.ts'
import { useListKeys } from './parts/keys.ts'
import { PasswordNotice } from './parts/password-notice.tsx'

export const handle: RouteHandle = { hydrate: true }
export const middleware: Route.MiddlewareFunction[] = [forAgency]

export async function loader({ request, context }: Route.LoaderArgs) {
  const { call } = context.get(page)
  const [{ user }, flags, parked, announcements] = await Promise.all([
    call(getMe, {}),
    call(listFlags, { resolved: 'false', limit: 100 }),
    call(listParkedEvents, {}),
    call(listAnnouncements, { limit: 20 }),
  ])
  return {
    mustChangePassword: user.mustChangePassword,
    flags: flags.data.length,
    parked: parked.data.length,
    announcements: notClosed(announcements.data, request.headers.get('cookie')).slice(0, 5),
  }
}

export default function ConsoleLayout({ loaderData }: Route.ComponentProps) {
  const { mustChangePassword, flags, parked, announcements } = loaderData
  useListKeys()
  useCurrentInSight('header nav, main nav')
  return (
    <AppShell
      wide
      home="/console"
      label={m.console_navigation()}
      announce={announce}
      tools={<Palette />}
      nav={[
        { to: '/console', label: m.console_today(), icon: 'home', end: true },
        { to: '/console/projects', label: m.console_projects(), icon: 'board' },
        { to: '/console/invoices', label: m.console_invoices(), icon: 'receipt' },
        { to: '/console/clients', label: m.console_clients(), icon: 'users' },
        { to: '/console/flags', label: m.console_flags(), icon: 'flag', count: flags },
        { to: '/console/catalogue', label: m.console_catalogue(), icon: 'layers' },
        { to: '/console/mailbox', label: m.console_mailbox(), icon: 'mail' },
        { to: '/console/live', label: m.console_live(), icon: 'bolt' },
        { to: '/console/events', label: m.console_events(), icon: 'list', count: parked },
      ]}
      menu={
        <MenuItem icon="user" render={<Link to="/console/account" />}>
          {m.console_account()}
        </MenuItem>
      }
    >
      <ConnectionNotice />
      {mustChangePassword && <PasswordNotice />}
      <Announcements announcements={announcements} />
      <Outlet />
    </AppShell>
  )
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <FaultPage error={error} />
}
