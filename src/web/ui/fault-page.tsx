// The page shown when there is no page: nothing at the address, no permission, or a fault of ours. It says what to do.
import type { ReactNode } from 'react'
import { isRouteErrorResponse } from 'react-router'
import { m } from '../i18n/generated/messages.js'
import { ButtonLink } from './button.tsx'

export function FaultPage({ error }: { error: unknown }) {
  const status = isRouteErrorResponse(error) ? error.status : 500
  if (status === 404) return <Fault status={404} title={m.common_not_found_title()} text={m.common_not_found_text()} />
  if (status === 401) {
    const action = (
      <ButtonLink to="/sign-in" reloadDocument kind="main">
        {m.common_sign_in()}
      </ButtonLink>
    )
    return (
      <Fault
        status={401}
        title={m.common_sign_in_needed_title()}
        text={m.common_sign_in_needed_text()}
        action={action}
      />
    )
  }
  if (status === 403) return <Fault status={403} title={m.common_forbidden_title()} text={m.common_forbidden_text()} />
  if (status === 503 || status === 429)
    return <Fault status={status} title={m.common_busy_title()} text={m.common_busy_text()} />
  return <Fault status={status} title={m.common_fault_title()} text={m.common_fault_text()} />
}

export function Fault({
  status,
  title,
  text,
  action,
}: {
  status: number
  title: string
  text: string
  action?: ReactNode
}) {
  return (
    <main id="content" className="page flex min-h-[70dvh] flex-col items-start justify-center py-16">
      <title>{title}</title>
      <p className="font-mono text-small text-faint">{status}</p>
      <h1 className="mt-2 text-display">{title}</h1>
      <p className="measure mt-4 text-soft">{text}</p>
      <div className="mt-8 flex flex-wrap gap-3">
        {action}
        <ButtonLink to="/" reloadDocument kind={action ? 'quiet' : 'main'} icon="home">
          {m.common_to_home()}
        </ButtonLink>
      </div>
    </main>
  )
}
