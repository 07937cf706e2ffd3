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
            <span className="block min-w-40">
              <span className="block">{typeWord(type)}</span>
              <code className="text-caption text-soft">{event}</code>
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
                  <Link data-row to={`/console/live/connections/${connectionId}`} className="whitespace-nowrap">
                    {user?.name || m.console_live_gone_user()}
                  </Link>
                ),
              },
            ]
          : []),
        {
          key: 'channel',
          head: m.console_live_channel(),
          cell: ({ channel }) => <code className="inline-block min-w-56 text-caption wrap-anywhere">{channel}</code>,
        },
      ]}
    />
  )
}
