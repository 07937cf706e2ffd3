import { expect, it } from 'vitest'
import { feedCheck } from './feed-check.ts'

it('fails while the feed stands still though the log has moved on, and no longer once it follows', async () => {
  const at = { log: 5, feed: 5, now: 0 }
  const check = feedCheck(
    { position: () => at.feed },
    () => Promise.resolve(at.log),
    () => at.now,
  )
  await check()
  at.log = 9
  await check()
  at.now = 10_000
  await check()
  at.now = 10_001
  await expect(Promise.resolve(check())).rejects.toThrow('9 or further, this process still at 5')
  at.feed = 9
  await check()
})
it('does not take a feed for stuck that is always a little behind', async () => {
  const at = { log: 10, feed: 9, now: 0 }
  const check = feedCheck(
    { position: () => at.feed },
    () => Promise.resolve(at.log),
    () => at.now,
  )
  for (let turn = 0; turn < 20; turn++) {
    at.log += 10
    at.feed += 10
    at.now += 6_000
    await expect(Promise.resolve(check())).resolves.toBeUndefined()
  }
})
