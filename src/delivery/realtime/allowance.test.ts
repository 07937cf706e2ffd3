import { expect, it } from 'vitest'
import { createAllowance } from './allowance.ts'
import { closes, CommandError } from './codes.ts'
import type { Disconnect } from './codes.ts'
import type { Connection } from './connection.ts'

const fresh = () => ({ fullAt: 0, refused: 0 }) as Connection
function refusal(work: () => void): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  return undefined
}

it('lets a hundred through at once, then tells when to come back, and then lets one through', () => {
  let now = 5_000
  const allowance = createAllowance(100, () => now)
  const connection = fresh()
  for (let n = 0; n < 100; n++) allowance.take(connection)
  const refused = refusal(() => allowance.take(connection)) as CommandError
  expect(refused).toMatchObject({ code: 111, temporary: true, retryAfter: 1 })
  now += 1_000
  allowance.take(connection)
  expect(refusal(() => allowance.take(connection))).toBeInstanceOf(CommandError)
  expect(allowance.taken).toBe(101)
})
it('counts each connection for itself, and sends away who does not stop', () => {
  const allowance = createAllowance(3, () => 0)
  const [mine, other] = [fresh(), fresh()]
  for (let n = 0; n < 3; n++) allowance.take(mine)
  allowance.take(other)
  for (let n = 0; n < 3; n++) expect(refusal(() => allowance.take(mine))).toBeInstanceOf(CommandError)
  const end = refusal(() => allowance.take(mine)) as Disconnect
  expect(end.close).toBe(closes.tooManyRequests)
})
it('gives the answer to a ping for nothing, once, and says nothing of what it takes for others', () => {
  const allowance = createAllowance(1, () => 0)
  const connection = { ...fresh(), pongsDue: 1 } as Connection
  allowance.takeSilently(connection)
  expect([allowance.taken, connection.pongsDue]).toEqual([0, 0])
  allowance.takeSilently(connection)
  allowance.takeSilently(connection)
  expect(allowance.taken).toBe(1)
  expect(refusal(() => allowance.takeSilently(connection))).toMatchObject({ close: closes.tooManyRequests })
})
