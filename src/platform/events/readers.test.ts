import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createTestDatabase, quiet } from '../../../test/support/database.ts'
import type { TestDatabase } from '../../../test/support/database.ts'
import { count, Counted, Named, numberOf, openAppend } from '../../../test/support/events.ts'
import { ManualClock } from '../clock.ts'
import { openDatabase } from '../database.ts'
import type { Database, Tx } from '../database.ts'
import { openEventLog } from './log.ts'
import type { EventLog } from './log.ts'
import { reading, when } from './reader.ts'
import type { EventReader } from './reader.ts'

let world: TestDatabase
let database: Database
let clock: ManualClock
let log: EventLog
const disposals: (() => Promise<void>)[] = []

beforeEach(async () => {
  world = await createTestDatabase()
  database = world.database
  clock = new ManualClock('2026-11-23T10:00:00Z')
  log = openLog(database)
  await sql`create table handled (reader text, number int, at bigint generated always as identity)`.execute(database.db)
})
afterEach(async () => {
  await log.close()
  for (const dispose of disposals.splice(0).toReversed()) await dispose()
  await world.drop()
})

function openLog(on: Database): EventLog {
  const opened = openEventLog({ database: on, clock, log: quiet, random: () => 0.5 })
  opened.declare([Counted, Named])
  return opened
}

/** Another process, as far as the database can tell. */
function secondProcess(): EventLog {
  const other = openDatabase({ url: world.url, log: quiet, poolSize: 4 })
  const opened = openLog(other)
  disposals.push(async () => {
    await opened.close()
    await other.close()
  })
  return opened
}

const write = (tx: Tx, reader: string, number: number) =>
  sql`insert into handled (reader, number) values (${reader}, ${number})`.execute(tx)
const handled = async (reader: string) =>
  (
    await sql<{ number: number }>`select number from handled where reader = ${reader} order by at`.execute(database.db)
  ).rows.map(({ number }) => number)
const keeper = (name: string, more: Partial<EventReader> = {}): EventReader => ({
  name,
  async handle(event, tx) {
    await write(tx, name, numberOf(event))
  },
  ...more,
})
/** Fails on these numbers as long as they are in the set. */
const failing = (name: string, poison: Set<number>, more: Partial<EventReader> = {}) =>
  keeper(name, {
    async handle(event, tx) {
      await write(tx, name, numberOf(event))
      if (poison.has(numberOf(event))) throw new Error(`cannot stand ${numberOf(event)}`)
    },
    ...more,
  })
const stateOf = async (name: string) => (await log.readers()).find((reader) => reader.name === name)
const append = (...numbers: number[]) => count(database, log, ...numbers)

describe('a reader', () => {
  test('handles what was there before it and what comes later, in order, once', async () => {
    await append(1, 2)
    log.startReader(keeper('a'))
    await log.caughtUp()
    await append(3)
    await append(4)
    await log.caughtUp()
    expect(await handled('a')).toEqual([1, 2, 3, 4])
    expect(await stateOf('a')).toMatchObject({ position: 4, attempts: 0, parked: 0 })
  })

  test('that begins now leaves out what was there before', async () => {
    await append(1)
    log.startReader(keeper('a', { from: 'now' }))
    await log.caughtUp()
    await append(2)
    await log.caughtUp()
    expect(await handled('a')).toEqual([2])
  })

  test('goes on where it stood when it was stopped', async () => {
    const first = log.startReader(keeper('a'))
    await append(1)
    await log.caughtUp()
    await first.stop()
    await append(2)
    log.startReader(keeper('a'))
    await log.caughtUp()
    expect(await handled('a')).toEqual([1, 2])
  })

  test('gets only its types, with data of the declared shape, and may append in turn', async () => {
    const seen: string[] = []
    log.startReader(
      reading('names', [
        when(Named, async ({ data }, tx) => {
          seen.push(data.name)
          log.append(tx, Counted.of({ number: data.name.length }))
        }),
      ]),
    )
    log.startReader(
      reading('numbers', [when(Counted, async ({ data }, tx) => void (await write(tx, 'numbers', data.number)))]),
    )
    await append(1)
    await database.transaction(async (tx) => log.append(tx, Named.of({ name: 'five!' })))
    await log.caughtUp()
    await log.caughtUp()
    expect(seen).toEqual(['five!'])
    expect(await handled('numbers')).toEqual([1, 5])
  })

  test('works through a backlog larger than the memory of the tail', async () => {
    const numbers = Array.from({ length: 5_000 }, (_, at) => at)
    await append(...numbers)
    let last = -1
    log.startReader(
      keeper('a', {
        async handle(event) {
          expect(numberOf(event)).toBe(last + 1)
          last++
        },
      }),
    )
    await log.caughtUp()
    expect(last).toBe(4_999)
  })

  test('never skips an event whose transaction committed after later ones', async () => {
    log.startReader(keeper('a'))
    await log.caughtUp()
    const late = await openAppend(world.url, 1)
    await append(2)
    await append(3)
    await log.horizon()
    expect(await handled('a')).toEqual([])
    await late.query('commit')
    await late.end()
    await log.caughtUp()
    expect(await handled('a')).toEqual([1, 2, 3])
  })

  test('goes on by itself, without a wake-up, when an append that held it back is rolled back', async () => {
    log.startReader(keeper('a'))
    await log.caughtUp()
    const late = await openAppend(world.url, 1)
    await append(2)
    await late.query('rollback')
    await late.end()
    await vi.waitFor(async () => expect(await handled('a')).toEqual([2]), { timeout: 5_000, interval: 5 })
  })

  test('saves its cursor now and then while nothing concerns it', async () => {
    log.startReader(keeper('a', { types: ['test.named'] }))
    await log.caughtUp()
    await append(...Array.from({ length: 1_200 }, (_, at) => at))
    await log.caughtUp()
    expect((await stateOf('a'))?.position).toBeGreaterThanOrEqual(1_000)
    expect(await handled('a')).toEqual([])
  })
})

