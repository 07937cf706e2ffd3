// Live connections and what was sent on them, for people to look through; and whose a project or an invoice is.
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Reader } from '../../platform/database.ts'
import type { NodeFigures } from './contract.ts'

export async function ownerOf(db: Reader, kind: 'project' | 'invoice', id: string): Promise<string | null> {
  const table = sql.table(kind === 'project' ? 'projects' : 'invoices')
  const { rows } = await sql<{ client_id: string }>`select client_id from ${table} where id = ${id}`.execute(db)
  return rows[0]?.client_id ?? null
}

export interface NodeRow {
  id: string
  name: string
  started_at: Date
  heartbeat_at: Date
  figures: NodeFigures
}
export async function livingNodes(db: Reader, since: Date): Promise<NodeRow[]> {
  const { rows } = await sql<NodeRow>`select id, name, started_at, heartbeat_at, figures from realtime_nodes
    where heartbeat_at >= ${since} order by started_at, id`.execute(db)
  return rows
}

export interface ConnectionRow {
  id: string
  node: string
  user_id: string
  user_name: string | null
  user_email: string | null
  role: 'client' | 'staff' | 'admin'
  protocol: 'centrifugo' | 'centrifugo_sse' | 'centrifugo_stream' | 'plain' | 'plain_sse'
  address: string
  user_agent: string | null
  channels: string[]
  status: 'open' | 'closed'
  connected_at: Date
  last_heartbeat_at: Date
  closed_at: Date | null
  close_code: number | null
  close_reason: string | null
  messages: number
}
export interface ConnectionQuery {
  limit: number
  /** Only those that connected before this one. */
  before?: { at: Date; id: string } | null
  id?: string
  status?: 'open' | 'closed' | undefined
  userId?: string | undefined
  protocol?: string | undefined
  search?: string | undefined
}

const given = (value: unknown, condition: RawBuilder<unknown>) =>
  value === undefined || value === null ? sql`true` : condition
const contains = (text: string) => `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`

/** The newest first. */
export async function connections(db: Reader, query: ConnectionQuery): Promise<ConnectionRow[]> {
  const { limit, before, id, status, userId, protocol, search } = query
  const { rows } = await sql<ConnectionRow>`
    select c.id, c.node, c.user_id, u.name as user_name, u.email as user_email, c.role, c.protocol, c.address, c.user_agent,
      c.channels, c.status, c.connected_at, c.last_heartbeat_at, c.closed_at, c.close_code, c.close_reason, c.messages
    from websocket_connections c left join users u on u.id = c.user_id
    where ${given(id, sql`c.id = ${id}`)} and ${given(status, sql`c.status = ${status}`)}
      and ${given(userId, sql`c.user_id = ${userId}`)} and ${given(protocol, sql`c.protocol = ${protocol}`)}
      and ${given(search, sql`(u.name ilike ${contains(search ?? '')} or u.email ilike ${contains(search ?? '')})`)}
      and ${given(before, sql`(c.connected_at, c.id) < (${before?.at}::timestamptz, ${before?.id}::uuid)`)}
    order by c.connected_at desc, c.id desc limit ${limit}`.execute(db)
  return rows
}

export interface MessageFilter {
  type?: string | undefined
  event?: string | undefined
  connectionId?: string | undefined
  userId?: string | undefined
  from?: string | undefined
  to?: string | undefined
}
/** Where a page ended: the message, its channel, and which of its receivers. */
export interface MessageKey {
  at: string
  position: number
  channel: string
  connection: string
}
export interface DeliveryRow {
  sent_at: Date
  /** The same with microseconds, for the next page. */
  sent_exactly: string
  position: number
  channel: string
  type: 'project_update' | 'payment_update' | 'system_notification'
  event: string
  connection_id: string
  user_id: string | null
  user_name: string | null
  delivered: boolean
}

const matching = ({ type, event, connectionId, from, to }: MessageFilter) => sql`
  ${given(type, sql`m.type = ${type}`)} and ${given(event, sql`m.event = ${event}`)}
  and ${given(connectionId, sql`m.connection_ids @> array[${connectionId}]::uuid[]`)}
  and ${given(from, sql`m.sent_at >= ${from}::timestamptz`)} and ${given(to, sql`m.sent_at < ${to}::timestamptz`)}`
/** The connections of a user that may be among the receivers. */
const ofUser = (userId: string) => sql`array(select id from websocket_connections where user_id = ${userId})`
const receivers = ({ connectionId, userId }: MessageFilter) => sql`
  ${given(connectionId, sql`r.id = ${connectionId}::uuid`)} and ${given(userId, sql`r.id = any (${ofUser(userId ?? '')})`)}`
const toUser = ({ userId }: MessageFilter) => given(userId, sql`m.connection_ids && ${ofUser(userId ?? '')}`)

/** A row for each connection that a message went to, the newest first. */
export async function deliveries(
  db: Reader,
  filter: MessageFilter,
  { limit, before }: { limit: number; before: MessageKey | null },
): Promise<DeliveryRow[]> {
  const { rows } = await sql<DeliveryRow>`
    select m.sent_at, m.sent_at::text as sent_exactly, m.position, m.channel, m.type, m.event, r.id as connection_id,
      c.user_id, u.name as user_name, m.delivered
    from (
      select m.* from websocket_messages m where ${matching(filter)} and ${toUser(filter)}
        and ${given(before, sql`(m.sent_at, m.position) <= (${before?.at}::timestamptz, ${before?.position}::bigint)`)}
      order by m.sent_at desc, m.position desc limit ${limit + (before ? 64 : 0)}
    ) m
    cross join lateral unnest(m.connection_ids) as r (id)
    left join lateral (select user_id from websocket_connections where id = r.id limit 1) c on true
    left join users u on u.id = c.user_id
    where ${receivers(filter)} and ${given(
      before,
      sql`(m.sent_at, m.position, m.channel collate "C", r.id) < (${before?.at}::timestamptz, ${before?.position}::bigint, ${before?.channel}::text collate "C", ${before?.connection}::uuid)`,
    )}
    order by m.sent_at desc, m.position desc, m.channel collate "C" desc, r.id desc limit ${limit}`.execute(db)
  return rows
}

export interface MessageTotal {
  hour: Date
  type: string
  messages: number
}
/** How many connections were sent something, by hour and type, since a time. */
export async function messageTotals(db: Reader, filter: MessageFilter, since: Date): Promise<MessageTotal[]> {
  const own = filter.connectionId !== undefined || filter.userId !== undefined
  const number = own
    ? sql`(select count(*) from unnest(m.connection_ids) as r (id) where ${receivers(filter)})`
    : sql`cardinality(m.connection_ids)`
  const { rows } = await sql<MessageTotal>`
    select date_trunc('hour', m.sent_at) as hour, m.type, sum(${number})::int as messages
    from websocket_messages m where m.sent_at >= ${since} and ${matching(filter)} and ${toUser(filter)}
    group by 1, 2 order by 1 desc, 2`.execute(db)
  return rows
}
