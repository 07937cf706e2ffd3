// What gateways hand over, in the database: a few statements a batch, whatever its size.
import { sql } from 'kysely'
import type { Reader, Tx } from '../../../platform/database.ts'
import type { RecordBatch } from './contract.ts'

/** A node is taken for dead after this long without a heartbeat. */
export const NODE_LIFE_SECONDS = 20

export async function saveNode(tx: Tx, { node, at, figures }: RecordBatch): Promise<void> {
  await sql`insert into realtime_nodes (id, name, started_at, heartbeat_at, figures)
    values (${node.id}, ${node.name}, ${node.startedAt}, ${at}, ${JSON.stringify(figures)}::jsonb)
    on conflict (id) do update set heartbeat_at = excluded.heartbeat_at, figures = excluded.figures`.execute(tx)
}

export async function addConnections(tx: Tx, nodeId: string, opened: RecordBatch['opened']): Promise<void> {
  if (opened.length === 0) return
  await sql`insert into websocket_connections
      (id, user_id, node, role, protocol, connected_at, last_heartbeat_at, address, user_agent)
    select id, "userId", ${nodeId}, role, protocol, at, at, address, "userAgent"
    from jsonb_to_recordset(${JSON.stringify(opened)}::jsonb) as o
      (id uuid, "userId" uuid, role text, protocol text, at timestamptz, address text, "userAgent" text)
    on conflict do nothing`.execute(tx)
}

export async function saveChannels(tx: Tx, nodeId: string, changed: RecordBatch['channels']): Promise<void> {
  if (changed.length === 0) return
  await sql`update websocket_connections c set channels = o.channels
    from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as o (id uuid, channels text[])
    where c.id = o.id and c.node = ${nodeId} and c.status = 'open'`.execute(tx)
}

export async function saveHeartbeats(tx: Tx, nodeId: string, ids: readonly string[], at: Date): Promise<void> {
  if (ids.length === 0) return
  await sql`update websocket_connections set last_heartbeat_at = ${at}
    where node = ${nodeId} and status = 'open' and id = any (${[...ids]}::uuid[])`.execute(tx)
}

export async function closeConnections(tx: Tx, closed: RecordBatch['closed']): Promise<void> {
  if (closed.length === 0) return
  await sql`update websocket_connections c
    set status = 'closed', closed_at = o.at, close_code = o.code, close_reason = o.reason, messages = o.messages, channels = '{}'
    from jsonb_to_recordset(${JSON.stringify(closed)}::jsonb) as o (id uuid, at timestamptz, code int, reason text, messages int)
    where c.id = o.id and c.status = 'open'`.execute(tx)
}

export async function addDeliveries(tx: Tx, nodeId: string, deliveries: RecordBatch['deliveries']): Promise<void> {
  if (deliveries.length === 0) return
  const column = <K extends keyof RecordBatch['deliveries'][number]>(name: K) => deliveries.map((each) => each[name])
  await sql`insert into websocket_messages (sent_at, position, channel, type, event, node, connection_ids, delivered)
    select at, position, channel, type, event, ${nodeId}, connections::uuid[], delivered
    from unnest(${column('at')}::timestamptz[], ${column('position')}::bigint[], ${column('channel')}::text[],
      ${column('type')}::text[], ${column('event')}::text[], ${column('connections')}::text[], ${column('delivered')}::boolean[])
      as d (at, position, channel, type, event, connections, delivered)`.execute(tx)
}

/** Connections of nodes that are gone are closed, and the nodes forgotten. Returns how many connections. */
export async function dropDeadNodes(tx: Tx, now: Date, only?: string): Promise<number> {
  const { rows } = await sql<{ closed: number }>`
    with dead as (
      delete from realtime_nodes
      where ${only ?? null}::uuid is null and heartbeat_at < ${now}::timestamptz - make_interval(secs => ${NODE_LIFE_SECONDS})
        or id = ${only ?? null}::uuid
      returning id
    ), lost as (
      update websocket_connections set status = 'closed', closed_at = ${now}, close_code = 3000, close_reason = 'node lost', channels = '{}'
      where status = 'open' and node not in (select id from realtime_nodes where id not in (select id from dead))
        and last_heartbeat_at < ${now}::timestamptz - make_interval(secs => ${only === undefined ? NODE_LIFE_SECONDS : 0})
      returning 1
    ) select count(*)::int as closed from lost`.execute(tx)
  return rows[0]?.closed ?? 0
}

export async function isAlive(db: Reader, nodeId: string, now: Date): Promise<boolean> {
  const { rows } = await sql`select from realtime_nodes where id = ${nodeId}
    and heartbeat_at >= ${now}::timestamptz - make_interval(secs => ${NODE_LIFE_SECONDS})`.execute(db)
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
    where c.status = 'open' and c.channels @> ${[channel]}::text[]
      and n.heartbeat_at >= ${now}::timestamptz - make_interval(secs => ${NODE_LIFE_SECONDS})
    limit 10000`.execute(db)
  return rows
}

export async function openDays(db: Reader, now: Date, ahead: number, keep: number): Promise<void> {
  const day = now.toISOString().slice(0, 10)
  await sql`select open_websocket_days(${day}::date, ${ahead}, ${day}::date - ${keep}::int)`.execute(db)
}
