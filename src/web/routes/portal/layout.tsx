// The frame of the client portal, and its guard.
import { Link, Outlet } from 'react-router'
import { countProjects } from '../../../domains/projects/contract.ts'
import { listAnnouncements } from '../../../domains/realtime/contract.ts'
import { Announcements } from '../../../domains/realtime/ui/announcements.tsx'
import { notClosed } from '../../../domains/realtime/ui/closed.ts'
import { page } from '../../context.ts'
import { forClients } from '../../guard.ts'
import { m } from '../../i18n/generated/messages.js'
import type { RouteHandle } from '../../route-handle.ts'
import { AppShell } from '../../ui/app-shell.tsx'
import { FaultPage } from '../../ui/fault-page.tsx'
import { MenuItem } from '../../ui/menu.tsx'
import type { Route } from './+types/layout.ts'
import { ConnectionNotice } from '../../ui/connection-notice.tsx'
import { announce } from './parts/news.ts'
import { NewsToasts } from './parts/news-toasts.tsx'

export const handle: RouteHandle = { hydrate: true }
export const middleware: Route.MiddlewareFunction[] = [forClients]

export async function loader({ request, context }: Route.LoaderArgs) {
  const { call } = context.get(page)
  const [counts, announcements] = await Promise.all([call(countProjects, {}), call(listAnnouncements, { limit: 20 })])
  return {
    toReview: counts.review ?? 0,
    toPay: counts.pending_payment ?? 0,
    announcements: notClosed(announcements.data, request.headers.get('cookie')).slice(0, 5),
  }
}

export default function PortalLayout({ loaderData: { toReview, toPay, announcements } }: Route.ComponentProps) {
  return (
    <AppShell
      home="/portal"
      label={m.portal_navigation()}
      announce={announce}
      nav={[
        { to: '/portal', label: m.portal_home(), icon: 'home', end: true },
        { to: '/portal/projects', label: m.portal_projects(), icon: 'layers', count: toReview },
        { to: '/portal/invoices', label: m.portal_invoices(), icon: 'receipt', count: toPay },
      ]}
      menu={
        <MenuItem icon="user" render={<Link to="/portal/account" />}>
          {m.portal_account()}
        </MenuItem>
      }
    >
      <NewsToasts />
      <ConnectionNotice />
      <Announcements announcements={announcements} />
      <Outlet />
    </AppShell>
  )
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <FaultPage error={error} />
}
