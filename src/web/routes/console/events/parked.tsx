// Events that a reader failed on and set aside: given to it again, or dropped for it.
import { useCallback, useState } from 'react'
import { useFetcher } from 'react-router'
import type { z } from 'zod'
import {
  discardParkedEvent,
  listParkedEvents,
  retryParkedEvent,
  type ParkedEvent,
} from '../../../../domains/audit/contract.ts'
import { page } from '../../../context.ts'
import { text } from '../../../form.ts'
import { m } from '../../../i18n/generated/messages.js'
import { Button } from '../../../ui/button.tsx'
import { DateTime } from '../../../ui/date-time.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { ActionDialog } from '../parts/action-dialog.tsx'
import { ConsoleFault } from '../parts/fault.tsx'
import { attempt, type Outcome } from '../parts/outcome.ts'
import { useReload } from '../parts/reload.ts'
import type { Route } from './+types/parked.ts'
import { EventsFrame } from './frame.tsx'
import { Subject } from './subject.tsx'

type Parked = z.output<typeof ParkedEvent>

export async function loader({ context }: Route.LoaderArgs) {
  return { parked: (await context.get(page).call(listParkedEvents, {})).data }
}

export async function action({ request, context }: Route.ActionArgs) {
  const { call } = context.get(page)
  const form = await request.formData()
  const which = { reader: text(form, 'reader'), position: text(form, 'position') }
  return attempt(() => call(text(form, 'intent') === 'discard' ? discardParkedEvent : retryParkedEvent, which))
}

export default function ParkedEvents({ loaderData: { parked } }: Route.ComponentProps) {
  useReload()
  const [asked, setAsked] = useState<Parked | null>(null)
  const [open, setOpen] = useState(false)
  const onClose = useCallback(() => setOpen(false), [])
  return (
    <EventsFrame title={m.console_parked()}>
      {parked.length === 0 ? (
        <EmptyState icon="check-circle" title={m.console_parked_none_title()}>
          {m.console_parked_none_text()}
        </EmptyState>
      ) : (
        <ul className="border-t border-line">
          {parked.map((event) => (
            <li
              key={`${event.reader} ${event.position}`}
              className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 border-b border-line py-4 text-small"
            >
              <div className="min-w-0 flex-1 basis-72">
                <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
                  <span className="font-mono text-caption font-semibold">{event.type}</span>
                  <Subject subject={event.subject} />
                  {event.retrying && (
                    <StatusTag tone="action" icon="refresh">
                      {m.console_parked_retrying()}
                    </StatusTag>
                  )}
                </p>
                <p className="mt-1 text-caption text-soft">
                  {m.console_parked_by({ reader: event.reader, attempts: event.attempts })} ·{' '}
                  <DateTime at={event.parkedAt} />
                </p>
                <p lang="en" className="mt-2 font-mono text-caption text-bata wrap-anywhere">
                  {event.error}
                </p>
              </div>
              <div className="flex flex-wrap gap-2">
                <Retry event={event} />
                <Button
                  type="button"
                  size="small"
                  kind="danger"
                  icon="trash"
                  aria-label={`${m.console_parked_discard()}: ${event.type} ${event.position}`}
                  onClick={() => {
                    setAsked(event)
                    setOpen(true)
                  }}
                >
                  {m.console_parked_discard()}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      )}
      {asked && (
        <ActionDialog
          key={`${asked.reader} ${asked.position}`}
          open={open}
          onClose={onClose}
          danger
          title={m.console_parked_discard_title()}
          action="/console/events/parked"
          hidden={{ intent: 'discard', reader: asked.reader, position: String(asked.position) }}
          submit={m.console_parked_discard()}
          done={m.console_parked_discarded()}
          confirm={asked.type}
        >
          {() => <p className="text-small text-soft">{m.console_parked_discard_text({ reader: asked.reader })}</p>}
        </ActionDialog>
      )}
    </EventsFrame>
  )
}

function Retry({ event }: { event: Parked }) {
  const fetcher = useFetcher<Outcome>()
  return (
    <fetcher.Form method="post">
      <input type="hidden" name="intent" value="retry" />
      <input type="hidden" name="reader" value={event.reader} />
      <input type="hidden" name="position" value={event.position} />
      <Button
        size="small"
        icon="refresh"
        busy={fetcher.state !== 'idle' || event.retrying}
        aria-label={`${m.console_parked_retry()}: ${event.type} ${event.position}`}
      >
        {m.console_parked_retry()}
      </Button>
    </fetcher.Form>
  )
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <ConsoleFault error={error} />
}
