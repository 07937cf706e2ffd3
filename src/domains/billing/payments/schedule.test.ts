import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PaymentStatus } from '../contract.ts'
import { nextCheck, pauseAfterFailure } from './schedule.ts'

const T0 = Date.parse('2026-11-23T00:00:00Z')
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const at = (ms: number) => new Date(T0 + ms)
const times = (status: PaymentStatus, over: object = {}) => ({
  status,
  createdAt: at(0),
  expiresAt: at(15 * MINUTE),
  endedAt: null,
  settledAt: null,
  refundRequestedAt: null,
  ...over,
})
/** All checks from `from` on, in minutes after the beginning, at most `count`. */
function plan(given: ReturnType<typeof times>, count = 60): number[] {
  const checks: number[] = []
  let next = nextCheck(given, at(0))
  while (next && checks.length < count) {
    checks.push((next.getTime() - T0) / MINUTE)
    next = nextCheck(given, next)
  }
  return checks
}

test('a charge without an answer is looked for after a minute', () => {
  expect(plan(times('created')).slice(0, 4)).toEqual([1, 3, 10, 60])
})
test('a pending code is checked two minutes after its expiry, then an hour, then daily', () => {
  expect(plan(times('pending')).slice(0, 4)).toEqual([17, 75, 15 + 1440, 15 + 2880])
})
test('an ended one two minutes, an hour and a day later, and then no more', () => {
  expect(plan(times('expired', { endedAt: at(20 * MINUTE) }))).toEqual([22, 80, 1460])
})
test('a settled one daily for 45 days', () => {
  const checks = plan(times('settled', { settledAt: at(0) }))
  expect(checks).toHaveLength(45)
  expect(checks.at(-1)).toBe(45 * 1440)
})
test('an unconfirmed refund is asked about soon', () => {
  expect(plan(times('settled', { settledAt: at(0), refundRequestedAt: at(HOUR) })).slice(0, 3)).toEqual([62, 120, 1440])
})
test('the next check is always to come', () => {
  const statuses = fc.constantFrom<PaymentStatus>(
    'created',
    'pending',
    'settled',
    'expired',
    'failed',
    'partially_refunded',
    'refunded',
  )
  fc.assert(
    fc.property(statuses, fc.integer({ min: -DAY, max: 60 * DAY }), (status, now) => {
      const next = nextCheck(times(status), at(now))
      if (next) expect(next.getTime()).toBeGreaterThan(T0 + now)
    }),
  )
})
test('failures are answered with longer pauses, up to an hour', () => {
  expect([1, 2, 3, 8, 9, 1000].map(pauseAfterFailure)).toEqual([30_000, 60_000, 120_000, HOUR, HOUR, HOUR])
})
