// Which messages went to which connections, for people to look through.
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Reader } from '../../../platform/database.ts'
import type { MessageType } from '../contract.ts'
import type { z } from 'zod'
import { cut } from './span.ts'
import type { Span } from './span.ts'

export interface MessageFilter {
  type?: string | undefined
  event?: string | undefined
  from?: Date | undefined
  to?: Date | undefined
}
/** Only what went to a connection, or to the newest connections of a user. */
export interface Receiver {
  connectionId?: string | undefined
  userId?: string | undefined
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
  type: z.output<typeof MessageType>
  event: string
  connection_id: string
  user_id: string | null
  user_name: string | null
  delivered: boolean
}
export interface MessagePage {
  limit: number
  before: MessageKey | null
}

/** Connections of a user that are looked at. */
const MOST_CONNECTIONS = 2_000

const given = (value: unknown, condition: RawBuilder<unknown>) =>
  value === undefined || value === null ? sql`true` : condition
const matching = ({ type, event, from, to }: MessageFilter) => sql`
  ${given(type, sql`m.type = ${type}`)} and ${given(event, sql`m.event = ${event}`)}
  and ${given(from, sql`m.sent_at >= ${from}`)} and ${given(to, sql`m.sent_at < ${to}`)}`
const notAfter = (before: MessageKey | null) =>
  given(before, sql`(m.sent_at, m.id) <= (${before?.at}::timestamptz, ${before?.id}::bigint)`)

/**
 * The connections, each with the time in which it can have been sent something. A close that somebody else wrote down (3000)
 * says little about that.
 */
const wanted = ({ connectionId, userId }: Receiver) => sql`wanted as materialized (
  select id, user_id, connected_at - interval '1 minute' as since,
    case when status = 'closed' and close_code <> 3000 then closed_at + interval '1 minute' else 'infinity' end as until
  from websocket_connections
  where ${given(connectionId, sql`id = ${connectionId}`)} and ${given(userId, sql`user_id = ${userId}`)}
  order by id desc limit ${MOST_CONNECTIONS})`
/** The receivers of a message to many, which are kept apart. See 0010_websocket_audiences.sql. */
const itsAudience = sql`a.day = (m.sent_at at time zone 'UTC')::date and a.digest = m.audience`

/**
 * Messages that went to the wanted connection `w`: those to few are found by an index of receivers, those to many by looking
 * through the audiences that were first written to while it was there. `last` says how much of each is needed.
 */
function wentToWanted(conditions: RawBuilder<unknown>, last = sql``): RawBuilder<unknown> {
  const sent = sql`m.sent_at, m.id, m.position, m.channel, m.type, m.event, m.delivered`
  const then = sql`m.sent_at >= w.since and m.sent_at < w.until and ${conditions}`
  return sql`(
    (select ${sent}, m.connection_ids as receivers from websocket_messages m
      where (m.connections <= 50 and m.connection_ids @> array[w.id]
        or m.connections > 50 and m.audience is null and m.connection_ids @> array[w.id]) and ${then} ${last})
    union all
    (select ${sent}, a.connection_ids from websocket_messages m join websocket_audiences a on ${itsAudience}
      where a.connection_ids @> array[w.id] and a.day >= (w.since at time zone 'UTC')::date
        and a.day <= (w.until at time zone 'UTC')::date and a.first_at >= w.since and a.first_at < w.until and ${then} ${last}))`
}

/** A row for each connection that a message went to, the newest first. */
export async function deliveries(
  db: Reader,
  filter: MessageFilter,
  { limit, before }: MessagePage,
): Promise<DeliveryRow[]> {
  // Each message went to at least one: a page of messages and one more are enough, whatever the page before left of the first.
  const { rows } = await sql<DeliveryRow>`
    select m.sent_at, m.id, r.receiver, m.position, m.channel, m.type, m.event, r.id as connection_id, c.user_id,
      u.name as user_name, m.delivered
    from (
      select m.* from websocket_messages m where ${matching(filter)} and ${notAfter(before)}
      order by m.sent_at desc, m.id desc limit ${limit + 1}
    ) m
    left join websocket_audiences a on ${itsAudience}
    cross join lateral unnest(coalesce(m.connection_ids, a.connection_ids)) with ordinality as r (id, receiver)
    left join websocket_connections c on c.id = r.id
    left join users u on u.id = c.user_id
    where ${given(
      before,
      sql`(m.sent_at, m.id, r.receiver) < (${before?.at}::timestamptz, ${before?.id}::bigint, ${before?.receiver}::bigint)`,
    )}
    order by m.sent_at desc, m.id desc, r.receiver desc limit ${limit}`.execute(db)
  return rows
}

/** The same of some connections alone. */
export async function deliveriesTo(
  db: Reader,
  receiver: Receiver,
  filter: MessageFilter,
  { limit, before }: MessagePage,
): Promise<DeliveryRow[]> {
  // The last one of the page before may come along.
  const last = sql`order by m.sent_at desc, m.id desc limit ${limit + 1}`
  const { rows } = await sql<DeliveryRow>`with ${wanted(receiver)}
    select m.sent_at, m.id, r.receiver, m.position, m.channel, m.type, m.event, w.id as connection_id, w.user_id,
      u.name as user_name, m.delivered
    from wanted w cross join lateral ${wentToWanted(sql`${matching(filter)} and ${notAfter(before)}`, last)} m
    cross join lateral (select array_position(m.receivers, w.id) as receiver) r
    left join users u on u.id = w.user_id
    where ${given(
      before,
      sql`(m.sent_at, m.id, r.receiver) < (${before?.at}::timestamptz, ${before?.id}::bigint, ${before?.receiver}::int)`,
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
 * How many connections were sent something, by hour and type. Whole hours are counted already; only the parts of hours at both
 * ends are counted anew.
 */
export async function messageTotals(db: Reader, filter: MessageFilter, span: Span): Promise<MessageTotal[]> {
  const { type, event } = filter
  const { whole, parts } = cut(span)
  const counted = parts.map(
    (part) => sql`select date_trunc('hour', m.sent_at, 'UTC') as hour, m.type, m.connections as messages
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

/** The same of some connections alone. */
export async function messageTotalsTo(
  db: Reader,
  receiver: Receiver,
  filter: MessageFilter,
  span: Span,
): Promise<MessageTotal[]> {
  const { rows } = await sql<MessageTotal>`with ${wanted(receiver)}
    select date_trunc('hour', m.sent_at, 'UTC') as hour, m.type, count(*) as messages
    from wanted w cross join lateral ${wentToWanted(matching({ ...filter, ...span }))} m
    group by 1, 2 order by 1 desc, 2`.execute(db)
  return rows
}
