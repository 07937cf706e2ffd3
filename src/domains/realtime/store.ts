// Live connections and what was sent on them, for people to look through; and whose a project or an invoice is.
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Reader } from '../../platform/database.ts'
import type { NodeFigures } from './contract.ts'
import { cut } from './span.ts'
import type { Span } from './span.ts'

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
  /** Only those before this one. */
  before?: string | null
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
    where ${given(id, sql`c.id = ${id}`)} and ${given(before, sql`c.id < ${before}`)} and ${given(status, statusIs(status))}
      and ${given(userId, sql`c.user_id = ${userId}`)} and ${given(protocol, sql`c.protocol = ${protocol}`)}
      and ${given(search, sql`(u.name ilike ${contains(search ?? '')} or u.email ilike ${contains(search ?? '')})`)}
    order by c.id desc limit ${limit}`.execute(db)
  return rows
}
// Written out, so that those which are open, few among many, are found by their own index.
const statusIs = (status: 'open' | 'closed' | undefined) =>
  status === 'open' ? sql`c.status = 'open'` : sql`c.status = 'closed'`

/** The ids of the newest connections of a user. */
export async function connectionsOf(db: Reader, userId: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from websocket_connections
    where user_id = ${userId} order by id desc limit ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}

export interface MessageFilter {
  type?: string | undefined
  event?: string | undefined
  /** Only what went to one of these. */
  receivers?: readonly string[] | undefined
  from?: Date | undefined
  to?: Date | undefined
}
/** Where a page ended: the message, and which of its receivers. */
export interface MessageKey {
  at: Date
  id: number
  receiver: number
}
export interface DeliveryRow {
  sent_at: Date
  id: number
  /** Which of the message's receivers. */
  receiver: number
  position: number
  channel: string
  type: 'project_update' | 'payment_update' | 'system_notification'
  event: string
  connection_id: string
  user_id: string | null
  user_name: string | null
  delivered: boolean
}

const matching = ({ type, event, receivers, from, to }: MessageFilter) => sql`
  ${given(type, sql`m.type = ${type}`)} and ${given(event, sql`m.event = ${event}`)}
  and ${given(from, sql`m.sent_at >= ${from}`)} and ${given(to, sql`m.sent_at < ${to}`)}
  and ${given(receivers, wentTo(receivers ?? []))}`
// By two indexes: one of receivers, for what went to few, one of the rest. See 0008_realtime.sql.
const wentTo = (ids: readonly string[]) => sql`
  (m.connections <= 50 and m.connection_ids && ${[...ids]}::uuid[] or m.connections > 50 and m.connection_ids && ${[...ids]}::uuid[])`

/** A row for each connection that a message went to, the newest first. */
export async function deliveries(
  db: Reader,
  filter: MessageFilter,
  { limit, before }: { limit: number; before: MessageKey | null },
): Promise<DeliveryRow[]> {
  const { receivers } = filter
  // Each message has at least one receiver that is wanted: a page and one more are enough, whatever the page before left.
  const { rows } = await sql<DeliveryRow>`
    select m.sent_at, m.id, r.receiver, m.position, m.channel, m.type, m.event, r.id as connection_id, c.user_id,
      u.name as user_name, m.delivered
    from (
      select m.* from websocket_messages m where ${matching(filter)}
        and ${given(before, sql`(m.sent_at, m.id) <= (${before?.at}::timestamptz, ${before?.id}::bigint)`)}
      order by m.sent_at desc, m.id desc limit ${limit + 1}
    ) m
    cross join lateral unnest(m.connection_ids) with ordinality as r (id, receiver)
    left join websocket_connections c on c.id = r.id
    left join users u on u.id = c.user_id
    where ${given(receivers, sql`r.id = any (${[...(receivers ?? [])]}::uuid[])`)} and ${given(
      before,
      sql`(m.sent_at, m.id, r.receiver) < (${before?.at}::timestamptz, ${before?.id}::bigint, ${before?.receiver}::bigint)`,
    )}
    order by m.sent_at desc, m.id desc, r.receiver desc limit ${limit}`.execute(db)
  return rows
}

export interface MessageTotal {
  hour: Date
  type: string
  messages: number
}
/**
 * How many connections were sent something, by hour and type. Whole hours are counted already; the parts of hours at both ends
 * must be counted anew, and so must what went to certain connections.
 */
export async function messageTotals(db: Reader, filter: MessageFilter, span: Span): Promise<MessageTotal[]> {
  const { type, event, receivers } = filter
  const { whole, parts } = receivers ? { whole: null, parts: [span] } : cut(span)
  const number = receivers
    ? sql`(select count(*) from unnest(m.connection_ids) as r (id) where r.id = any (${[...receivers]}::uuid[]))`
    : sql`m.connections`
  const counted = parts.map(
    (part) => sql`select date_trunc('hour', m.sent_at, 'UTC') as hour, m.type, ${number} as messages
      from websocket_messages m where ${matching({ ...filter, ...part })}`,
  )
  if (whole)
    counted.push(sql`select hour, type, messages from websocket_message_totals
      where hour >= ${whole.from} and ${given(whole.to, sql`hour < ${whole.to}`)}
        and ${given(type, sql`type = ${type}`)} and ${given(event, sql`event = ${event}`)}`)
  if (counted.length === 0) return []
  const { rows } = await sql<MessageTotal>`select hour, type, sum(messages)::bigint as messages
    from (${sql.join(counted, sql` union all `)}) as all_of_them group by 1, 2 order by 1 desc, 2`.execute(db)
  return rows
}
