// A page of the console that could not be loaded, inside the console's frame: the navigation stays.
import { isRouteErrorResponse, useRevalidator } from 'react-router'
import { m } from '../../../i18n/generated/messages.js'
import { Button, ButtonLink } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'

export function ConsoleFault({ error }: { error: unknown }) {
  const { revalidate, state } = useRevalidator()
  // An id that is none is refused as input; to a person it is an address that names nothing.
  const missing = isRouteErrorResponse(error) && (error.status === 404 || error.status === 422)
  const title = missing ? m.console_fault_missing_title() : m.console_fault_title()
  return (
    <section className="py-8">
      <title>{title}</title>
      <Icon name={missing ? 'search' : 'refresh'} className="size-8 text-faint" />
      <h1 className="mt-4 text-title">{title}</h1>
      <p className="measure mt-3 text-soft">{missing ? m.console_fault_missing_text() : m.console_fault_text()}</p>
      <div className="mt-7 flex flex-wrap gap-3">
        {!missing && (
          <Button type="button" kind="main" icon="refresh" busy={state !== 'idle'} onClick={() => void revalidate()}>
            {m.console_fault_again()}
          </Button>
        )}
        <ButtonLink to="/console" kind={missing ? 'main' : 'quiet'} icon="home">
          {m.console_to_today()}
        </ButtonLink>
      </div>
    </section>
  )
}
