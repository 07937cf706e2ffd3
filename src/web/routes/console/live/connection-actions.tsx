// What the agency can do about a connection, each behind a question.
import { useCallback, useState } from 'react'
import { m } from '../../../i18n/generated/messages.js'
import { Button } from '../../../ui/button.tsx'
import { Checkbox, Textarea } from '../../../ui/field.tsx'
import { ActionDialog } from '../parts/action-dialog.tsx'
import { nameOf, type ConnectionView } from './connections-table.tsx'

type Question = 'disconnect' | 'block' | 'unblock'

export function ConnectionActions({
  connection,
  client,
  mine,
}: {
  connection: ConnectionView
  client: { id: string; blocked: object | null } | null
  /** The reader's own: nobody blocks themselves. */
  mine: boolean
}) {
  const [open, setOpen] = useState<Question | null>(null)
  const onClose = useCallback(() => setOpen(null), [])
  const name = nameOf(connection)
  const action = `/console/live/connections/${connection.id}`
  return (
    <>
      {connection.status === 'open' && (
        <Button type="button" onClick={() => setOpen('disconnect')}>
          {m.console_live_disconnect()}
        </Button>
      )}
      {client && !mine && (
        <Button
          type="button"
          kind={client.blocked ? 'quiet' : 'danger'}
          onClick={() => setOpen(client.blocked ? 'unblock' : 'block')}
        >
          {client.blocked ? m.console_live_unblock() : m.console_live_block()}
        </Button>
      )}
      <ActionDialog
        open={open === 'disconnect'}
        onClose={onClose}
        title={m.console_live_disconnect_title({ name })}
        action={action}
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
      {client && (
        <>
          <ActionDialog
            open={open === 'block'}
            onClose={onClose}
            danger
            title={m.console_live_block_title({ name })}
            action={action}
            hidden={{ intent: 'block', userId: client.id }}
            submit={m.console_live_block()}
            done={m.console_live_blocked()}
          >
            {(field) => (
              <>
                <p className="text-small text-soft">{m.console_live_block_text()}</p>
                <Textarea
                  label={m.console_live_block_reason()}
                  hint={m.console_live_block_reason_hint()}
                  maxLength={500}
                  required
                  {...field('reason')}
                />
              </>
            )}
          </ActionDialog>
          <ActionDialog
            open={open === 'unblock'}
            onClose={onClose}
            title={m.console_live_unblock()}
            action={action}
            hidden={{ intent: 'unblock', userId: client.id }}
            submit={m.console_live_unblock()}
            done={m.console_live_unblocked()}
          />
        </>
      )}
    </>
  )
}
