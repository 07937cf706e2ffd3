// The HTTP door over a small domain of its own, on a real database: what tests of the pipeline call, without any business.
import { sql } from 'kysely'
import { z } from 'zod'
import { createHttpApp, type HttpAppOptions } from '../../src/delivery/http/app.ts'
import type { Authenticate } from '../../src/delivery/http/authentication.ts'
import { createHealth } from '../../src/delivery/http/readiness.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { implement, userOf, type Account, type Caller } from '../../src/platform/contract/call.ts'
import { createDispatch, type CallMeta, type Dispatch } from '../../src/platform/contract/dispatch.ts'
import { event } from '../../src/platform/contract/event.ts'
import {
  anyone,
  del,
  get,
  operation,
  post,
  signedIn,
  agencyOnly,
  type Role,
} from '../../src/platform/contract/operation.ts'
import { NotFound, NotSignedIn, problem } from '../../src/platform/contract/problem.ts'
import { createRegistry, type Registry } from '../../src/platform/contract/registry.ts'
import { ById, Id, Line, Nothing, Page, PageInput, Time } from '../../src/platform/contract/shapes.ts'
import type { Database, Tx } from '../../src/platform/database.ts'
import { openEventLog, type EventLog } from '../../src/platform/events/log.ts'
import { newId } from '../../src/platform/ids.ts'
import { createMemoryLimiter } from '../../src/platform/limits/limiter.ts'
import { createLog, type Logger } from '../../src/platform/log.ts'
import { createMetrics } from '../../src/platform/telemetry/metrics.ts'
import { createTestDatabase } from './database.ts'

const Note = z.object({ id: Id, text: z.string(), createdAt: Time })
export const TooLoud = problem('too_loud', 409, 'Somebody is already shouting.')
export const NoteWritten = event('note.written', {
  data: z.object({ note: Note }),
  subject: ({ note }) => `note:${note.id}`,
  reaches: () => ['admin'],
})
const Mood = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('calm'), since: z.int() }),
  z.strictObject({ kind: z.literal('loud'), decibels: z.int().max(120) }),
])

export const operations = {
  getNote: operation('notes.getNote', {
    does: 'A note.',
    rest: get('/api/notes/{id}'),
    input: ById,
    output: Note,
    allows: signedIn,
  }),
  countNotes: operation('notes.countNotes', {
    does: 'How many notes there are.',
    rest: get('/api/notes/counts'),
    input: Nothing,
    output: z.object({ notes: z.int() }),
    allows: signedIn,
  }),
  listNotes: operation('notes.listNotes', {
    does: 'Notes, oldest first.',
    rest: get('/api/notes'),
    input: PageInput.extend({ search: Line(20).optional() }),
    output: Page(Note),
    allows: signedIn,
  }),
  writeNote: operation('notes.writeNote', {
    does: 'Writes a note.',
    rest: post('/api/notes', 201),
    input: z.strictObject({ text: Line(100), mode: z.enum(['after', 'before', 'plain', 'return']).default('plain') }),
    output: Note,
    allows: { client: 'own' },
    idempotent: true,
  }),
  deleteNote: operation('notes.deleteNote', {
    does: 'Deletes a note.',
    rest: del('/api/notes/{id}'),
    input: ById,
    output: z.null(),
    allows: agencyOnly,
  }),
  shout: operation('notes.shout', {
    does: 'Repeats what it was told.',
    rest: post('/api/shout'),
    input: z.strictObject({ text: z.string().max(200_000), mood: z.union([Mood, Line(50)]).optional() }),
    output: z.object({ text: z.string(), locale: z.string(), userAgent: z.string().nullable() }),
    refuses: [TooLoud],
    allows: anyone,
    cost: 3,
  }),
  listNews: operation('notes.listNews', {
    does: 'News for everybody.',
    rest: get('/api/news'),
    input: Nothing,
    output: Page(z.object({ title: z.string() })),
    allows: anyone,
  }),
  enter: operation('notes.enter', {
    does: 'Opens a session.',
    rest: post('/api/auth/enter'),
    input: Nothing,
    output: z.object({ ok: z.boolean() }),
    allows: anyone,
  }),
  leave: operation('notes.leave', {
    does: 'Closes it.',
    rest: post('/api/auth/leave', 204),
    input: Nothing,
    output: z.null(),
    allows: anyone,
  }),
  stumble: operation('notes.stumble', {
    does: 'Fails in a way that was asked for.',
    rest: post('/api/stumble'),
    input: z.strictObject({ how: z.enum(['throw', 'lost', 'output', 'leak']) }),
    output: z.object({ shown: z.string() }),
    allows: anyone,
  }),
}

const ids = { client: newId(), other: newId(), admin: newId() }
const person = (name: keyof typeof ids, role: Role): Account => ({
  id: ids[name],
  name,
  email: `${name}@klien.test`,
  role,
  locale: 'id',
  emailVerified: true,
})
export const accounts = {
  client: person('client', 'client'),
  other: person('other', 'client'),
  admin: person('admin', 'admin'),
}
export type Person = keyof typeof accounts
export const callerOf = (name: Person, via: 'cookie' | 'bearer' = 'cookie'): Caller => ({
  kind: 'user',
  user: accounts[name],
  sessionId: newId(),
  address: '127.0.0.1',
  via,
})
export const anonymous: Caller = { kind: 'anonymous', address: '127.0.0.1' }
export const metaOf = (caller: Caller, more: Partial<CallMeta> = {}): CallMeta => ({
  caller,
  requestId: newId(),
  locale: 'id',
  ...more,
})

