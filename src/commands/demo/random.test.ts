import fc from 'fast-check'
import { expect, it } from 'vitest'
import { chance, seededRandom } from './random.ts'

it('repeats itself for a seed, stays in [0, 1), and is spread evenly', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const [one, other] = [seededRandom(seed), seededRandom(seed)]
      const drawn = Array.from({ length: 2_000 }, one)
      expect(drawn.slice(0, 50)).toEqual(Array.from({ length: 50 }, other))
      expect(drawn.every((value) => value >= 0 && value < 1)).toBe(true)
      for (let tenth = 0; tenth < 10; tenth++) {
        const share = drawn.filter((value) => Math.floor(value * 10) === tenth).length
        expect(share).toBeGreaterThan(100)
        expect(share).toBeLessThan(320)
      }
    }),
  )
})

it('deals every whole number of a range, and every item once', () => {
  const dice = chance(seededRandom(1))
  expect(new Set(Array.from({ length: 200 }, () => dice.whole(3, 6)))).toEqual(new Set([3, 4, 5, 6]))
  expect(dice.shuffled([1, 2, 3, 4, 5]).toSorted()).toEqual([1, 2, 3, 4, 5])
  expect(() => dice.pick([])).toThrow('nothing to choose from')
})
