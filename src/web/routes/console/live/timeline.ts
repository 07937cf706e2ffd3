// The last minutes of the gateways as the page has seen them: samples, and the lines they make. Pure.

export interface Sample {
  /** Milliseconds since the epoch. */
  at: number
  connections: number
  messages: number
}

/** Five minutes at one sample in two seconds. */
export const MOST_SAMPLES = 150

/** A sample of the same moment replaces the one before. */
export function withSample(samples: readonly Sample[], next: Sample): Sample[] {
  const before = samples.at(-1)?.at === next.at ? samples.slice(0, -1) : samples
  return [...before, next].slice(-MOST_SAMPLES)
}

/** The points of a line through the values, newest at the right edge; every place in time keeps its width. */
export function lineOf(values: readonly number[], box: { width: number; height: number }): string {
  const most = Math.max(1, ...values)
  const step = box.width / (MOST_SAMPLES - 1)
  const from = box.width - (values.length - 1) * step
  return values
    .map((value, at) => `${round(from + at * step)},${round(box.height - (value / most) * (box.height - 2) - 1)}`)
    .join(' ')
}

const round = (value: number) => Math.round(value * 10) / 10

const sizes = ['B', 'kB', 'MB', 'GB', 'TB'] as const
/** `1536` → `1.5 kB`, by thousands. */
export function sizeOf(bytes: number, number: (value: number) => string): string {
  let value = bytes
  let at = 0
  while (value >= 1_000 && at < sizes.length - 1) {
    value /= 1_000
    at += 1
  }
  return `${number(value >= 100 ? Math.round(value) : Math.round(value * 10) / 10)} ${sizes[at]}`
}

/** A count for each of the last hours, oldest first; hours without messages have none. */
export function lastHours(
  byHour: readonly { hour: string; messages: number }[],
  now: number,
  hours = 24,
): { hour: string; messages: number }[] {
  const known = new Map(byHour.map(({ hour, messages }) => [new Date(hour).getTime(), messages]))
  const last = Math.floor(now / 3_600_000) * 3_600_000
  return Array.from({ length: hours }, (_, at) => {
    const hour = last - (hours - 1 - at) * 3_600_000
    return { hour: new Date(hour).toISOString(), messages: known.get(hour) ?? 0 }
  })
}