describe('an event that fails', () => {
  test('is tried again with growing pauses, and its attempts leave no trace', async () => {
    const poison = new Set([2])
    log.startReader(failing('a', poison))
    await append(1, 2, 3)
    for (const [attempt, pause] of [100, 400, 1_600].entries()) {
      await vi.waitFor(async () => expect(await stateOf('a')).toMatchObject({ position: 1, attempts: attempt + 1 }))
      await vi.waitFor(() => expect(clock.waiting).toBe(1))
      expect((await stateOf('a'))?.retryAt).toEqual(new Date(clock.now().getTime() + pause))
      if (attempt === 2) poison.clear()
      await clock.advance(pause)
    }
    await log.caughtUp()
    expect(await handled('a')).toEqual([1, 2, 3])
    expect(await stateOf('a')).toMatchObject({ position: 3, attempts: 0, retryAt: null, lastError: null })
  })

  async function parkTwo(poison: Set<number>): Promise<void> {
    log.startReader(failing('a', poison, { attempts: 2 }))
    await append(1, 2, 3)
    await vi.waitFor(() => expect(clock.waiting).toBe(1))
    await clock.advance(1_000)
    await log.caughtUp()
  }

  test('is parked after the last attempt, and the reader goes on', async () => {
    await parkTwo(new Set([2]))
    expect(await handled('a')).toEqual([1, 3])
    expect(await log.parked()).toEqual([
      {
        reader: 'a',
        position: 2,
        type: 'test.counted',
        subject: 'number:2',
        error: 'Error: cannot stand 2',
        attempts: 2,
        parkedAt: clock.now(),
        retrying: false,
      },
    ])
  })

  test('does not disturb other readers while it is retried', async () => {
    log.startReader(failing('a', new Set([1])))
    const other = log.startReader(keeper('b'))
    await append(1, 2)
    await vi.waitFor(() => expect(clock.waiting).toBe(1))
    await vi.waitFor(() => expect(other.position()).toBe(2))
    expect(await handled('b')).toEqual([1, 2])
  })

  test('can be tried again once it is parked, also from another process', async () => {
    const poison = new Set([2])
    await parkTwo(poison)
    const console = secondProcess()
    expect(await console.retryParked('a', 2)).toBe(true)
    await vi.waitFor(async () => expect(await log.parked()).toMatchObject([{ attempts: 3, retrying: false }]))
    poison.clear()
    expect(await console.retryParked('a', 2)).toBe(true)
    await vi.waitFor(async () => expect(await log.parked()).toEqual([]))
    expect(await handled('a')).toEqual([1, 3, 2])
    expect(await log.retryParked('a', 2)).toBe(false)
  })

  test('can be discarded once it is parked', async () => {
    await parkTwo(new Set([2]))
    expect(await log.discardParked('a', 2)).toBe(true)
    expect(await log.parked('a')).toEqual([])
    expect(await log.discardParked('a', 2)).toBe(false)
  })

  test('fails as well when only COMMIT, not its handler, refuses', async () => {
    await sql`create table promises (id int primary key, of int references promises deferrable initially deferred)`.execute(
      database.db,
    )
    log.startReader(
      keeper('a', {
        attempts: 1,
        async handle(event, tx) {
          await write(tx, 'a', numberOf(event))
          if (numberOf(event) === 2) await sql`insert into promises values (1, 7)`.execute(tx)
        },
      }),
    )
    await append(1, 2, 3)
    await log.caughtUp()
    expect(await handled('a')).toEqual([1, 3])
    expect(await log.parked()).toMatchObject([{ position: 2, error: expect.stringContaining('foreign key') }])
  })

  test('is not blamed when the connection is cut: it is handled again, once in effect', async () => {
    let cuts = 2
    log.startReader(
      keeper('a', {
        attempts: 1,
        async handle(event, tx) {
          await write(tx, 'a', numberOf(event))
          if (cuts-- > 0) await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx)
        },
      }),
    )
    await append(1, 2)
    await log.caughtUp()
    expect(await handled('a')).toEqual([1, 2])
    expect(await log.parked()).toEqual([])
  })
})

