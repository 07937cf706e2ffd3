// Connections and deliveries as the contract shows them.
import type { z } from 'zod'
import type { Connection, Delivery, listMessages } from './contract.ts'
import type { ConnectionRow, DeliveryRow, MessageTotal } from './store.ts'

export const connectionFor = (row: ConnectionRow): z.input<typeof Connection> => ({
  id: row.id,
  node: row.node,
  // An account may be gone; the record stays.
  user: { id: row.user_id, name: row.user_name ?? '', email: row.user_email ?? '' },
  role: row.role,
  protocol: row.protocol,
  address: row.address,
  userAgent: row.user_agent,
  channels: row.channels,
  status: row.status,
  connectedAt: row.connected_at,
  lastHeartbeatAt: row.last_heartbeat_at,
  closedAt: row.closed_at,
  closeCode: row.close_code,
  closeReason: row.close_reason,
  messages: row.messages,
})

export const deliveryFor = (row: DeliveryRow): z.input<typeof Delivery> => ({
  id: `${row.id}.${row.receiver}`,
  connectionId: row.connection_id,
  user: row.user_id === null ? null : { id: row.user_id, name: row.user_name ?? '' },
  channel: row.channel,
  type: row.type,
  event: row.event,
  messageId: String(row.position),
  sentAt: row.sent_at,
  delivered: row.delivered,
})

type Totals = z.input<(typeof listMessages)['output']>['totals']
export function totalsFor(rows: readonly MessageTotal[]): Totals {
  const byType: Record<string, number> = {}
  const byHour = new Map<number, number>()
  for (const { hour, type, messages } of rows) {
    byType[type] = (byType[type] ?? 0) + messages
    byHour.set(hour.getTime(), (byHour.get(hour.getTime()) ?? 0) + messages)
  }
  return {
    all: rows.reduce((all, { messages }) => all + messages, 0),
    byType,
    byHour: [...byHour].map(([hour, messages]) => ({ hour: new Date(hour), messages })),
  }
}
