// The same promise where chance would hardly ever look: between two statements inside the SQL functions of the log. Gates are
// built into each such gap; one session is stopped there while others append, commit and read around it.
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createTestDatabase, quiet } from '../../../test/support/database.ts'
import type { TestDatabase } from '../../../test/support/database.ts'
import { count, Counted, numberOf, openAppend } from '../../../test/support/events.ts'
import { systemClock } from '../clock.ts'
import { openEventLog } from './log.ts'
import type { EventLog } from './log.ts'

const GATES = 7771
// The gaps in each function: before its first statement, between statements, after the last.
const READER_GAPS = [
  'event_horizon:0',
  'event_horizon:1',
  'event_horizon:2',
  'event_horizon:3',
  'read_events:0',
].concat(['read_events:1', 'read_events:2', 'read_events:3'])
const APPEND_GAPS = ['append_events:0', 'append_events:1', 'append_events:2']

let world: TestDatabase
let log: EventLog
let keeper: pg.Client
let actor: pg.Client
let neighbour: pg.Client

beforeAll(async () => {
  world = await createTestDatabase()
  log = openEventLog({ database: world.database, clock: systemClock, log: quiet })
  log.declare([Counted])
  const built = (await Promise.all(['event_horizon', 'read_events', 'append_events'].map(buildGates))).flat()
  const known = [...READER_GAPS, ...APPEND_GAPS]
  if (built.join() !== known.join()) throw new Error(`The functions have other gaps now: ${built.join()}`)
})
afterAll(async () => {
  await log.close()
  await world.drop()
})
beforeEach(async () => {
  ;[keeper, actor] = [await connect(), await connect()]
})
afterEach(() => Promise.all([keeper, actor, neighbour].map((client) => client?.end())))

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: world.url })
  await client.connect()
  return client
}

/** Rewrites a function so that a session whose setting `test.gate` names a gap waits there; answers the names of its gaps. */
async function buildGates(name: string): Promise<string[]> {
  const { pool } = world.database
  const { rows } = await pool.query<{ source: string }>(
    'select pg_get_functiondef(oid) as source from pg_proc where proname = $1',
    [name],
  )
  const gaps: string[] = []
  const gate = () => {
    const gap = `${name}:${gaps.length}`
    gaps.push(gap)
    const key = `${GATES}, hashtext('${gap}')`
    return `if current_setting('test.gate', true) = '${gap}' then
      perform pg_advisory_lock(${key}); perform pg_advisory_unlock(${key}); end if;\n`
  }
  const source = rows[0]?.source ?? ''
  const begin = source.indexOf('begin\n') + 'begin\n'.length
  // A statement of the function's own level ends in a line whose successor is indented by two, or is the end of the function.
  const body = source.slice(begin).replaceAll(/;\n(?=  (?!end)\S|end \$)/g, () => `;\n${gate()}`)
  await pool.query(source.slice(0, begin) + gate() + body)
  return gaps
}

const close = (gap: string) => keeper.query('select pg_advisory_lock($1, hashtext($2))', [GATES, gap])
const open = (gap: string) => keeper.query('select pg_advisory_unlock($1, hashtext($2))', [GATES, gap])
const somebodyWaits = () =>
  vi.waitFor(
    async () => {
      const { rowCount } = await keeper.query('select from pg_locks where not granted and classid = $1', [GATES])
      expect(rowCount).toBe(1)
    },
    { interval: 2 },
  )

/** Reads as a reader does: from the last event it saw. */
function follow(start: number) {
  const seen: number[] = []
  let cursor = start
  const take = (events: { position: number; data: unknown }[]) => {
    seen.push(...events.map(numberOf))
    cursor = events.at(-1)?.position ?? cursor
  }
  return {
    seen,
    take,
    cursor: () => cursor,
    read: async () => take(await log.read(cursor, 10)),
  }
}

describe('a reader that is stopped', () => {
  async function stoppedAt(gap: string, meanwhile: () => Promise<void>): Promise<ReturnType<typeof follow>> {
    const reader = follow(await log.horizon())
    await close(gap)
    await actor.query(`set test.gate = '${gap}'`)
    const reading = actor.query('select events from read_events($1, 10, null)', [reader.cursor()])
    await somebodyWaits()
    await meanwhile()
    await open(gap)
    reader.take((await reading).rows[0].events)
    return reader
  }

  test.each(READER_GAPS)('at %s misses no append that begins and stays open meanwhile', async (gap) => {
    const reader = await stoppedAt(gap, async () => {
      neighbour = await openAppend(world.url, 1)
      await count(world.database, log, 2)
    })
    await neighbour.query('commit')
    await reader.read()
    expect(reader.seen).toEqual([1, 2])
  })

  test.each(READER_GAPS)('at %s misses no append that was open before and commits meanwhile', async (gap) => {
    neighbour = await openAppend(world.url, 1)
    await count(world.database, log, 2)
    const reader = await stoppedAt(gap, async () => {
      await neighbour.query('commit')
      await count(world.database, log, 3)
    })
    await reader.read()
    expect(reader.seen).toEqual([1, 2, 3])
  })
})

test.each(APPEND_GAPS)('an append that is stopped at %s is missed by nobody', async (gap) => {
  const reader = follow(await log.horizon())
  await close(gap)
  await actor.query(`set test.gate = '${gap}'`)
  await actor.query('begin')
  const { type, subject, data } = Counted.of({ number: 1 })
  const row = { id: crypto.randomUUID(), type, subject, data, occurred_at: new Date() }
  const appending = actor.query('select append_events($1::jsonb)', [JSON.stringify([row])])
  await somebodyWaits()
  await count(world.database, log, 2)
  await reader.read()
  await open(gap)
  await appending
  await reader.read()
  await count(world.database, log, 3)
  await reader.read()
  await actor.query('commit')
  await reader.read()
  expect(reader.seen.toSorted()).toEqual([1, 2, 3])
})
