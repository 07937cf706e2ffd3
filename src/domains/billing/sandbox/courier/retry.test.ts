import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextTry } from './retry.ts'

const minutes = (answer: number | null) => {
  const waits: number[] = []
  for (;;) {
    const wait = nextTry(answer, waits.length, () => 0.5)
    if (wait === null) return waits
    waits.push(wait / 60_000)
  }
}

test.each([
  ['any success', 200, []],
  ['any success', 204, []],
  ['500', 500, [2]],
  ['503', 503, [2, 10, 30, 90]],
  ['400', 400, [2, 10]],
  ['404', 404, [2, 10]],
  ['301', 301, []],
  ['302', 302, []],
  ['303', 303, []],
  ['too many 307', 307, [2, 10, 30, 90, 210]],
  ['403', 403, [2, 10, 30, 90, 210]],
  ['502', 502, [2, 10, 30, 90, 210]],
  ['silence', null, [2, 10, 30, 90, 210]],
])('after %s (%s) it is sent again after %j minutes', (_what, answer, expected) => {
  expect(minutes(answer)).toEqual(expected)
})

test('intervals are shifted by at most a tenth', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 0.999, noNaN: true }), (random) => {
      const wait = nextTry(503, 1, () => random) ?? 0
      expect(Math.abs(wait - 600_000)).toBeLessThanOrEqual(60_000)
    }),
  )
})

test('what counts is the latest answer', () => {
  expect(nextTry(500, 1, () => 0.5)).toBeNull()
  expect(nextTry(503, 1, () => 0.5)).toBe(600_000)
})
