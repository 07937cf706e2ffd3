import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ManualClock } from '../clock.ts'
import { bucketOf, networkOf } from './bucket.ts'
import { createMemoryLimiter } from './limiter.ts'

const limiterOf = (quota: number, windowSeconds = 60) => {
  const clock = new ManualClock()
  return { clock, limiter: createMemoryLimiter({ quota, windowSeconds }, clock) }
}

it('lets a caller use the whole quota at once and refuses the next unit', () => {
  const { limiter } = limiterOf(6)
  expect(Array.from({ length: 6 }, () => limiter.take('a', 1).remaining)).toEqual([5, 4, 3, 2, 1, 0])
  expect(limiter.take('a', 1)).toEqual({ allowed: false, remaining: 0, resetSeconds: 10 })
})

it('gives units back steadily, not at the end of a window', async () => {
  const { clock, limiter } = limiterOf(6)
  limiter.take('a', 6)
  await clock.advance(9_999)
  expect(limiter.take('a', 1).allowed).toBe(false)
  await clock.advance(1)
  expect(limiter.take('a', 1).allowed).toBe(true)
  expect(limiter.take('a', 1).allowed).toBe(false)
})

it('a refused call costs nothing, and waiting as long as told is enough', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 50 }),
      fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 30 }),
      async (quota, costs) => {
        const { clock, limiter } = limiterOf(quota)
        for (const cost of costs.filter((each) => each <= quota)) {
          const first = limiter.take('a', cost)
          if (first.allowed) continue
          expect(limiter.take('a', cost)).toEqual(first)
          await clock.advance(first.resetSeconds * 1000)
          expect(limiter.take('a', cost).allowed).toBe(true)
        }
      },
    ),
  )
})

it('never lets more through than the quota and what came back since the start', () => {
  const call = fc.record({ after: fc.integer({ min: 0, max: 5_000 }), cost: fc.integer({ min: 1, max: 4 }) })
  return fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 200 }), async (calls) => {
      const { clock, limiter } = limiterOf(10, 10)
      const start = clock.now().getTime()
      let used = 0
      for (const { after, cost } of calls) {
        await clock.advance(after)
        if (limiter.take('a', cost).allowed) used += cost
        expect(used).toBeLessThanOrEqual(10 + (clock.now().getTime() - start) / 1000)
      }
    }),
  )
})

it('calls that cost nothing always pass', () => {
  const { limiter } = limiterOf(2)
  limiter.take('a', 2)
  expect(limiter.take('a', 0).allowed).toBe(true)
  expect(limiter.take('a', 1).allowed).toBe(false)
})

it('keeps callers apart and forgets those whose bucket is full again', async () => {
  const { clock, limiter } = limiterOf(10)
  for (let caller = 0; caller < 9_000; caller++) limiter.take(`caller ${caller}`, 1)
  expect(limiter.size).toBe(9_000)
  await clock.advance(60_000)
  for (let call = 0; call < 20_000; call++) limiter.take('busy', 0)
  expect(limiter.size).toBe(0)
})

it('a clock that was set back locks nobody out for longer than a window', () => {
  let now = Date.parse('2026-06-01T00:00:00Z')
  const clock = { now: () => new Date(now), wait: () => Promise.resolve() }
  const limiter = createMemoryLimiter({ quota: 10, windowSeconds: 60 }, clock)
  limiter.take('a', 10)
  now -= 86_400_000
  expect(limiter.take('a', 1).resetSeconds).toBeLessThanOrEqual(60)
})

it('counts an IPv6 network as one caller and an IPv4 address alone', () => {
  expect(networkOf('2001:db8:1:2:aaaa::1')).toBe(networkOf('2001:0db8:0001:0002::ffff'))
  expect(networkOf('2001:db8:1:2::1')).not.toBe(networkOf('2001:db8:1:3::1'))
  expect(networkOf('::1')).toBe('0:0:0:0::/64')
  expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0:0::/64')
  expect(networkOf('::ffff:192.0.2.7')).toBe('192.0.2.7')
  expect(networkOf('192.0.2.7')).toBe('192.0.2.7')
  expect(bucketOf({ kind: 'anonymous', address: '192.0.2.7' })).toBe('address:192.0.2.7')
})
