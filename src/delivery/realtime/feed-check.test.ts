import { beforeEach, expect, it } from 'vitest'
import type { HealthCheck } from '../http/readiness.ts'
import { feedCheck } from './feed-check.ts'

const at = { log: 0, feed: 0, now: 0 }
let onWait: () => void
let check: HealthCheck
beforeEach(() => {
  Object.assign(at, { log: 5, feed: 5, now: 0 })
  onWait = () => undefined
  check = feedCheck({
    feed: { position: () => at.feed },
    horizon: () => Promise.resolve(at.log),
    now: () => at.now,
    wait(milliseconds) {
      at.now += milliseconds
      onWait()
      return Promise.resolve()
    },
  })
})
const outcome = () =>
  Promise.resolve(check()).then(
    () => 'ready',
    (error: Error) => error.message,
  )

it('fails while the feed stands still though the log has moved on, and no longer once it follows', async () => {
  expect(await outcome()).toBe('ready')
  at.log = 9
  expect(await outcome()).toBe('ready')
  at.now += 7_000
  expect(await outcome()).toBe('ready')
  at.now += 2_000
  expect(await outcome()).toBe('the event log is at 9, this process at 5')
  at.feed = 9
  expect(await outcome()).toBe('ready')
})
it('takes no feed for late that arrives in a moment, however much goes on', async () => {
  onWait = () => void (at.feed = at.log)
  const outcomes = new Set<string>()
  for (let turn = 0; turn < 20; turn++) {
    at.log += 10
    at.now += 6_000
    outcomes.add(await outcome())
  }
  expect([...outcomes]).toEqual(['ready'])
})
it('goes on failing for a feed that moves but stays late', async () => {
  const outcomes: string[] = []
  for (let turn = 0; turn < 12; turn++) {
    at.log += 10
    if (turn > 2) at.feed += 10
    at.now += 5_000
    outcomes.push((await outcome()) === 'ready' ? 'ready' : 'late')
  }
  expect(outcomes.join(' ')).toMatch(/^(ready )+(late ?)+$/)
})
it('fails when the log was set back below what was read already', async () => {
  at.log = 3
  expect(await outcome()).toBe('ready')
  at.now += 10_001
  expect(await outcome()).toBe('the event log is at 3, this process at 5')
})
