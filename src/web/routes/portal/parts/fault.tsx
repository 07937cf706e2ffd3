// A page of the portal that could not be loaded, inside the portal's frame: the navigation stays, and the live connection
// loads the page again as soon as it is back.
import { isRouteErrorResponse, useRevalidator } from 'react-router'
import { m } from '../../../i18n/generated/messages.js'
import { Button, ButtonLink } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'

export function PortalFault({ error }: { error: unknown }) {
  const { revalidate, state } = useRevalidator()
  // An id that is none is refused as input; to a person it is an address that names nothing.
  const missing = isRouteErrorResponse(error) && (error.status === 404 || error.status === 422)
  const title = missing ? m.portal_fault_missing_title() : m.portal_fault_title()
  return (
    <section className="py-8">
      <title>{title}</title>
      <Icon name={missing ? 'search' : 'refresh'} className="size-8 text-faint" />
      <h1 className="mt-4 text-title">{title}</h1>
      <p className="measure mt-3 text-soft">{missing ? m.portal_fault_missing_text() : m.portal_fault_text()}</p>
      <div className="mt-7 flex flex-wrap gap-3">
        {!missing && (
          <Button type="button" kind="main" icon="refresh" busy={state !== 'idle'} onClick={() => void revalidate()}>
            {m.portal_fault_again()}
          </Button>
        )}
        <ButtonLink to="/portal" kind={missing ? 'main' : 'quiet'} icon="home">
          {m.portal_fault_home()}
        </ButtonLink>
      </div>
    </section>
  )
}
