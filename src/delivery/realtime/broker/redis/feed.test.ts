// The rule by which a node joins what it hears and what it reads, with both in the test's hands.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { quiet } from '../../../../../test/support/database.ts'
import { ManualClock } from '../../../../platform/clock.ts'
import type { StoredEvent } from '../../../../platform/events/log.ts'
import type { FeedBatch } from '../broker.ts'
import { encode } from './batch.ts'
import { createRedisFeed } from './feed.ts'

const eventAt = (position: number): StoredEvent => ({
  position,
  id: String(position),
  type: 'test.counted',
  subject: `number:${position}`,
  actor: null,
  data: { number: position },
  occurredAt: new Date('2026-11-23T10:00:00Z'),
  requestId: null,
  channels: ['admin'],
  live: null,
  shown: null,
  secret: false,
})

/** A node that stands at the beginning of a log with events at these positions, with no Redis but what the test says. */
async function node(positions: readonly number[], { horizon = (): number => 0 } = {}) {
  const within = (after: number, upTo: number) =>
    positions.filter((position) => position > after && position <= upTo).map(eventAt)
  const opened: { after: number; at: number; open: boolean; handle: (events: StoredEvent[], upTo: number) => void }[] =
    []
  const handled: number[] = []
  const batches: FeedBatch[] = []
  const clock = new ManualClock()
  const feed = createRedisFeed({
    node: 'here',
    epoch: 'epoch',
    channel: 'feed',
    events: {
      follow: () => Promise.reject(new Error('not used')),
      horizon: () => Promise.resolve(horizon()),
      readReaching: () => Promise.reject(new Error('not used')),
      epoch: () => Promise.resolve('epoch'),
      readBefore: () => Promise.resolve([]),
      oldest: () => Promise.resolve(0),
    },
    openTail(after, handle) {
      const tail = { after, at: after, open: true, handle }
      opened.push(tail)
      return {
        position: () => tail.at,
        stop: () => {
          tail.open = false
          return Promise.resolve()
        },
      }
    },
    lead: { claim: () => Promise.resolve(false), leave: () => Promise.resolve() },
    client: () => undefined,
    clock,
    log: quiet,
    now: () => clock.now().getTime(),
    started: () => undefined,
  })
  await feed.start((batch) => {
    batches.push(batch)
    handled.push(...batch.events.map(({ position }) => position))
  })
  return {
    feed,
    handled,
    batches,
    clock,
    tails: opened,
    hear: (after: number, upTo: number) =>
      feed.heard(encode({ node: 'there', after, upTo, readAt: Date.now(), events: within(after, upTo) })),
    /** Every tail that was opened reads on, also one that was told to end: its page was on its way. */
    read(upTo: number) {
      for (const tail of opened) {
        if (upTo <= tail.at) continue
        const { at } = tail
        const page = within(at, upTo)
        // Positions without events are passed silently.
        if (page.length > 0) tail.handle(page, upTo)
        tail.at = upTo
      }
    },
    within,
  }
}

it('takes only what is new of a batch that overlaps with what it has', async () => {
  const { hear, handled, feed } = await node([1, 2, 3, 4])
  hear(0, 2)
  hear(1, 3)
  hear(0, 3)
  expect(handled).toEqual([1, 2, 3])
  expect(feed.position()).toBe(3)
  hear(2, 4)
  expect(handled).toEqual([1, 2, 3, 4])
})

it('takes nothing after a gap until the log has filled it, and then listens again', async () => {
  const { hear, read, handled, feed, tails } = await node([1, 2, 3, 4, 5])
  hear(0, 1)
  expect(feed.source).toBe('redis')
  hear(2, 3)
  expect(handled).toEqual([1])
  expect(feed.source).toBe('log')
  expect(tails.at(-1)?.after).toBe(1)
  read(3)
  expect(handled).toEqual([1, 2, 3])
  hear(3, 4)
  expect(feed.source).toBe('redis')
  expect(handled).toEqual([1, 2, 3, 4])
})

it('joins a leader that is ahead by positions without events', async () => {
  const { hear, read, feed, batches } = await node([1])
  read(1)
  read(9)
  hear(9, 9)
  expect(feed.source).toBe('redis')
  expect(batches.at(-1)?.upTo).toBe(9)
})

it('reads the log itself when somebody knows a position that it has not been told of', async () => {
  let horizon = 0
  const { hear, read, feed, handled } = await node([1, 2], { horizon: () => horizon })
  hear(0, 1)
  horizon = 2
  expect([await feed.isSettled(3), feed.source]).toEqual([false, 'redis'])
  expect([await feed.isSettled(1), feed.source]).toEqual([true, 'redis'])
  expect([await feed.isSettled(2), feed.source]).toEqual([true, 'log'])
  read(2)
  expect(handled).toEqual([1, 2])
})

it('reads the log itself when nothing was heard for three seconds', async () => {
  const { hear, feed, clock } = await node([1])
  hear(0, 0)
  await clock.advance(2_500)
  expect(feed.source).toBe('redis')
  await clock.advance(1_000)
  expect(feed.source).toBe('log')
  hear(0, 1)
  expect(feed.source).toBe('redis')
})

it('handles everything once and in order, whatever is lost, repeated, late or said by two', async () => {
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('hear' as const), after: fc.nat(60), more: fc.nat(15) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('read' as const), upTo: fc.nat(60) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('lost' as const) }) },
  )
  const positions = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(positions, fc.array(step, { maxLength: 60 }), async (unordered, steps) => {
      const sorted = unordered.toSorted((a, b) => a - b)
      const { hear, read, feed, handled, batches } = await node(sorted)
      for (const each of steps) {
        if (each.kind === 'hear') hear(each.after, Math.min(60, each.after + each.more))
        else if (each.kind === 'read') read(each.upTo)
        else feed.lost()
        expect(handled).toEqual(sorted.filter((position) => position <= feed.position()))
      }
      // Whatever happened, the next word of a leader brings it to the end.
      hear(60, 60)
      read(60)
      expect(handled).toEqual(sorted)
      const ends = batches.map(({ upTo }) => upTo)
      expect(ends).toEqual([...new Set(ends)].toSorted((a, b) => a - b))
    }),
    { numRuns: 300 },
  )
})
