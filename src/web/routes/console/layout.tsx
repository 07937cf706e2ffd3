// The frame of the console, and its guard.
import { Outlet } from 'react-router'
import { forAgency } from '../../guard.ts'
import { m } from '../../i18n/generated/messages.js'
import type { RouteHandle } from '../../route-handle.ts'
import { AppShell } from '../../ui/app-shell.tsx'
import { FaultPage } from '../../ui/fault-page.tsx'
import type { Route } from './+types/layout.ts'

export const handle: RouteHandle = { hydrate: true }
export const middleware: Route.MiddlewareFunction[] = [forAgency]

/** Makes the guard run on every visit, also where a page asks for nothing else. */
export const loader = () => null

export default function ConsoleLayout() {
  return (
    <AppShell
      wide
      home="/console"
      label={m.console_navigation()}
      nav={[{ to: '/console', label: m.console_today(), icon: 'home', end: true }]}
    >
      <Outlet />
    </AppShell>
  )
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <FaultPage error={error} />
}