describe('replay', () => {
  test('has events handled again from a position on', async () => {
    log.startReader(keeper('a'))
    await append(1, 2, 3)
    await log.caughtUp()
    expect(await secondProcess().replay({ name: 'a' }, 2)).toBe(true)
    await vi.waitFor(async () => expect(await handled('a')).toEqual([1, 2, 3, 2, 3]))
  })

  test('from the beginning empties the model first, in the transaction that moves the cursor', async () => {
    const reader = keeper('a', {
      reset: async (tx) => void (await sql`delete from handled where reader = 'a'`.execute(tx)),
    })
    log.startReader(reader)
    await append(1, 2, 3)
    await log.caughtUp()
    await log.replay(reader)
    await log.caughtUp()
    expect(await handled('a')).toEqual([1, 2, 3])
  })

  test('takes parked events off the list, as they come again', async () => {
    const poison = new Set([1])
    log.startReader(failing('a', poison, { attempts: 1 }))
    await append(1, 2)
    await log.caughtUp()
    expect(await log.parked()).toHaveLength(1)
    poison.clear()
    await log.replay({ name: 'a' })
    await log.caughtUp()
    expect(await log.parked()).toEqual([])
    expect(await handled('a')).toEqual([2, 1, 2])
  })

  test('of a reader nobody knows is refused; a forgotten one is gone', async () => {
    expect(await log.replay({ name: 'nobody' })).toBe(false)
    const running = log.startReader(keeper('a'))
    await log.caughtUp()
    await running.stop()
    expect(await log.forget('a')).toBe(true)
    expect(await log.readers()).toEqual([])
  })
})

describe('several processes', () => {
  test('share a reader without handling anything twice', async () => {
    const others = [secondProcess(), secondProcess()]
    for (const process of [log, ...others]) process.startReader(keeper('a'))
    const numbers = Array.from({ length: 200 }, (_, at) => at)
    for (const number of numbers) await append(number)
    await vi.waitFor(async () => expect(await handled('a')).toEqual(numbers), { timeout: 10_000 })
  })

  test('one takes over when the one that was at it is cut off', async () => {
    let stuckPid = 0
    const entered = Promise.withResolvers<void>()
    const released = Promise.withResolvers<void>()
    const first = secondProcess()
    first.startReader(
      keeper('a', {
        async handle(event, tx) {
          await write(tx, 'a', -numberOf(event))
          stuckPid = (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)).rows[0]?.pid ?? 0
          entered.resolve()
          await released.promise
        },
      }),
    )
    await append(1)
    await entered.promise
    log.startReader(keeper('a'))
    await database.pool.query('select pg_terminate_backend($1)', [stuckPid])
    await log.caughtUp()
    expect(await handled('a')).toEqual([1])
    released.resolve()
  })
})

describe('a follower', () => {
  test('gets every event in every process, from the position it names', async () => {
    await append(1, 2)
    const seen: number[][] = [[], []]
    const other = secondProcess()
    await log.follow({ after: 1, handle: (events) => void seen[0]?.push(...events.map(numberOf)) })
    await other.follow({ handle: (events) => void seen[1]?.push(...events.map(numberOf)) })
    await append(3)
    await append(4)
    await Promise.all([log.caughtUp(), other.caughtUp()])
    expect(seen).toEqual([
      [2, 3, 4],
      [3, 4],
    ])
  })

  test('that fails goes on with what comes next', async () => {
    const seen: number[] = []
    await log.follow({
      types: ['test.counted'],
      handle: (events) => {
        const numbers = events.map(numberOf)
        if (numbers.includes(1)) throw new Error('no')
        seen.push(...numbers)
      },
    })
    await append(1)
    await log.caughtUp()
    await append(2)
    await log.caughtUp()
    expect(seen).toEqual([2])
  })
})
