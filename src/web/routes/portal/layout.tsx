// The frame of the client portal, and its guard.
import { Outlet } from 'react-router'
import { forClients } from '../../guard.ts'
import { m } from '../../i18n/generated/messages.js'
import type { RouteHandle } from '../../route-handle.ts'
import { AppShell } from '../../ui/app-shell.tsx'
import { FaultPage } from '../../ui/fault-page.tsx'
import type { Route } from './+types/layout.ts'

export const handle: RouteHandle = { hydrate: true }
export const middleware: Route.MiddlewareFunction[] = [forClients]

/** Makes the guard run on every visit, also where a page asks for nothing else. */
export const loader = () => null

export default function PortalLayout() {
  return (
    <AppShell
      home="/portal"
      label={m.portal_navigation()}
      nav={[{ to: '/portal', label: m.portal_home(), icon: 'home', end: true }]}
    >
      <Outlet />
    </AppShell>
  )
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <FaultPage error={error} />
}
