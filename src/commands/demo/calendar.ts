// Days and hours in Jakarta, which has no summer time: when an agency works and when its clients find time to order.
import type { Chance } from './random.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
const JAKARTA = 7 * HOUR

/** Midnight in Jakarta of the day on which `at` falls. */
const midnight = (at: Date) => new Date(Math.floor((at.getTime() + JAKARTA) / DAY) * DAY - JAKARTA)
const weekday = (at: Date) => new Date(at.getTime() + JAKARTA).getUTCDay()
const isWorkday = (at: Date) => weekday(at) !== 0 && weekday(at) !== 6

export const later = (at: Date, ms: number) => new Date(at.getTime() + ms)

/** A moment between the hours `from` and `to` (Jakarta) of the day of `at`. */
export const within = (at: Date, from: number, to: number, chance: Chance): Date =>
  later(midnight(at), Math.floor((from + chance.fraction() * (to - from)) * HOUR))

/** Some time in working hours, `days` working days after `at`; on the same day (0) at least half an hour later. */
export function afterWorkdays(at: Date, days: number, chance: Chance): Date {
  let day = at
  let left = days
  while (left > 0 || !isWorkday(day)) {
    day = later(day, DAY)
    if (isWorkday(day)) left--
  }
  const found = within(day, 9, 17, chance)
  const earliest = later(at, 30 * MINUTE)
  return found > earliest ? found : earliest
}

/** Some time in working hours on the `count`-th working day before the day of `now`; `count` from 1. */
export function workdaysBefore(now: Date, count: number, chance: Chance): Date {
  let day = now
  for (let left = count; left > 0;) {
    day = later(day, -DAY)
    if (isWorkday(day)) left--
  }
  return within(day, 9, 17, chance)
}

/** When somebody orders on the day of `at`: over lunch, in the afternoon, or in the evening. */
export function orderingTime(at: Date, chance: Chance): Date {
  const [from, to] = chance.pick([
    [8, 11],
    [11, 14],
    [13, 17],
    [18.5, 21.5],
  ] as const)
  return within(at, from, to, chance)
}
