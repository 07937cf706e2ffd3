// What gateways hand over, in the database: a few statements a batch, whatever its size.
import { sql } from 'kysely'
import type { Reader, Tx } from '../../../platform/database.ts'
import type { ConnectionChange } from './batch.ts'
import type { DeliveryRecord, RecordBatch } from './contract.ts'

/** A node is taken for dead after this long without a sign of life. */
export const NODE_LIFE_SECONDS = 20
const since = (now: Date) => sql`${now}::timestamptz - make_interval(secs => ${NODE_LIFE_SECONDS})`

/** Notes a sign of life and what comes with it; false when the batch of that mark was recorded before. */
export async function saveNode(
  tx: Tx,
  { node, figures }: Pick<RecordBatch, 'node' | 'figures'>,
  { mark, now }: { mark: string; now: Date },
): Promise<boolean> {
  const { rows } = await sql<{ batch: string }>`
    with before as (select batch from realtime_nodes where id = ${node.id}),
    saved as (
      insert into realtime_nodes (id, name, started_at, heartbeat_at, figures, batch)
      values (${node.id}, ${node.name}, ${node.startedAt}, ${now}, ${JSON.stringify(figures)}::jsonb, ${mark})
      on conflict (id) do update set heartbeat_at = excluded.heartbeat_at, figures = excluded.figures, batch = excluded.batch)
    select batch from before`.execute(tx)
  return rows[0]?.batch !== mark
}

/** Makes the tables of a day ready. */
export async function openDays(db: Reader, day: string, days: number): Promise<number> {
  const { rows } = await sql<{ made: number }>`select open_websocket_days(${day}::date, ${days}) as made`.execute(db)
  return rows[0]?.made ?? 0
}

/** Drops a table of a day before `oldest` and answers its name, while there is one. */
export async function dropDay(tx: Tx, oldest: string): Promise<string | null> {
  // The lock that it needs waits for whoever reads, and holds up whoever comes later: better to try next time.
  await sql`set local lock_timeout = '2s'`.execute(tx)
  const { rows } = await sql<{ dropped: string | null }>`select drop_websocket_day(${oldest}::date) as dropped`.execute(
    tx,
  )
  return rows[0]?.dropped ?? null
}

export async function dropTotals(db: Reader, oldest: string): Promise<void> {
  await sql`delete from websocket_message_totals where hour < ${oldest}::date::timestamp at time zone 'UTC'`.execute(db)
}

/** Connections that opened, as they are at the end of the batch. */
export async function addConnections(tx: Tx, nodeId: string, changes: readonly ConnectionChange[]): Promise<void> {
  const rows = changes.flatMap(({ opened, channels = [], closed }) => (opened ? [{ ...opened, channels, closed }] : []))
  if (rows.length === 0) return
  await sql`insert into websocket_connections (id, user_id, node, role, protocol, connected_at, last_heartbeat_at, address, user_agent,
      channels, status, closed_at, close_code, close_reason, messages)
    select id, "userId", ${nodeId}, role, protocol, at, at, address, "userAgent", channels,
      case when closed is null then 'open' else 'closed' end, (closed ->> 'at')::timestamptz, (closed ->> 'code')::int,
      closed ->> 'reason', coalesce((closed ->> 'messages')::int, 0)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as o (id uuid, "userId" uuid, role text, protocol text, at timestamptz,
      address text, "userAgent" text, channels text[], closed jsonb)
    on conflict (id) do nothing`.execute(tx)
}

/** What happened to connections that had been opened before. */
export async function changeConnections(tx: Tx, now: Date, changes: readonly ConnectionChange[]): Promise<void> {
  const rows = changes.filter(({ opened }) => !opened)
  if (rows.length === 0) return
  const ids = rows.map(({ id }) => id).toSorted()
  // The range of ids keeps days out of which there is no connection. A sign of life revives those that were given up too early.
  await sql`update websocket_connections c set
      channels = coalesce(o.channels, c.channels),
      last_heartbeat_at = case when o.heard is not null or o.closed is not null then greatest(c.last_heartbeat_at, ${now}::timestamptz) else c.last_heartbeat_at end,
      messages = coalesce((o.closed ->> 'messages')::int, greatest(o.heard, c.messages)),
      status = case when o.closed is not null then 'closed' when o.heard is not null and c.close_code = ${LOST.code} then 'open' else c.status end,
      closed_at = case when o.closed is not null then (o.closed ->> 'at')::timestamptz
        when o.heard is not null and c.close_code = ${LOST.code} then null else c.closed_at end,
      close_code = case when o.closed is not null then (o.closed ->> 'code')::int
        when o.heard is not null and c.close_code = ${LOST.code} then null else c.close_code end,
      close_reason = case when o.closed is not null then o.closed ->> 'reason'
        when o.heard is not null and c.close_code = ${LOST.code} then null else c.close_reason end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as o (id uuid, channels text[], heard int, closed jsonb)
    where c.id = o.id and c.id between ${ids.at(0)}::uuid and ${ids.at(-1)}::uuid`.execute(tx)
}