/** Cookies and tokens are the names of people; anything else is expired. */
const authenticate: Authenticate = async ({ cookie, authorization }, address) => {
  const name = authorization?.replace('Bearer ', '') ?? cookie ?? ''
  if (Object.hasOwn(accounts, name))
    return { ...callerOf(name as Person, authorization ? 'bearer' : 'cookie'), address }
  if (authorization !== undefined) throw NotSignedIn.because('The token is not valid.')
  return { kind: 'anonymous', address }
}

/** Steps at which a handler of `writeNote` waits for the test. */
export interface Steps {
  beforeTransaction?: () => Promise<void>
  afterCommit?: () => Promise<void>
}

function notes(database: Database, steps: Steps) {
  const insert = async (tx: Tx, owner: string, text: string) => {
    const note = { id: newId(), text, createdAt: new Date() }
    await sql`insert into notes (id, owner, text, created_at) values (${note.id}, ${owner}, ${text}, ${note.createdAt})`.execute(
      tx,
    )
    return note
  }
  return implement(operations, {
    async getNote(_call, { id }) {
      const { rows } = await sql<{
        id: string
        text: string
        created_at: Date
      }>`select * from notes where id = ${id}`.execute(database.db)
      if (!rows[0]) throw NotFound.because()
      return { id: rows[0].id, text: rows[0].text, createdAt: rows[0].created_at }
    },
    countNotes: async () => ({ notes: await countNotes(database) }),
    async listNotes(_call, { limit, cursor }) {
      const { rows } = await sql<{ id: string; text: string; created_at: Date }>`
        select * from notes where ${cursor ?? null}::uuid is null or id > ${cursor ?? null}::uuid order by id limit ${limit + 1}`.execute(
        database.db,
      )
      const data = rows.slice(0, limit).map(({ id, text, created_at }) => ({ id, text, createdAt: created_at }))
      return { data, nextCursor: rows.length > limit ? (data.at(-1)?.id ?? null) : null }
    },
    async writeNote(call, { text, mode }) {
      await steps.beforeTransaction?.()
      const note = await call.transaction(async (tx) => {
        const written = await insert(tx, userOf(call).id, text)
        call.append(tx, NoteWritten.of({ note: written }))
        if (mode === 'before') throw new Error('stopped before commit')
        return written
      })
      await steps.afterCommit?.()
      if (mode === 'after') throw new Error('stopped after commit')
      return mode === 'return' ? { ...note, text: 'something else' } : note
    },
    async deleteNote(_call, { id }) {
      await sql`delete from notes where id = ${id}`.execute(database.db)
      return null
    },
    shout: async (call, { text }) => ({ text, locale: call.locale, userAgent: call.userAgent }),
    listNews: async () => ({ data: [{ title: 'a'.repeat(2000) }], nextCursor: null }),
    async enter(call) {
      call.session.open('client', new Date('2030-01-01T00:00:00Z'))
      return { ok: true }
    },
    async leave(call) {
      call.session.close()
      return null
    },
    async stumble(_call, { how }) {
      if (how === 'throw') throw new Error('the vault code is 4711')
      if (how === 'lost') throw Object.assign(new Error('terminating connection'), { code: '57P01' })
      if (how === 'output') return { shown: 7 as unknown as string }
      return { shown: 'yes', passwordHash: 'argon2' } as { shown: string }
    },
  })
}

export async function countNotes(database: Database): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from notes`.execute(database.db)
  return rows[0]?.count ?? 0
}

export function createNotesDispatch(
  database: Database,
  {
    steps = {},
    quota = 1_000_000,
    log = createLog({ level: 'silent' }),
  }: { steps?: Steps; quota?: number; log?: Logger } = {},
): { dispatch: Dispatch; registry: Registry; events: EventLog } {
  const registry = createRegistry([{ operations: notes(database, steps), events: { NoteWritten } }])
  const events = openEventLog({ database, clock: systemClock, log })
  events.declare(registry.events)
  const limiter = createMemoryLimiter({ quota, windowSeconds: 60 }, systemClock)
  return { registry, events, dispatch: createDispatch({ registry, database, events, limiter, log }) }
}

/** A database with the table of the notes. */
export async function createNotesDatabase() {
  const created = await createTestDatabase()
  await created.database.pool.query(
    'create table notes (id uuid primary key, owner text not null, text text not null, created_at timestamptz not null)',
  )
  return created
}

/** What was logged, parsed. */
export function recordingLog(): { log: Logger; lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = []
  return {
    lines,
    log: createLog({
      level: 'debug',
      destination: { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
    }),
  }
}

export function createNotesApp(
  database: Database,
  more: Partial<HttpAppOptions> & { quota?: number; steps?: Steps } = {},
) {
  const log = more.log ?? createLog({ level: 'silent' })
  const quota = more.quota ?? 1_000_000
  const { registry, dispatch, events } = createNotesDispatch(database, { quota, log, steps: more.steps ?? {} })
  const app = createHttpApp({
    registry,
    dispatch,
    authenticate,
    publicUrl: 'http://jasaweb.test',
    limitPolicy: { quota, windowSeconds: 60 },
    metrics: createMetrics({ processFigures: false }),
    health: createHealth({ checks: { database: () => database.ping() } }),
    ...more,
    log,
  })
  return { app, registry, dispatch, events }
}
