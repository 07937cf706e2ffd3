import { sql } from 'kysely'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { createTestDatabase, quiet } from '../../../test/support/database.ts'
import type { TestDatabase } from '../../../test/support/database.ts'
import { count, Counted, Named, numberOf, openAppend as openAppendOn } from '../../../test/support/events.ts'
import { ManualClock } from '../clock.ts'
import { openEventLog } from './log.ts'
import type { EventLog } from './log.ts'

let world: TestDatabase
let clock: ManualClock
let log: EventLog
const clients: pg.Client[] = []

beforeEach(async () => {
  world = await createTestDatabase()
  clock = new ManualClock('2026-11-23T10:00:00Z')
  log = openEventLog({ database: world.database, clock, log: quiet, random: () => 0.5 })
  log.declare([Counted, Named])
})
afterEach(async () => {
  await log.close()
  await Promise.all(clients.splice(0).map((client) => client.end()))
  await world.drop()
})

const append = (...numbers: number[]) => count(world.database, log, ...numbers)
const numbersOf = (events: { data: unknown }[]) => events.map(numberOf)

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: world.url })
  await client.connect()
  clients.push(client)
  return client
}

async function openAppend(number: number): Promise<pg.Client> {
  const client = await openAppendOn(world.url, number)
  clients.push(client)
  return client
}

describe('append', () => {
  test('keeps what was given, the time, the order and who did it', async () => {
    await world.database.transaction(async (tx) => {
      log.append(tx, { ...Counted.of({ number: 1 }), actor: 'someone', requestId: 'request-1' })
      log.append(tx, Named.of({ name: 'two' }), Counted.of({ number: 3 }))
    })
    const events = await log.read(0, 10)
    expect(events).toMatchObject([
      { type: 'test.counted', subject: 'number:1', data: { number: 1 }, actor: 'someone', requestId: 'request-1' },
      { type: 'test.named', subject: 'name:two', data: { name: 'two' }, actor: null, requestId: null },
      { type: 'test.counted', data: { number: 3 } },
    ])
    expect(events.map(({ occurredAt }) => occurredAt)).toEqual([clock.now(), clock.now(), clock.now()])
    expect(events.map(({ position }) => position)).toEqual([1, 2, 3])
  })

  test('refuses at once what is not declared or does not fit its contract', async () => {
    await world.database.transaction(async (tx) => {
      expect(() => log.append(tx, { type: 'test.unknown', subject: 'x', data: {} })).toThrow(/not declared/)
      expect(() => log.append(tx, { type: 'test.counted', subject: 'x', data: { number: 'one' } })).toThrow(z.ZodError)
    })
    expect(await log.read(0, 10)).toEqual([])
  })

  test('two events of one name are refused', () => {
    expect(() => log.declare([{ ...Counted }])).toThrow(/Two events/)
  })

  test('a rolled-back transaction leaves no event', async () => {
    const failing = world.database.transaction(async (tx) => {
      log.append(tx, Counted.of({ number: 1 }))
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    await append(2)
    expect(numbersOf(await log.read(0, 10))).toEqual([2])
  })

  test('a transaction that is run again appends once', async () => {
    let runs = 0
    await world.database.transaction(async (tx) => {
      log.append(tx, Counted.of({ number: 1 }))
      if (++runs === 1) await sql`do $$ begin raise exception 'again' using errcode = '40001'; end $$`.execute(tx)
    })
    expect(numbersOf(await log.read(0, 10))).toEqual([1])
  })

  test('read answers at most the limit, and only the types asked for', async () => {
    await append(1, 2, 3)
    await world.database.transaction(async (tx) => log.append(tx, Named.of({ name: 'four' })))
    expect(numbersOf(await log.read(1, 2))).toEqual([2, 3])
    expect(await log.read(0, 10, ['test.named'])).toMatchObject([{ position: 4 }])
    expect(await log.read(0, 10, [])).toEqual([])
  })
})

describe('the log is append-only', () => {
  test.each([`update events set data = '{}'`, 'delete from events', 'truncate events', 'truncate events_0'])(
    '%s is refused by the database',
    async (statement) => {
      await append(1)
      await expect(world.database.pool.query(statement)).rejects.toMatchObject({ code: '42501' })
      expect(numbersOf(await log.read(0, 10))).toEqual([1])
    },
  )
})

describe('the horizon', () => {
  test('stays before an append that has not committed, so that nobody reads past it', async () => {
    const late = await openAppend(1)
    await append(2)
    expect(await log.horizon()).toBe(0)
    expect(await log.read(0, 10)).toEqual([])
    await late.query('commit')
    expect(await log.horizon()).toBe(2)
    expect(numbersOf(await log.read(0, 10))).toEqual([1, 2])
  })

  test('a rolled-back append leaves a gap and holds nobody up', async () => {
    const aborted = await openAppend(1)
    await append(2)
    await aborted.query('rollback')
    expect(await log.read(0, 10)).toMatchObject([{ position: 2 }])
    expect(await log.horizon()).toBe(2)
  })

  test('a killed append holds nobody up', async () => {
    const killed = await openAppend(1)
    await append(2)
    const { rows } = await killed.query<{ pid: number }>('select pg_backend_pid() as pid')
    await world.database.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid])
    await vi.waitFor(async () => expect(numbersOf(await log.read(0, 10))).toEqual([2]))
  })

  test('is not held by a long transaction that appended nothing, nor by one that has not written its events yet', async () => {
    const idle = await connect()
    await idle.query('begin isolation level repeatable read')
    await idle.query(`insert into settings values ('a', '1')`)
    let finish = () => {}
    const finished = new Promise<void>((resolve) => (finish = resolve))
    const unflushed = world.database.transaction(async (tx) => {
      await sql`insert into settings values ('b', '1')`.execute(tx)
      log.append(tx, Counted.of({ number: 2 }))
      await finished
    })
    await append(1)
    expect(numbersOf(await log.read(0, 10))).toEqual([1])
    finish()
    await unflushed
    expect(numbersOf(await log.read(0, 10))).toEqual([1, 2])
    await idle.query('rollback')
  })

  test('is not held by an open append in another database', async () => {
    const other = await createTestDatabase()
    const client = new pg.Client({ connectionString: other.url })
    await client.connect()
    await client.query('begin')
    await client.query(`select append_events('[]')`)
    await append(1)
    expect(await log.horizon()).toBe(1)
    await client.end()
    await other.drop()
  })

  test('is exact where the lock key runs over into its upper half', async () => {
    const boundary = 2 ** 31 * 3
    await world.database.pool.query(`select setval('event_positions', $1)`, [boundary - 2])
    await append(1)
    const late = await openAppend(2)
    await append(3)
    await append(4)
    expect(await log.horizon()).toBe(boundary - 1)
    await late.query('commit')
    expect((await log.read(0, 10)).map(({ position }) => position)).toEqual(
      [-1, 0, 1, 2].map((step) => boundary + step),
    )
  })

  test('is refused under an isolation level whose snapshot is older than the horizon', async () => {
    const client = await connect()
    await client.query('begin isolation level repeatable read')
    await expect(client.query('select * from read_events(0, 10, null)')).rejects.toThrow(/read committed/)
  })
})
