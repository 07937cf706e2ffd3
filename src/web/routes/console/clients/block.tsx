// Blocking a client's account and letting it in again, each behind a question, and how a blocked account is marked.
import { useCallback, useState } from 'react'
import { m } from '../../../i18n/generated/messages.js'
import { Button } from '../../../ui/button.tsx'
import { Textarea } from '../../../ui/field.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { ActionDialog } from '../parts/action-dialog.tsx'

export const BlockedTag = () => (
  <StatusTag tone="danger" icon="lock">
    {m.console_blocked()}
  </StatusTag>
)

export function BlockActions({ client }: { client: { id: string; name: string; blocked: object | null } }) {
  const [open, setOpen] = useState<'block' | 'unblock' | null>(null)
  const onClose = useCallback(() => setOpen(null), [])
  const { name, blocked } = client
  const action = `/console/clients/${client.id}`
  return (
    <>
      <Button type="button" kind={blocked ? 'quiet' : 'danger'} onClick={() => setOpen(blocked ? 'unblock' : 'block')}>
        {blocked ? m.console_live_unblock() : m.console_live_block()}
      </Button>
      <ActionDialog
        open={open === 'block'}
        onClose={onClose}
        danger
        title={m.console_live_block_title({ name })}
        action={action}
        hidden={{ intent: 'block' }}
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
        title={m.console_unblock_title({ name })}
        action={action}
        hidden={{ intent: 'unblock' }}
        submit={m.console_live_unblock()}
        done={m.console_live_unblocked()}
      >
        {() => <p className="text-small text-soft">{m.console_unblock_text()}</p>}
      </ActionDialog>
    </>
  )
}
