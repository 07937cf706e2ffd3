import type { z } from 'zod'
import type { Delivery } from '../../../../domains/realtime/contract.ts'
import { m } from '../../../i18n/generated/messages.js'
import { DateTime } from '../../../ui/date-time.tsx'
import { Link } from '../../../ui/link.tsx'
import { Badge } from '../../../ui/status-tag.tsx'
import { Table } from '../../../ui/table.tsx'

export type DeliveryView = z.output<typeof Delivery>

const types: Record<DeliveryView['type'], () => string> = {
  project_update: () => m.console_live_type_project_update(),
  payment_update: () => m.console_live_type_payment_update(),
  system_notification: () => m.console_live_type_system_notification(),
}
export const typeWord = (type: string): string => types[type as DeliveryView['type']]?.() ?? type

/** A narrow screen may break the name of an event behind its dot. */
const breakable = (event: string) => {
  const [thing, ...what] = event.split('.')
  return (
    <>
      {thing}.<wbr />
      {what.join('.')}
    </>
  )
}

export function MessagesTable({
  messages,
  withUser = true,
}: {
  messages: readonly DeliveryView[]
  withUser?: boolean
}) {
  return (
    <Table
      caption={m.console_live_messages()}
      rows={[...messages]}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'when',
          head: m.console_when(),
          cell: ({ sentAt }) => <DateTime at={sentAt} className="whitespace-nowrap" />,
        },
        {
          key: 'event',
          head: m.console_live_event(),
          cell: ({ type, event, delivered }) => (
            <span className="block min-w-30 sm:min-w-40">
              <span className="block">{typeWord(type)}</span>
              <code className="text-caption text-soft sm:whitespace-nowrap">{breakable(event)}</code>
              {!delivered && <Badge tone="attention">{m.console_live_not_delivered()}</Badge>}
            </span>
          ),
        },
        ...(withUser
          ? [
              {
                key: 'to',
                head: m.console_live_to(),
                cell: ({ user, connectionId }: DeliveryView) => (
                  <span className="block min-w-28">
                    <Link data-row to={`/console/live/connections/${connectionId}`} className="touch wrap-anywhere">
                      {user?.name || m.console_live_gone_user()}
                    </Link>
                  </span>
                ),
              },
            ]
          : []),
        {
          key: 'channel',
          head: m.console_live_channel(),
          // For the eyes of a technician; a narrow screen has no room for it.
          className: 'max-sm:hidden',
          cell: ({ channel }) => <code className="inline-block min-w-56 text-caption wrap-anywhere">{channel}</code>,
        },
      ]}
    />
  )
}
