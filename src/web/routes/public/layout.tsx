// The frame of every public page: plain HTML, no JavaScript.
import { Outlet } from 'react-router'
import { FaultPage } from '../../ui/fault-page.tsx'
import { SkipLink } from '../../ui/skip-link.tsx'
import type { Route } from './+types/layout.ts'
import { SiteFooter } from './parts/site-footer.tsx'
import { SiteHeader } from './parts/site-header.tsx'

export default function PublicLayout() {
  return (
    <>
      <SkipLink />
      <SiteHeader />
      <main id="content">
        <Outlet />
      </main>
      <SiteFooter />
    </>
  )
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return (
    <>
      <SkipLink />
      <SiteHeader />
      <FaultPage error={error} />
      <SiteFooter />
    </>
  )
}
