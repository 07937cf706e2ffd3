import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { keeper, openEventWorld, write } from '../../../test/support/event-world.ts'
import type { EventWorld } from '../../../test/support/event-world.ts'
import { Counted, Named, numberOf, openAppend } from '../../../test/support/events.ts'
import type { EventLog } from './log.ts'
import { reading, when } from './reader.ts'

let world: EventWorld
let log: EventLog

beforeEach(async () => {
  world = await openEventWorld()
  log = world.log
})
afterEach(() => world.end())

describe('a reader', () => {
  test('handles what was there before it and what comes later, in order, once', async () => {
    await world.append(1, 2)
    log.startReader(keeper('a'))
    await log.caughtUp()
    await world.append(3)
    await world.append(4)
    await log.caughtUp()
    expect(await world.handled('a')).toEqual([1, 2, 3, 4])
    expect(await world.stateOf('a')).toMatchObject({ position: 4, attempts: 0, parked: 0 })
  })

  test('that begins now leaves out what was there before', async () => {
    await world.append(1)
    log.startReader(keeper('a', { from: 'now' }))
    await log.caughtUp()
    await world.append(2)
    await log.caughtUp()
    expect(await world.handled('a')).toEqual([2])
  })

  test('goes on where it stood when it was stopped', async () => {
    const first = log.startReader(keeper('a'))
    await world.append(1)
    await log.caughtUp()
    await first.stop()
    await world.append(2)
    log.startReader(keeper('a'))
    await log.caughtUp()
    expect(await world.handled('a')).toEqual([1, 2])
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
    await world.append(1)
    await world.database.transaction(async (tx) => log.append(tx, Named.of({ name: 'five!' })))
    await log.caughtUp()
    await log.caughtUp()
    expect(seen).toEqual(['five!'])
    expect(await world.handled('numbers')).toEqual([1, 5])
  })

  test('works through a backlog larger than the memory of the tail', async () => {
    const numbers = Array.from({ length: 5_000 }, (_, at) => at)
    await world.append(...numbers)
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

  test('tells how many events it is behind, whatever gap their positions have', async () => {
    const running = log.startReader(keeper('a'))
    await world.append(1)
    await log.caughtUp()
    expect(await world.stateOf('a')).toMatchObject({ behind: 0 })
    await running.stop()
    await world.database.pool.query(`select setval('event_positions', 5000000000)`)
    await world.append(2, 3)
    expect(await world.stateOf('a')).toMatchObject({ position: 1, behind: 2 })
  })

  test('never skips an event whose transaction committed after later ones', async () => {
    log.startReader(keeper('a'))
    await log.caughtUp()
    const late = await openAppend(world.url, 1)
    await world.append(2)
    await world.append(3)
    await log.horizon()
    expect(await world.handled('a')).toEqual([])
    await late.query('commit')
    await late.end()
    await log.caughtUp()
    expect(await world.handled('a')).toEqual([1, 2, 3])
  })

  test('goes on by itself, without a wake-up, when an append that held it back is rolled back', async () => {
    log.startReader(keeper('a'))
    await log.caughtUp()
    const late = await openAppend(world.url, 1)
    await world.append(2)
    await late.query('rollback')
    await late.end()
    await vi.waitFor(async () => expect(await world.handled('a')).toEqual([2]), { timeout: 5_000, interval: 5 })
  })

  test('saves its cursor now and then while nothing concerns it', async () => {
    log.startReader(keeper('a', { types: ['test.named'] }))
    await log.caughtUp()
    await world.append(...Array.from({ length: 1_200 }, (_, at) => at))
    await log.caughtUp()
    expect((await world.stateOf('a'))?.position).toBeGreaterThanOrEqual(1_000)
    expect(await world.handled('a')).toEqual([])
  })
})

describe('several processes', () => {
  test('share a reader without handling anything twice', async () => {
    const others = [world.secondProcess(), world.secondProcess()]
    for (const process of [log, ...others]) process.startReader(keeper('a'))
    const numbers = Array.from({ length: 200 }, (_, at) => at)
    for (const number of numbers) await world.append(number)
    await vi.waitFor(async () => expect(await world.handled('a')).toEqual(numbers), { timeout: 10_000 })
  })

  test('one takes over when the one that was at it is cut off', async () => {
    let stuckPid = 0
    const entered = Promise.withResolvers<void>()
    const released = Promise.withResolvers<void>()
    const first = world.secondProcess()
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
    await world.append(1)
    await entered.promise
    log.startReader(keeper('a'))
    await world.database.pool.query('select pg_terminate_backend($1)', [stuckPid])
    await log.caughtUp()
    expect(await world.handled('a')).toEqual([1])
    released.resolve()
  })
})

describe('a follower', () => {
  test('gets every event in every process, from the position it names', async () => {
    await world.append(1, 2)
    const seen: number[][] = [[], []]
    const other = world.secondProcess()
    await log.follow({ after: 1, handle: (events) => void seen[0]?.push(...events.map(numberOf)) })
    await other.follow({ handle: (events) => void seen[1]?.push(...events.map(numberOf)) })
    await world.append(3)
    await world.append(4)
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
    await world.append(1)
    await log.caughtUp()
    await world.append(2)
    await log.caughtUp()
    expect(seen).toEqual([2])
  })
})
