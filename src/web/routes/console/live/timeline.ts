// The last minutes of the gateways as the page has seen them: samples, and the lines they make. Pure.

export interface Sample {
  /** Milliseconds since the epoch. */
  at: number
  connections: number
  messages: number
}

/** What is shown, in milliseconds: five minutes. */
export const SPAN = 300_000

/** A sample of the same moment replaces the one before; what is older than the span is dropped. */
export function withSample(samples: readonly Sample[], next: Sample): Sample[] {
  return [...samples.filter(({ at }) => at < next.at && at >= next.at - SPAN), next]
}

/** The upper end of a scale: 1, 2 or 5 times a power of ten, so that it seldom changes while values move. */
export function ceilingOf(values: readonly number[]): number {
  const most = Math.max(1, ...values)
  const power = 10 ** Math.floor(Math.log10(most))
  return [1, 2, 5, 10].map((times) => times * power).find((end) => end >= most) ?? most
}

/**
 * The points of a line through the values of the span, the newest at the right edge. Each stands where its time is: what the
 * page did not see, since it was in the background, keeps its width.
 */
export function lineOf(
  samples: readonly { at: number; value: number }[],
  ceiling: number,
  box: { width: number; height: number },
): [number, number][] {
  const newest = samples.at(-1)?.at ?? 0
  return samples.map(({ at, value }) => [
    round(box.width * (1 - (newest - at) / SPAN)),
    round(box.height - (value / ceiling) * (box.height - 2) - 1),
  ])
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

/** Nothing takes no time at all: such percentiles say that nothing went that way lately. */
export const unmeasured = ({ p99 }: { p99: number }): boolean => p99 === 0

/** `0.84` → `0.8 ms`, `27.6` → `28 ms`, `34787` → `34.8 s`. */
export function durationOf(milliseconds: number, number: (value: number) => string): string {
  if (milliseconds >= 1_000) return `${number(milliseconds / 1_000)}\u00a0s`
  return `${number(milliseconds >= 10 ? Math.round(milliseconds) : milliseconds)}\u00a0ms`
}
