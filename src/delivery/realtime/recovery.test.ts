import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Feed } from './broker/broker.ts'
import { Recent } from './recent.ts'
import { Recovery } from './recovery.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A node that stands at position 5 of a log that is settled up to 8. */
function behind() {
  const recent = new Recent(5)
  const isSettled = vi.fn((position: number) => Promise.resolve(position <= 8))
  const feed = { epoch: 'log-1', isSettled, oldest: () => Promise.resolve(0) } as Partial<Feed> as Feed
  const recovery = new Recovery(feed, recent, () => null)
  let answer: boolean | undefined
  const ask = (offset: number) =>
    void recovery.reaches({ offset, epoch: 'log-1' }).then((reaches) => (answer = reaches))
  return { recent, isSettled, ask, answer: () => answer }
}

it('waits for a position that is in the log, as long as a node may be cut off from the others', async () => {
  const { recent, ask, answer } = behind()
  ask(8)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(answer()).toBeUndefined()
  recent.add([], 8)
  await vi.advanceTimersByTimeAsync(50)
  expect(answer()).toBe(true)
})

it('waits a moment for a position that is not, and says that it cannot be reached', async () => {
  const { ask, answer } = behind()
  ask(9)
  await vi.advanceTimersByTimeAsync(900)
  expect(answer()).toBeUndefined()
  await vi.advanceTimersByTimeAsync(150)
  expect(answer()).toBe(false)
})

it('asks the log only about what does not come by itself', async () => {
  const { recent, isSettled, ask, answer } = behind()
  ask(6)
  recent.add([], 6)
  await vi.advanceTimersByTimeAsync(50)
  expect([answer(), isSettled.mock.calls.length]).toEqual([true, 0])
})

it('gives up at last when the position is there but does not come', async () => {
  const { ask, answer } = behind()
  ask(7)
  await vi.advanceTimersByTimeAsync(11_000)
  expect(answer()).toBe(false)
})
