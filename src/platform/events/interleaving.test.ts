// The promise of the log under every order in which appends may begin, commit and fail: a reader sees all committed events,
// each once, in the order of positions. A naive reader beside it shows that these orders are ones that lose events.
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, quiet } from '../../../test/support/database.ts'
import type { TestDatabase } from '../../../test/support/database.ts'
import { Counted, numberOf } from '../../../test/support/events.ts'
import { systemClock } from '../clock.ts'
import { openEventLog } from './log.ts'
import type { EventLog } from './log.ts'

const SESSIONS = 4

type Step = { do: 'append' | 'commit' | 'rollback'; session: number } | { do: 'read'; limit: number } | { do: 'jump' }

const session = fc.nat({ max: SESSIONS - 1 })
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('append' as const), session }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('commit' as const), session }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rollback' as const), session }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('read' as const), limit: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('jump' as const) }) },
)

let world: TestDatabase
let log: EventLog
let sessions: pg.Client[]

beforeAll(async () => {
  world = await createTestDatabase()
  log = openEventLog({ database: world.database, clock: systemClock, log: quiet })
  log.declare([Counted])
  sessions = await Promise.all(
    Array.from({ length: SESSIONS }, async () => {
      const client = new pg.Client({ connectionString: world.url })
      await client.connect()
      return client
    }),
  )
})
afterAll(async () => {
  await Promise.all(sessions.map((client) => client.end()))
  await log.close()
  await world.drop()
})

const newest = async () =>
  (await world.database.pool.query<{ p: number }>(`select coalesce(pg_sequence_last_value('event_positions'), 0) as p`))
    .rows[0]?.p ?? 0

test(
  'no order of appends, commits and rollbacks makes a reader skip or repeat an event',
  { timeout: 120_000 },
  async () => {
    let counter = 0
    let missedByNaive = 0

    async function runHistory(steps: Step[]): Promise<void> {
      const open = new Map<number, number[]>()
      const committed = new Set<number>()
      const seen: number[] = []
      const naive = new Set<number>()
      let cursor = await log.horizon()
      let naiveCursor = cursor

      async function read(limit: number): Promise<number> {
        const events = await log.read(cursor, limit)
        for (const { position } of events) expect(position).toBeGreaterThan(cursor)
        seen.push(...events.map(numberOf))
        cursor = events.at(-1)?.position ?? cursor
        const visible = await world.database.pool.query<{ position: number; data: unknown }>(
          'select position, data from events where position > $1 order by position',
          [naiveCursor],
        )
        for (const row of visible.rows) naive.add(numberOf(row))
        naiveCursor = visible.rows.at(-1)?.position ?? naiveCursor
        return events.length
      }

      async function end(at: number, how: 'commit' | 'rollback'): Promise<void> {
        const numbers = open.get(at)
        if (!numbers) return
        await sessions[at]?.query(how)
        if (how === 'commit') for (const number of numbers) committed.add(number)
        open.delete(at)
      }

      for (const now of steps) {
        if (now.do === 'read') await read(now.limit)
        else if (now.do === 'jump')
          await world.database.pool.query(`select setval('event_positions', $1)`, [(await newest()) + 5_000_000])
        else if (now.do === 'append') {
          const client = sessions[now.session]
          if (!open.has(now.session)) await client?.query('begin')
          const { type, subject, data } = Counted.of({ number: ++counter })
          const row = { id: randomUUID(), type, subject, data, occurred_at: new Date() }
          await client?.query('select append_events($1::jsonb)', [JSON.stringify([row])])
          open.set(now.session, [...(open.get(now.session) ?? []), counter])
        } else await end(now.session, now.do)
      }
      for (const at of open.keys()) await end(at, 'commit')
      while ((await read(3)) > 0);
      expect(seen.toSorted((a, b) => a - b)).toEqual([...committed].toSorted((a, b) => a - b))
      missedByNaive += [...committed].filter((number) => !naive.has(number)).length
    }

    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), runHistory), { numRuns: 150 })
    expect(missedByNaive).toBeGreaterThan(0)
  },
)

/** Eight writers, some of whom roll back after their append, and what a reader beside them saw and the table holds in the end. */
async function writeAndRead(rounds: number) {
  const start = await log.horizon()
  const seen: { position: number; id: string }[] = []
  let writing = true
  const reading = (async () => {
    for (let cursor = start, done = false; !done;) {
      done = !writing
      const events = await log.read(cursor, 50)
      seen.push(...events.map(({ position, id }) => ({ position, id })))
      cursor = events.at(-1)?.position ?? cursor
      if (events.length === 50) done = false
    }
  })()
  const sizeOf = (writer: number, round: number) => 1 + (((writer * rounds + round) * 2654435761) % 3)
  await Promise.all(
    Array.from({ length: 8 }, async (_, writer) => {
      for (let round = 0; round < rounds; round++)
        await world.database
          .transaction(async (tx) => {
            for (let left = sizeOf(writer, round); left > 0; left--) log.append(tx, Counted.of({ number: round }))
            if ((writer + round) % 7 === 0)
              world.database.beforeCommit(tx, () => Promise.reject(new Error('after the append')))
          })
          .catch(() => undefined)
    }),
  )
  writing = false
  await reading
  const { rows } = await world.database.pool.query<{ position: number; id: string }>(
    'select position, id from events where position > $1 order by position',
    [start],
  )
  return { seen, rows }
}

test('concurrent appends at full speed are all read, in order', async () => {
  const { seen, rows } = await writeAndRead(60)
  expect(rows.length).toBeGreaterThan(480)
  expect(seen).toEqual(rows)
})
