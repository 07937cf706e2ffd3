// Connections as the contract shows them.
import type { z } from 'zod'
import type { Connection } from './contract.ts'
import type { ConnectionRow } from './store.ts'

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
