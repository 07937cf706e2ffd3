import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createTestDatabase, quiet } from '../../../test/support/database.ts'
import type { TestDatabase } from '../../../test/support/database.ts'
import { count, Counted, numberOf } from '../../../test/support/events.ts'
import { ManualClock } from '../clock.ts'
import { openEventLog } from './log.ts'
import type { EventLog } from './log.ts'
import { keepPartitions, partitionKeeper } from './partitions.ts'

let world: TestDatabase
let clock: ManualClock
let log: EventLog

beforeEach(async () => {
  world = await createTestDatabase()
  // The first partition was opened by the migration, at the real time.
  const start = new Date()
  clock = new ManualClock(new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth(), 15)))
  log = openEventLog({ database: world.database, clock, log: quiet })
  log.declare([Counted])
})
afterEach(async () => {
  await log.close()
  await world.drop()
})

const append = (...numbers: number[]) => count(world.database, log, ...numbers)
const keep = (keepMonths?: number) =>
  keepPartitions({ database: world.database, clock, ...(keepMonths === undefined ? {} : { keepMonths }) })
const nextMonth = () => {
  const now = clock.now()
  clock.set(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 15))
}
const tables = async () =>
  (
    await world.database.pool.query<{ name: string }>(
      `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'events'::regclass order by inhrelid`,
    )
  ).rows.map(({ name }) => name)
const numbers = async () => (await log.read(0, 100)).map(numberOf)

describe('partitions', () => {
  test('are ready ahead of time; a new month begins the next one and keeps the order of positions', async () => {
    expect(await tables()).toEqual(['events_0', 'events_1', 'events_2'])
    await append(1)
    expect(await keep()).toEqual({ opened: 0, dropped: [] })
    nextMonth()
    expect(await keep()).toEqual({ opened: 1, dropped: [] })
    await append(2)
    expect(await tables()).toEqual(['events_0', 'events_1', 'events_2', 'events_3'])
    expect((await log.read(0, 10)).map(({ position }) => position)).toEqual([1, 10_000_000_001])
  })

  test('are not used up by months without events', async () => {
    for (let month = 0; month < 5; month++) {
      nextMonth()
      expect(await keep()).toEqual({ opened: 0, dropped: [] })
    }
    await append(1)
    expect(await log.read(0, 10)).toMatchObject([{ position: 1 }])
  })

  test('may be kept by ten processes at once', async () => {
    await append(1)
    nextMonth()
    const results = await Promise.all(Array.from({ length: 10 }, () => keep()))
    expect(results.reduce((sum, { opened }) => sum + opened, 0)).toBe(1)
    await append(2)
    expect((await log.read(0, 10)).map(({ position }) => position)).toEqual([1, 10_000_000_001])
  })

  test('refuse changes like the first one', async () => {
    await append(1)
    nextMonth()
    await keep()
    await append(2)
    const { pool } = world.database
    await expect(pool.query('delete from events_1')).rejects.toMatchObject({ code: '42501' })
    await expect(pool.query('truncate events_1')).rejects.toMatchObject({ code: '42501' })
    await expect(pool.query(`update events set type = 'x'`)).rejects.toMatchObject({ code: '42501' })
  })

  test('are read by channel across months, each by an index of its own', async () => {
    await append(1)
    nextMonth()
    await keep()
    await append(2)
    const end = await log.horizon()
    const { events, upTo } = await log.readReaching(['admin'], 0, end, 10)
    expect([events.map(numberOf), upTo]).toEqual([[1, 2], end])
    const { rows } = await world.database.pool.query<{ indexes: number }>(
      `select count(*)::int as indexes from pg_index i join pg_class c on c.oid = i.indexrelid
       join pg_am a on a.oid = c.relam where a.amname = 'gin' and c.reloptions = '{fastupdate=off}'
       and i.indrelid in (select inhrelid from pg_inherits where inhparent = 'events'::regclass)`,
    )
    expect(rows[0]!.indexes).toBe((await tables()).length)
  })

  test('may change month under a running append without a reader losing it', async () => {
    await append(1)
    const begun = Promise.withResolvers<void>()
    const finish = Promise.withResolvers<void>()
    const late = world.database.transaction(async (tx) => {
      log.append(tx, Counted.of({ number: 2 }))
      world.database.beforeCommit(tx, async () => {
        begun.resolve()
        await finish.promise
      })
    })
    await begun.promise
    nextMonth()
    await keep()
    await append(3)
    expect(await numbers()).toEqual([1])
    finish.resolve()
    await late
    expect(await numbers()).toEqual([1, 2, 3])
  })
})

describe('retention', () => {
  async function threeMonths(): Promise<void> {
    for (const number of [1, 2, 3]) {
      await append(number)
      nextMonth()
      await keep()
    }
  }

  test('keeps everything unless told otherwise', async () => {
    await threeMonths()
    expect((await keep()).dropped).toEqual([])
    expect(await numbers()).toEqual([1, 2, 3])
  })

  test('drops whole months older than those to keep', async () => {
    await threeMonths()
    expect((await keep(2)).dropped).toEqual(['events_0'])
    expect(await numbers()).toEqual([2, 3])
    // Whoever stands right before the oldest event that is left has missed nothing; one below has.
    expect(await log.oldest()).toBe(9_999_999_999)
    expect((await keep(0)).dropped).toEqual(['events_1', 'events_2'])
    await append(4)
    expect(await numbers()).toEqual([4])
  })

  test('waits for the slowest reader', async () => {
    const stopped = log.startReader({ name: 'slow', handle: async () => {} })
    await log.caughtUp()
    await stopped.stop()
    await threeMonths()
    expect((await keep(0)).dropped).toEqual([])
    const running = log.startReader({ name: 'slow', handle: async () => {} })
    await log.caughtUp()
    await running.stop()
    expect((await keep(0)).dropped).toEqual(['events_0', 'events_1', 'events_2'])
  })

  test('waits for parked events', async () => {
    log.startReader({ name: 'weak', attempts: 1, handle: () => Promise.reject(new Error('no')) })
    await append(1)
    await log.caughtUp()
    nextMonth()
    await keep()
    expect((await keep(0)).dropped).toEqual([])
    await log.discardParked('weak', 1)
    expect((await keep(0)).dropped).toEqual(['events_0'])
  })
})

test('the keeper looks once an hour until it is stopped', async () => {
  const worker = partitionKeeper({ database: world.database, clock, log: quiet })
  worker.start()
  await append(1)
  await vi.waitFor(() => expect(clock.waiting).toBe(1))
  nextMonth()
  await clock.advance(3_600_000)
  await vi.waitFor(async () => expect(await tables()).toContain('events_3'))
  await worker.stop()
})
