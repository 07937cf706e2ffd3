import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { failing, keeper, openEventWorld, write } from '../../../test/support/event-world.ts'
import type { EventWorld } from '../../../test/support/event-world.ts'
import { numberOf } from '../../../test/support/events.ts'
import type { EventLog } from './log.ts'

let world: EventWorld
let log: EventLog

beforeEach(async () => {
  world = await openEventWorld()
  log = world.log
})
afterEach(() => world.end())

describe('an event that fails', () => {
  test('is tried again with growing pauses, and its attempts leave no trace', async () => {
    const poison = new Set([2])
    log.startReader(failing('a', poison))
    await world.append(1, 2, 3)
    for (const [attempt, pause] of [100, 400, 1_600].entries()) {
      await vi.waitFor(async () =>
        expect(await world.stateOf('a')).toMatchObject({ position: 1, attempts: attempt + 1 }),
      )
      await vi.waitFor(() => expect(world.clock.waiting).toBe(1))
      expect((await world.stateOf('a'))?.retryAt).toEqual(new Date(world.clock.now().getTime() + pause))
      if (attempt === 2) poison.clear()
      await world.clock.advance(pause)
    }
    await log.caughtUp()
    expect(await world.handled('a')).toEqual([1, 2, 3])
    expect(await world.stateOf('a')).toMatchObject({ position: 3, attempts: 0, retryAt: null, lastError: null })
  })

  async function parkTwo(poison: Set<number>): Promise<void> {
    log.startReader(failing('a', poison, { attempts: 2 }))
    await world.append(1, 2, 3)
    await vi.waitFor(() => expect(world.clock.waiting).toBe(1))
    await world.clock.advance(1_000)
    await log.caughtUp()
  }

  test('is parked after the last attempt, and the reader goes on', async () => {
    await parkTwo(new Set([2]))
    expect(await world.handled('a')).toEqual([1, 3])
    expect(await log.parked()).toEqual([
      {
        reader: 'a',
        position: 2,
        type: 'test.counted',
        subject: 'number:2',
        error: 'Error: cannot stand 2',
        attempts: 2,
        parkedAt: world.clock.now(),
        retrying: false,
      },
    ])
  })

  test('does not disturb other readers while it is retried', async () => {
    log.startReader(failing('a', new Set([1])))
    const other = log.startReader(keeper('b'))
    await world.append(1, 2)
    await vi.waitFor(() => expect(world.clock.waiting).toBe(1))
    await vi.waitFor(() => expect(other.position()).toBe(2))
    expect(await world.handled('b')).toEqual([1, 2])
  })

  test('can be tried again once it is parked, also from another process', async () => {
    const poison = new Set([2])
    await parkTwo(poison)
    const console = world.secondProcess()
    expect(await console.retryParked('a', 2)).toBe(true)
    await vi.waitFor(async () => expect(await log.parked()).toMatchObject([{ attempts: 3, retrying: false }]))
    poison.clear()
    expect(await console.retryParked('a', 2)).toBe(true)
    await vi.waitFor(async () => expect(await log.parked()).toEqual([]))
    expect(await world.handled('a')).toEqual([1, 3, 2])
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
      world.database.db,
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
    await world.append(1, 2, 3)
    await log.caughtUp()
    expect(await world.handled('a')).toEqual([1, 3])
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
    await world.append(1, 2)
    await log.caughtUp()
    expect(await world.handled('a')).toEqual([1, 2])
    expect(await log.parked()).toEqual([])
  })
})

describe('replay', () => {
  test('has events handled again from a position on', async () => {
    log.startReader(keeper('a'))
    await world.append(1, 2, 3)
    await log.caughtUp()
    expect(await world.secondProcess().replay({ name: 'a' }, 2)).toBe(true)
    await vi.waitFor(async () => expect(await world.handled('a')).toEqual([1, 2, 3, 2, 3]))
  })

  test('from the beginning empties the model first, in the transaction that moves the cursor', async () => {
    const reader = keeper('a', {
      reset: async (tx) => void (await sql`delete from handled where reader = 'a'`.execute(tx)),
    })
    log.startReader(reader)
    await world.append(1, 2, 3)
    await log.caughtUp()
    await log.replay(reader)
    await log.caughtUp()
    expect(await world.handled('a')).toEqual([1, 2, 3])
  })

  test('takes parked events off the list, as they come again', async () => {
    const poison = new Set([1])
    log.startReader(failing('a', poison, { attempts: 1 }))
    await world.append(1, 2)
    await log.caughtUp()
    expect(await log.parked()).toHaveLength(1)
    poison.clear()
    await log.replay({ name: 'a' })
    await log.caughtUp()
    expect(await log.parked()).toEqual([])
    expect(await world.handled('a')).toEqual([2, 1, 2])
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
