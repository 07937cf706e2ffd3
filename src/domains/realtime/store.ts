// Live connections, for people to look through; and whose a project or an invoice is.
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
