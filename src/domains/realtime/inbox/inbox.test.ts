import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { ManualClock } from '../../../platform/clock.ts'
import { event } from '../../../platform/contract/event.ts'
import { openEventLog } from '../../../platform/events/log.ts'
import type { EventLog } from '../../../platform/events/log.ts'
import { newId } from '../../../platform/ids.ts'
import { createTestDatabase, quiet } from '../../../../test/support/database.ts'
import type { TestDatabase } from '../../../../test/support/database.ts'
import { InboxOverdue } from '../contract.ts'
import { createInboxReader } from '../reactions.ts'
import { createInbox } from './inbox.ts'
import type { UserInbox } from './inbox.ts'

const Said = event('test.said', {
  data: z.object({ to: z.array(z.string()) }),
  subject: () => 'test',
  reaches: ({ to }) => to.map((id) => `user:${id}`),
  live: 'system_notification',
})
/** Reaches people as well, but is no message. */
const Noted = event('test.noted', { data: Said.data, subject: () => 'test', reaches: Said.reaches })

let world: TestDatabase
let clock: ManualClock
let log: EventLog
let inbox: UserInbox

beforeEach(async () => {
  world = await createTestDatabase()
  clock = new ManualClock('2026-11-23T10:00:00Z')
  log = openEventLog({ database: world.database, clock, log: quiet })
  log.declare([Said, Noted, InboxOverdue])
  inbox = createInbox({ database: world.database, events: log, clock })
})
afterEach(async () => {
  await log.close()
  await world.drop()
})

async function startReader() {
  log.startReader(createInboxReader(inbox))
  await log.caughtUp()
}
/** Appends events, waits until they are noted, and answers the last position. */
async function append(...events: Parameters<EventLog['append']>[1][]): Promise<number> {
  await world.database.transaction(async (tx) => log.append(tx, ...events))
  await log.caughtUp()
  return log.horizon()
}
const say = (...to: string[]) => append(Said.of({ to }))
const note = (...to: string[]) => append(Noted.of({ to }))
interface Row {
  acknowledged: number
  newest: number
  told: number
  oldest_unacknowledged_at: Date | null
}
async function rowOf(userId: string): Promise<Row | undefined> {
  const { rows } = await world.database.pool.query<Row>('select * from realtime_inboxes where user_id = $1', [userId])
  return rows[0]
}
async function overdue() {
  const { rows } = await world.database.pool.query<{ data: z.output<typeof InboxOverdue.data> }>(
    'select data from events where type = $1 order by position',
    [InboxOverdue.name],
  )
  return rows.map(({ data }) => data)
}

describe('an inbox', () => {
  it('is made by the first message, and begins before it', async () => {
    await startReader()
    const user = newId(clock)
    await note(user)
    expect(await rowOf(user)).toBeUndefined()
    const position = await say(user)
    expect(await rowOf(user)).toMatchObject({
      acknowledged: position - 1,
      newest: position,
      oldest_unacknowledged_at: clock.now(),
    })
    expect(await inbox.cursorOf(user)).toBe(position - 1)
  })

  it('is made by the first connection, and begins there', async () => {
    await startReader()
    const [user, other] = [newId(clock), newId(clock)]
    const end = await say(newId(clock))
    expect(await inbox.cursorOf(user)).toBe(end)
    const position = await say(user)
    expect(await inbox.cursorsOf([user, other, user])).toEqual(
      new Map([
        [user, end],
        [other, position],
      ]),
    )
    expect(await rowOf(user)).toMatchObject({ newest: position, oldest_unacknowledged_at: clock.now() })
  })

  it('loses nothing to a connection that comes before a message was noted', async () => {
    await startReader()
    const user = newId(clock)
    const holding = await world.database.pool.connect()
    await holding.query('begin')
    await holding.query(`select from event_readers where name = 'realtime.inbox' for update`)
    await world.database.transaction(async (tx) => log.append(tx, Said.of({ to: [user] })))
    const position = await log.horizon()
    expect(await inbox.cursorOf(user)).toBeLessThan(position)
    await holding.query('rollback')
    holding.release()
    await log.caughtUp()
    expect(await rowOf(user)).toMatchObject({ newest: position, oldest_unacknowledged_at: clock.now() })
  })

  it('is made once, however many ask at the same time', async () => {
    const users = Array.from({ length: 20 }, () => newId(clock))
    const others = Array.from({ length: 5 }, () => createInbox({ database: world.database, events: log, clock }))
    const asked = others.flatMap((each) => users.map((user) => each.cursorOf(user)))
    expect(new Set(await Promise.all(asked)).size).toBe(1)
  })

  it('asks once for all who ask together', async () => {
    const users = Array.from({ length: 50 }, () => newId(clock))
    await inbox.cursorsOf(users)
    const connect = vi.spyOn(world.database.pool, 'connect')
    await Promise.all(users.map((user) => inbox.cursorOf(user)))
    expect(connect).toHaveBeenCalledTimes(1)
  })
})

