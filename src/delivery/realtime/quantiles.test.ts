import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Quantiles } from './quantiles.ts'

it('is right within an eighth, whatever came', () => {
  const times = fc.array(fc.double({ min: 0.02, max: 100_000, noNaN: true }), { minLength: 1, maxLength: 300 })
  fc.assert(
    fc.property(times, (values) => {
      const quantiles = new Quantiles()
      for (const value of values) quantiles.add(value)
      const sorted = values.toSorted((a, b) => a - b)
      const { p50, p99 } = quantiles.read()
      for (const [found, share] of [
        [p50, 0.5],
        [p99, 0.99],
      ] as const) {
        const right = sorted[Math.ceil(share * sorted.length) - 1]!
        expect(found).toBeGreaterThan(right * 0.87 - 0.01)
        expect(found).toBeLessThan(right * 1.13 + 0.01)
      }
    }),
  )
})
it('knows nothing at first, and forgets after two turns', () => {
  const quantiles = new Quantiles()
  expect(quantiles.read()).toEqual({ p50: 0, p95: 0, p99: 0 })
  quantiles.add(5, 100)
  quantiles.turn()
  expect(quantiles.read().p50).toBeCloseTo(5, 0)
  quantiles.turn()
  expect(quantiles.read().p50).toBe(0)
})
