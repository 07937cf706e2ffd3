// What a gateway hands over to be recorded, once a second and off its hot path.
import type { Role } from '../../../platform/contract/operation.ts'
import type { LiveType } from '../../../platform/contract/event.ts'
import type { NodeFigures, Protocol } from '../contract.ts'

export interface OpenedConnection {
  id: string
  userId: string
  role: Role
  protocol: Protocol
  address: string
  userAgent: string | null
  at: Date
}
export interface ClosedConnection {
  id: string
  userId: string
  at: Date
  code: number
  reason: string
  /** Messages it was sent in all. */
  messages: number
}
/** Connections that were refused in the same way from the same address, together. */
export interface Refusal {
  at: Date
  address: string
  protocol: Protocol
  userId: string | null
  code: number
  reason: string
  times: number
}
/** One message in one channel, and the connections of this node that it went to. */
export interface DeliveryRecord {
  at: Date
  /** The event's position. */
  position: number
  channel: string
  type: LiveType
  event: string
  /** Ids of connections as the text of a PostgreSQL array (`{…,…}`): made once for many messages. */
  connections: string
  delivered: boolean
}
export interface RecordBatch {
  node: { id: string; name: string; startedAt: Date }
  at: Date
  figures: NodeFigures
  opened: OpenedConnection[]
  /** The channels a connection reads from now on. */
  channels: { id: string; channels: string[] }[]
  /** Connections that gave a sign of life, and the messages they were sent so far. */
  heard: { id: string; messages: number }[]
  closed: ClosedConnection[]
  refused: Refusal[]
  deliveries: DeliveryRecord[]
}