describe('acknowledging', () => {
  it('moves on, never back, and never beyond the end of the log', async () => {
    await startReader()
    const user = newId(clock)
    const first = await say(user)
    await inbox.acknowledge(user, first)
    await inbox.acknowledge(user, 1)
    expect(await inbox.cursorOf(user)).toBe(first)
    await inbox.acknowledge(user, 9_999_999_999_999)
    expect(await inbox.cursorOf(user)).toBe(await log.horizon())
    const second = await say(user)
    expect(await rowOf(user)).toMatchObject({ newest: second, oldest_unacknowledged_at: clock.now() })
  })

  it('of somebody without an inbox makes one', async () => {
    const user = newId(clock)
    await say(newId(clock))
    await inbox.acknowledge(user, 9_999)
    expect(await inbox.cursorOf(user)).toBe(await log.horizon())
  })

  it('leaves the time of the next message that waits', async () => {
    await startReader()
    const user = newId(clock)
    const first = await say(user)
    await clock.advance(60_000)
    await note(user)
    await clock.advance(60_000)
    const third = clock.now()
    await say(user)
    await clock.advance(60_000)
    const last = await say(user)
    await inbox.acknowledge(user, first)
    expect(await rowOf(user)).toMatchObject({ oldest_unacknowledged_at: third })
    await inbox.acknowledge(user, last)
    expect(await rowOf(user)).toMatchObject({ oldest_unacknowledged_at: null })
  })

  it('before the message was noted is no message that waits', async () => {
    const user = newId(clock)
    const reader = createInboxReader(inbox)
    await inbox.cursorOf(user)
    const position = await say(user)
    await inbox.acknowledge(user, position)
    const [stored] = await log.read(position - 1, 1)
    await world.database.transaction((tx) => reader.handle(stored!, tx))
    expect(await rowOf(user)).toMatchObject({ acknowledged: position, oldest_unacknowledged_at: null })
  })

  it('is as a model of it, whatever happens in which order', async () => {
    await startReader()
    const TEN_MINUTES = 600_000
    const step = fc.oneof(
      fc.record({ does: fc.constantFrom('say', 'note', 'look', 'tell') }),
      fc.record({ does: fc.constant('acknowledge' as const), back: fc.integer({ min: -2, max: 4 }) }),
      fc.record({ does: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 12 }) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        const user = newId(clock)
        let acknowledged: number | undefined
        let told = 0
        const messages: { position: number; at: number }[] = []
        const waiting = () => messages.filter(({ position }) => position > Math.max(acknowledged ?? 0, told))
        for (const next of steps) {
          if (next.does === 'say') {
            const position = await say(user)
            messages.push({ position, at: clock.now().getTime() })
            acknowledged ??= position - 1
          } else if (next.does === 'note') await note(user)
          else if (next.does === 'look') {
            acknowledged ??= (await rowOf(user))?.acknowledged ?? (await inbox.cursorOf(user))
            expect(await inbox.cursorOf(user)).toBe(acknowledged)
          } else if (next.does === 'acknowledge' && 'back' in next) {
            const end = await log.horizon()
            const position = end - next.back
            await inbox.acknowledge(user, position)
            acknowledged = Math.max(acknowledged ?? (await inbox.cursorOf(user)), Math.min(position, end))
          } else if (next.does === 'wait' && 'minutes' in next) await clock.advance(next.minutes * 60_000)
          else {
            const due = waiting()
            const before = (await overdue()).length
            await inbox.tellOverdue()
            const news = (await overdue()).slice(before).filter(({ user: { id } }) => id === user)
            const isDue = due.length > 0 && due[0]!.at <= clock.now().getTime() - TEN_MINUTES
            expect(news).toEqual(
              isDue
                ? [
                    {
                      user: { id: user },
                      after: String(Math.max(acknowledged ?? 0, told)),
                      upTo: String(messages.at(-1)!.position),
                      messages: due.length,
                    },
                  ]
                : [],
            )
            if (isDue) told = messages.at(-1)!.position
          }
          const row = await rowOf(user)
          expect(row?.acknowledged).toBe(acknowledged)
          expect(row?.oldest_unacknowledged_at?.getTime()).toBe(waiting()[0]?.at)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('does not hide what arrives at that very moment', async () => {
    await startReader()
    const user = newId(clock)
    const first = await say(user)
    let arrives: (() => Promise<unknown>) | undefined = () => say(user)
    const horizon = async () => {
      const end = await log.horizon()
      await arrives?.()
      arrives = undefined
      return end
    }
    const hasty = createInbox({ database: world.database, events: { ...log, horizon }, clock })
    await hasty.acknowledge(user, 9_999_999)
    // Asked again, the log had gone on.
    expect(await rowOf(user)).toMatchObject({
      acknowledged: first + 1,
      newest: first + 1,
      oldest_unacknowledged_at: null,
    })
  })

  it('by many at once ends at the highest, with what waits behind it', async () => {
    await startReader()
    const user = newId(clock)
    const positions: number[] = []
    for (let at = 0; at < 10; at++) {
      await clock.advance(1_000)
      positions.push(await say(user))
    }
    const acknowledging = positions.slice(0, 8).map((position) => inbox.acknowledge(user, position))
    const late = say(user)
    await Promise.all([...acknowledging, late])
    await log.caughtUp()
    expect(await rowOf(user)).toMatchObject({
      acknowledged: positions[7],
      newest: await late,
      oldest_unacknowledged_at: new Date(clock.now().getTime() - 1_000),
    })
  })
})

describe('what is overdue', () => {
  it('is told once for each stretch, by one of many processes', async () => {
    await startReader()
    const [user, quick] = [newId(clock), newId(clock)]
    const first = await say(user, quick)
    await inbox.acknowledge(quick, first)
    await clock.advance(599_999)
    await inbox.tellOverdue()
    expect(await overdue()).toEqual([])
    await clock.advance(1)
    const second = await say(user)
    await Promise.all(
      [1, 2, 3, 4].map(() => createInbox({ database: world.database, events: log, clock }).tellOverdue()),
    )
    const told = { user: { id: user }, after: String(first - 1), upTo: String(second), messages: 2 }
    expect(await overdue()).toEqual([told])
    await clock.advance(3_600_000)
    await inbox.tellOverdue()
    expect(await overdue()).toEqual([told])

    // A new message begins a new stretch, of which the old ones are no part.
    const third = await say(user)
    await clock.advance(300_000)
    await inbox.tellOverdue()
    expect(await overdue()).toHaveLength(1)
    await clock.advance(300_000)
    await inbox.tellOverdue()
    expect(await overdue()).toEqual([
      told,
      { user: { id: user }, after: String(second), upTo: String(third), messages: 1 },
    ])
    await inbox.acknowledge(user, second)
    expect(await rowOf(user)).toMatchObject({ acknowledged: second, oldest_unacknowledged_at: null })
  })
})
