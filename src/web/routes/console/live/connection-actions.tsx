// What the agency can do about a connection, and about the client behind it, each behind a question.
import { useCallback, useState } from 'react'
import { m } from '../../../i18n/generated/messages.js'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/field.tsx'
import { BlockActions } from '../clients/block.tsx'
import { ActionDialog } from '../parts/action-dialog.tsx'
import { nameOf, type ConnectionView } from './connections-table.tsx'

export function ConnectionActions({
  connection,
  client,
  mine,
}: {
  connection: ConnectionView
  client: Parameters<typeof BlockActions>[0]['client'] | null
  /** The reader's own: nobody blocks themselves. */
  mine: boolean
}) {
  const [open, setOpen] = useState(false)
  const onClose = useCallback(() => setOpen(false), [])
  return (
    <>
      {connection.status === 'open' && (
        <Button type="button" onClick={() => setOpen(true)}>
          {m.console_live_disconnect()}
        </Button>
      )}
      {client && !mine && <BlockActions client={client} />}
      <ActionDialog
        open={open}
        onClose={onClose}
        title={m.console_live_disconnect_title({ name: nameOf(connection) })}
        action={`/console/live/connections/${connection.id}`}
        hidden={{ intent: 'disconnect' }}
        submit={m.console_live_disconnect()}
        done={m.console_live_disconnected()}
      >
        {() => (
          <>
            <p className="text-small text-soft">{m.console_live_disconnect_text()}</p>
            <Checkbox
              name="stay"
              label={m.console_live_disconnect_stay()}
              hint={m.console_live_disconnect_stay_hint()}
            />
          </>
        )}
      </ActionDialog>
    </>
  )
}
