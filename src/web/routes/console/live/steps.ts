// Counts by hour as the steps of a chart: hours while they can be told apart, days beyond. Days are the agency's. Pure.

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** The agency's zone is seven hours ahead, all year round. */
const ZONE = 7 * HOUR
/** Counted are the last thirty days. */
const COUNTED = 30 * DAY

export const startOfDay = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) - ZONE).toISOString()
export const endOfDay = (day: string): string => new Date(Date.parse(startOfDay(day)) + DAY).toISOString()

export interface Span {
  from?: string | undefined
  to?: string | undefined
  /** Milliseconds since the epoch. */
  now: number
}
export interface Step {
  /** When it begins. */
  at: string
  messages: number
}
export interface Steps {
  unit: 'hour' | 'day'
  /** Oldest first; those without messages too. */
  steps: Step[]
}

/** Without bounds the last 24 hours. */
export function stepsOf(byHour: readonly { hour: string; messages: number }[], { from, to, now }: Span): Steps {
  const end = Math.min(to === undefined ? now : Date.parse(to), now)
  const begin = from !== undefined ? Date.parse(from) : to === undefined ? end - DAY + HOUR : end - COUNTED
  const size = end - begin > 2 * DAY ? DAY : HOUR
  const offset = size === DAY ? ZONE : 0
  const stepAt = (time: number) => Math.floor((time + offset) / size) * size - offset
  const counts = new Map<number, number>()
  for (const { hour, messages } of byHour) {
    const at = stepAt(Date.parse(hour))
    counts.set(at, (counts.get(at) ?? 0) + messages)
  }
  const steps: Step[] = []
  for (let at = stepAt(Math.max(begin, now - COUNTED)); at < end; at += size)
    steps.push({ at: new Date(at).toISOString(), messages: counts.get(at) ?? 0 })
  return { unit: size === DAY ? 'day' : 'hour', steps }
}
