// What tests generated from the registry need: for every operation an input it would take, about things that really exist and
// belong to a known person.
import { createHash } from 'node:crypto'
import { vi } from 'vitest'
import { pathParameters } from '../../src/platform/contract/registry.ts'
import { exampleOf, jsonSchemaOf, type JsonSchema } from '../../src/platform/contract/json-schema.ts'
import type { Operation } from '../../src/platform/contract/operation.ts'
import { newId } from '../../src/platform/ids.ts'
import { OWNER, type TestWorld } from './world.ts'

export const inputSchemaOf = (operation: Operation): JsonSchema => jsonSchemaOf(operation.input, 'input')
export const takesBody = ({ rest }: Operation): boolean => rest.method !== 'get' && rest.method !== 'delete'

/** Everything a person owns that an operation can be about. */
export interface Belongings {
  cookie: string
  userId: string
  sessionId: string
  projectId: string
  invoiceId: string
  paymentId: string
}

async function json<T>(world: TestWorld, path: string, init: Parameters<TestWorld['request']>[1]): Promise<T> {
  const response = await world.request(path, init)
  if (!response.ok) throw new Error(`${init?.method ?? 'GET'} ${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}

/** A new client with a project, its invoice and a payment that waits. */
export async function createOwner(world: TestWorld, name: string): Promise<Belongings> {
  const as = name
  const cookie = await world.cookieOf(name)
  const { user } = await json<{ user: { id: string } }>(world, '/api/auth/me', { as })
  const sessions = await json<{ data: { id: string }[] }>(world, '/api/auth/sessions', { as })
  const order = { method: 'POST', as, body: { plan: 'company', projectName: `Situs ${name}` }, idempotencyKey: newId() }
  const { project, invoice } = await json<{ project: { id: string }; invoice: { id: string } }>(
    world,
    '/api/orders',
    order,
  )
  const pay = { method: 'POST', as, body: { method: 'qris' }, idempotencyKey: newId() }
  const payment = await json<{ id: string }>(world, `/api/invoices/${invoice.id}/payments`, pay)
  const sessionId = sessions.data[0]?.id ?? ''
  return { cookie, userId: user.id, sessionId, projectId: project.id, invoiceId: invoice.id, paymentId: payment.id }
}

/** A cookie of the owner of the agency that no other test holds. */
export async function signInAdmin(world: TestWorld): Promise<string> {
  const response = await world.request('/api/auth/login', { method: 'POST', body: OWNER })
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0]
  if (!cookie) throw new Error(`the owner could not sign in: ${response.status}`)
  return cookie
}

/** A cookie whose session ran out. */
export async function expiredCookie(world: TestWorld): Promise<string> {
  const cookie = await world.cookieOf('expired')
  const { user } = await json<{ user: { id: string } }>(world, '/api/auth/me', { as: 'expired' })
  await world.database.database.pool.query(
    `update sessions set expires_at = now() - interval '1 minute' where user_id = $1`,
    [user.id],
  )
  return cookie
}

const firstOf = async (world: TestWorld, path: string) => {
  const { data } = await json<{ data: { id: string }[] }>(world, path, { as: 'admin' })
  return data[0]?.id ?? newId()
}

async function failedMail(world: TestWorld): Promise<string> {
  const id = await firstOf(world, '/api/admin/mails')
  await world.database.database.pool.query(`update mails set status = 'failed' where id = $1`, [id])
  return id
}

async function flag(world: TestWorld, { invoiceId }: Belongings): Promise<string> {
  const id = newId()
  await world.database.database.pool.query(
    `insert into payment_flags (id, kind, reference, invoice_id, detail, created_at) values ($1, 'overpaid', $2, $3, 'too much', now())`,
    [id, id, invoiceId],
  )
  return id
}

async function parked(world: TestWorld): Promise<{ reader: string; position: string }> {
  const { pool } = world.database.database
  const { rows } = await pool.query<{ position: number }>('select position from events order by position desc limit 1')
  const position = rows[0]?.position ?? 1
  await pool.query(`insert into event_readers (name, position) values ('parking', 0) on conflict do nothing`)
  await pool.query(
    `insert into parked_events (reader, position, error, attempts, parked_at) values ('parking', $1, 'x', 5, now()) on conflict do nothing`,
    [position],
  )
  return { reader: 'parking', position: String(position) }
}

async function liveConnection(world: TestWorld, { userId }: Belongings): Promise<string> {
  const id = newId()
  const { pool } = world.database.database
  // Of the gateway of this very process, since those of gateways that are not heard of are closed.
  const node = await vi.waitFor(async () => {
    const { rows } = await pool.query<{ id: string }>('select id from realtime_nodes')
    if (!rows[0]) throw new Error('the gateway has given no sign of life')
    return rows[0].id
  })
  await pool.query("select open_websocket_days((now() at time zone 'UTC')::date - 1, 3)")
  await pool.query(
    `insert into websocket_connections (id, user_id, node, role, protocol, connected_at, last_heartbeat_at, address, status, channels, messages)
     values ($1, $2, $3, 'client', 'plain', now(), now(), '127.0.0.1', 'open', '{}', 0)`,
    [id, userId, node],
  )
  return id
}

async function announcement(world: TestWorld): Promise<string> {
  const id = newId()
  await world.database.database.pool.query(
    `insert into announcements (id, target, title, body, severity, starts_at, created_at, sent_at)
     values ($1, '{"kind": "role", "role": "staff"}', '{"id": "a", "en": "a"}', '{"id": "b", "en": "b"}', 'info', now(), now(), now())`,
    [id],
  )
  return id
}

/** Somebody whom nothing else here is about. */
async function account(world: TestWorld): Promise<string> {
  const id = newId()
  await world.platform.database.pool.query(
    `insert into users (id, name, email, role, locale, password_hash, created_at, updated_at)
     values ($1::uuid, 'Somebody', $1::text || '@klien.test', 'client', 'id', '', now(), now())`,
    [id],
  )
  return id
}

/** The values for the parameters of the operation's path: real things, of `owner` where things have owners. */
export async function parametersFor(
  world: TestWorld,
  { rest }: Operation,
  owner: Belongings,
): Promise<Record<string, string>> {
  const names = pathParameters(rest.path)
  if (names.length === 0) return {}
  if (names.includes('reader')) return parked(world)
  const noun = rest.path.split('/{', 1)[0]?.split('/').at(-1) ?? ''
  const things: Record<string, () => string | Promise<string>> = {
    projects: () => owner.projectId,
    invoices: () => owner.invoiceId,
    payments: () => owner.paymentId,
    sessions: () => owner.sessionId,
    clients: () => owner.userId,
    plans: () => firstOf(world, '/api/admin/plans'),
    templates: () => firstOf(world, '/api/admin/templates'),
    faqs: () => firstOf(world, '/api/admin/faqs'),
    mails: () => failedMail(world),
    'payment-flags': () => flag(world, owner),
    connections: () => liveConnection(world, owner),
    announcements: () => announcement(world),
    users: () => account(world),
  }
  const thing = things[noun]
  if (!thing)
    throw new Error(`nothing is known of the ${noun} in ${rest.path}: add them to test/support/contract-cases.ts`)
  return { id: await thing() }
}

/** The fields of an input the operation would take, without those of its path. */
export function validFields(operation: Operation): Record<string, unknown> {
  const example = exampleOf(inputSchemaOf(operation)) as Record<string, unknown>
  for (const name of pathParameters(operation.rest.path)) delete example[name]
  return example
}

export interface Shot {
  path: string
  init: { method: string; headers: Record<string, string>; body?: string }
}

/** The request that carries the fields: in the body, or in the query of those that have none. */
export function requestOf(
  operation: Operation,
  parameters: Record<string, string>,
  fields: Record<string, unknown>,
  cookie: string | null,
): Shot {
  const { rest, idempotent } = operation
  const path = rest.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => parameters[name] ?? '')
  const headers: Record<string, string> = {
    ...(cookie === null ? {} : { cookie }),
    ...(idempotent ? { 'idempotency-key': newId() } : {}),
  }
  const method = rest.method.toUpperCase()
  if (!takesBody(operation)) {
    const query = new URLSearchParams(
      Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
    )
    return { path: query.size > 0 ? `${path}?${query}` : path, init: { method, headers } }
  }
  return {
    path,
    init: { method, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(fields) },
  }
}

// Kept by the machines on their own account, whatever anybody asks for.
const OF_MACHINES = ['event_readers', 'event_partitions', 'sessions', 'parked_events', 'realtime_nodes']

/** Fingerprints of the rows of every table of the business, and of the log. */
export async function stateOf(world: TestWorld): Promise<Record<string, string>> {
  await world.platform.events.caughtUp()
  const { pool } = world.database.database
  const { rows } = await pool.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
  )
  const state: Record<string, string> = {}
  for (const { name } of rows.filter((row) => !OF_MACHINES.includes(row.name))) {
    const content = await pool.query<{ row: string }>(`select t::text as row from "${name}" t order by 1`)
    state[name] = createHash('sha256')
      .update(content.rows.map(({ row }) => row).join('\n'))
      .digest('hex')
  }
  return state
}
