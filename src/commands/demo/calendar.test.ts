import fc from 'fast-check'
import { expect, it } from 'vitest'
import { afterWorkdays, orderingTime, workdaysBefore } from './calendar.ts'
import { chance, seededRandom } from './random.ts'

const moment = fc.date({ min: new Date('2024-01-01'), max: new Date('2036-01-01'), noInvalidDate: true })
const inJakarta = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Jakarta',
  weekday: 'short',
  hour: 'numeric',
  hourCycle: 'h23',
})
function read(at: Date) {
  const parts = Object.fromEntries(inJakarta.formatToParts(at).map(({ type, value }) => [type, value]))
  return { weekend: ['Sat', 'Sun'].includes(parts.weekday ?? ''), hour: Number(parts.hour) }
}

it('finds working hours of Jakarta, after and before any moment', () => {
  fc.assert(
    fc.property(moment, fc.integer({ min: 1, max: 30 }), fc.integer(), (at, days, seed) => {
      const dice = chance(seededRandom(seed))
      for (const found of [afterWorkdays(at, days, dice), workdaysBefore(at, days, dice)]) {
        const { weekend, hour } = read(found)
        expect([weekend, hour >= 9 && hour < 17]).toEqual([false, true])
      }
      expect(afterWorkdays(at, days, dice).getTime()).toBeGreaterThan(at.getTime())
      expect(workdaysBefore(at, days, dice).getTime()).toBeLessThan(at.getTime())
      expect(workdaysBefore(at, days + 1, dice).getTime()).toBeLessThan(workdaysBefore(at, days, dice).getTime())
      const { hour } = read(orderingTime(at, dice))
      expect(hour >= 8 && hour < 22).toBe(true)
    }),
  )
})

it('counts the same day as none, with at least half an hour between', () => {
  const morning = new Date('2026-03-11T02:00:00Z')
  const found = afterWorkdays(morning, 0, chance(seededRandom(5)))
  expect(found.getTime()).toBeGreaterThanOrEqual(morning.getTime() + 30 * 60_000)
  expect(found.toISOString().slice(0, 10)).toBe('2026-03-11')
})
