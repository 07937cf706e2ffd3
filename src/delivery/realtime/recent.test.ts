import { expect, it } from 'vitest'
import type { Message } from './message.ts'
import { Recent } from './recent.ts'

const message = (position: number) => ({ position }) as Message
const positions = (recent: Recent, after: number) => [...recent.after(after)].map(({ position }) => position)

it('holds everything from the position at which it began', () => {
  const recent = new Recent(10)
  recent.add([message(12), message(15)], 17)
  expect([recent.covers(9), recent.covers(10), recent.position]).toEqual([false, true, 17])
  expect(positions(recent, 10)).toEqual([12, 15])
  expect(positions(recent, 12)).toEqual([15])
  expect([recent.find(15)?.position, recent.find(14)]).toEqual([15, undefined])
})
it('lets the oldest go, and says so', () => {
  const recent = new Recent(0)
  for (let n = 1; n <= 5_000; n++) recent.add([message(n)], n)
  const oldest = positions(recent, 0)[0]!
  expect(oldest).toBeGreaterThan(1)
  expect([recent.covers(oldest - 2), recent.covers(oldest - 1)]).toEqual([false, true])
  expect(positions(recent, 4_998)).toEqual([4_999, 5_000])
})