/** Receivers who are kept with the message; more than that are kept apart. See 0010_websocket_audiences.sql. */
const FEW = 50

export async function addDeliveries(tx: Tx, nodeId: string, deliveries: readonly DeliveryRecord[]): Promise<void> {
  const column = <T>(of: (delivery: DeliveryRecord) => T) => deliveries.map(of)
  // Many messages go to the same connections: those are sent, and read, once.
  const audiences = [...new Set(column(({ connections }) => connections))]
  const places = new Map(audiences.map((audience, at) => [audience, at + 1]))
  await sql`with audience as materialized (
      select place, ids::uuid[] as ids, cardinality(ids::uuid[]) as size, sha256(convert_to(ids, 'UTF8')) as digest
      from unnest(${audiences}::text[]) with ordinality as a (ids, place)),
    delivery as materialized (
      select d.*, (d.at at time zone 'UTC')::date as day
      from unnest(${column(({ at }) => at.toISOString())}::timestamptz[], ${column(({ position }) => position)}::bigint[],
        ${column(({ channel }) => channel)}::text[], ${column(({ type }) => type)}::text[], ${column(({ event }) => event)}::text[],
        ${column(({ connections }) => places.get(connections))}::int[], ${column(({ delivered }) => delivered)}::boolean[])
        as d (at, position, channel, type, event, place, delivered)),
    kept as (
      insert into websocket_audiences (day, digest, connection_ids, first_at)
      select d.day, a.digest, a.ids, d.first_at
      from (select day, place, min(at) as first_at from delivery group by 1, 2) d join audience a using (place)
      where a.size > ${FEW} on conflict do nothing),
    added as (
      insert into websocket_messages (sent_at, position, channel, type, event, node, connection_ids, audience, connections, delivered)
      select d.at, d.position, d.channel, d.type, d.event, ${nodeId}, case when a.size <= ${FEW} then a.ids end,
        case when a.size > ${FEW} then a.digest end, a.size, d.delivered
      from delivery d join audience a using (place) where a.size > 0
      returning sent_at, type, event, connections)
    insert into websocket_message_totals as t (hour, node, type, event, messages)
    select date_trunc('hour', sent_at, 'UTC'), ${nodeId}, type, event, sum(connections) from added group by 1, 3, 4
    on conflict (hour, node, type, event) do update set messages = t.messages + excluded.messages`.execute(tx)
}

// Nodes ----------------------------------------------------------------------------------------------------------------

export const LOST = { code: 3000, reason: 'node lost' }
export interface Ended {
  id: string
  userId: string
}

export async function nodes(db: Reader): Promise<{ id: string; name: string; heartbeat: Date }[]> {
  const { rows } = await sql<{ id: string; name: string; heartbeat: Date }>`
    select id, name, heartbeat_at as heartbeat from realtime_nodes`.execute(db)
  return rows
}

/** Forgets a node, unless it gave a sign of life since. */
export async function dropNode(tx: Tx, id: string, heartbeat: Date | null): Promise<{ name: string } | undefined> {
  const { rows } = await sql<{ name: string }>`delete from realtime_nodes
    where id = ${id} and (${heartbeat}::timestamptz is null or heartbeat_at = ${heartbeat}) returning name`.execute(tx)
  return rows[0]
}

/** Closes what a node left open. */
export async function closeOf(
  tx: Tx,
  node: string,
  now: Date,
  close: { code: number; reason: string },
): Promise<Ended[]> {
  const { rows } = await sql<Ended>`update websocket_connections
    set status = 'closed', closed_at = ${now}, close_code = ${close.code}, close_reason = ${close.reason}
    where status = 'open' and node = ${node} returning id, user_id as "userId"`.execute(tx)
  return rows
}

/** Nodes that nothing is known of any more but that connections are still open on. */
export async function orphaned(db: Reader): Promise<string[]> {
  const { rows } = await sql<{ node: string }>`select distinct node from websocket_connections c
    where status = 'open' and not exists (select from realtime_nodes n where n.id = c.node)`.execute(db)
  return rows.map(({ node }) => node)
}

export async function isAlive(db: Reader, nodeId: string, now: Date): Promise<boolean> {
  const { rows } = await sql`select from realtime_nodes where id = ${nodeId} and heartbeat_at >= ${since(now)}`.execute(
    db,
  )
  return rows.length > 0
}

export interface Present {
  client: string
  user: string
  node: string
}
/** Who reads a channel, on living nodes. */
export async function presentIn(db: Reader, channel: string, now: Date): Promise<Present[]> {
  const { rows } = await sql<Present>`
    select c.id as client, c.user_id as user, c.node from websocket_connections c join realtime_nodes n on n.id = c.node
    where c.status = 'open' and c.channels @> ${[channel]}::text[] and n.heartbeat_at >= ${since(now)}
    limit 10000`.execute(db)
  return rows
}
