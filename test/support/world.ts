// The real application on a database of its own: what `npm start` runs, with the clock in the test's hands and, unless asked
// for, without pages. Requests go through a real socket once it listens, else straight into the door.
import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { buildApp } from '../../src/app.ts'
import type { App, AppOptions } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { freePort } from './application.ts'
import { createTestDatabase, quiet } from './database.ts'
import type { TestDatabase } from './database.ts'

export const PASSWORD = 'kopi-tubruk-pagi-hari'
export const OWNER = { email: 'pemilik@studio.test', password: 'soto-ayam-lamongan-enak' }

export interface TestWorld extends App {
  database: TestDatabase
  url: string
  /** Sends a request; `as` names who. Bodies that are objects go as JSON. */
  request(path: string, init?: TestRequest): Promise<Response>
  /** The cookie of a person, registered at first mention ('client', 'otherClient', …); 'admin' is the owner. */
  cookieOf(person: string): Promise<string>
  dispose(): Promise<void>
}
export interface TestRequest {
  method?: string
  as?: string
  body?: unknown
  headers?: Record<string, string>
  idempotencyKey?: string
}

export async function createWorld(
  options: Partial<Pick<AppOptions, 'clock' | 'random' | 'pages' | 'log'>> & {
    env?: Record<string, string>
    listen?: boolean
  } = {},
): Promise<TestWorld> {
  const database = await createTestDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'jasaweb-world-'))
  const port = await freePort()
  const config = readConfig({
    PORT: String(port),
    DATA_DIR: dataDir,
    OWNER_EMAIL: OWNER.email,
    OWNER_PASSWORD: OWNER.password,
    DRAIN_SECONDS: '1',
    RATE_LIMIT_PER_MINUTE: '1000000',
    ...options.env,
  })
  const app = await buildApp({
    config,
    databaseUrl: database.url,
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
    log: options.log ?? quiet,
    pages: options.pages ?? null,
  })
  await app.seed()
  const listens = options.listen ?? true
  if (listens) await app.listen()
  const url = `http://localhost:${port}`
  const cookies = new Map<string, Promise<string>>()

  async function request(
    path: string,
    { method = 'GET', as, body, headers = {}, idempotencyKey }: TestRequest = {},
  ): Promise<Response> {
    const all: Record<string, string> = { origin: url, ...headers }
    if (as) all.cookie = await cookieOf(as)
    if (idempotencyKey) all['idempotency-key'] = idempotencyKey
    const raw = typeof body === 'string' || body === undefined ? body : JSON.stringify(body)
    if (raw !== undefined) all['content-type'] ??= 'application/json'
    const init = { method, headers: all, redirect: 'manual' as const, ...(raw === undefined ? {} : { body: raw }) }
    return listens ? fetch(`http://127.0.0.1:${port}${path}`, init) : app.door.request(`${url}${path}`, init)
  }
  function cookieOf(person: string): Promise<string> {
    const known = cookies.get(person) ?? signIn(person)
    cookies.set(person, known)
    return known
  }
  async function signIn(person: string): Promise<string> {
    const answer =
      person === 'admin'
        ? await request('/api/auth/login', { method: 'POST', body: OWNER })
        : await request('/api/auth/register', {
            method: 'POST',
            body: { name: person, email: `${person.toLowerCase()}-${randomUUID()}@klien.test`, password: PASSWORD },
          })
    const [cookie] = answer.headers.getSetCookie()
    if (!cookie) throw new Error(`${person} could not sign in: ${answer.status} ${await answer.text()}`)
    return cookie.split(';')[0] ?? ''
  }

  return Object.assign(app, {
    database,
    url,
    request,
    cookieOf,
    async dispose() {
      await app.stop()
      await database.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  })
}
