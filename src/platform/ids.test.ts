import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ManualClock } from './clock.ts'
import { newId, timeOf } from './ids.ts'

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

describe('newId', () => {
  test('has the form of RFC 9562: the time in the first 48 bits, version 7, variant 10', () => {
    const clock = new ManualClock('2022-02-22T19:22:22.000Z')
    const id = newId(clock, (size) => new Uint8Array(size).fill(0xff))
    expect(id).toBe('017f22e2-79b0-77ff-bfff-ffffffffffff')
    expect(timeOf(id)).toEqual(clock.now())
  })

  test('is strictly increasing, whatever the clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 300 }), (steps) => {
        const clock = new ManualClock('2026-01-01')
        let last = newId(clock)
        for (const step of steps) {
          clock.set(clock.now().getTime() + step)
          const id = newId(clock)
          expect(id).toMatch(UUID_V7)
          expect(id > last).toBe(true)
          last = id
        }
      }),
    )
  })

  test('keeps its order when one millisecond has more ids than the counter can hold', () => {
    const clock = new ManualClock('2026-01-01')
    const ids = Array.from({ length: 20_000 }, () => newId(clock))
    expect(ids.toSorted()).toEqual(ids)
    expect(new Set(ids).size).toBe(ids.length)
    expect(timeOf(ids.at(-1) ?? '').getTime() - clock.now().getTime()).toBeLessThan(10)
  })

  test('clocks that disagree do not drag each other along', () => {
    newId(new ManualClock('2099-01-01'))
    const past = new ManualClock('2020-01-01')
    expect(timeOf(newId(past))).toEqual(past.now())
  })
})
