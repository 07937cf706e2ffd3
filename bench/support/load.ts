// Bounded load from this process, and what to say about it.

export interface Figures {
  requests: number
  perSecond: number
  p50: number
  p95: number
  p99: number
  /** Answers that were not what was expected. */
  wrong: number
}

/** Percentile of unsorted milliseconds. */
export function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
}

/** Sends `requests` requests, `atOnce` at a time. `send` resolves to whether the answer was right. */
export async function load(
  requests: number,
  atOnce: number,
  send: (number: number) => Promise<boolean>,
): Promise<Figures> {
  const waits: number[] = []
  let next = 0
  let wrong = 0
  const began = performance.now()
  const worker = async () => {
    while (next < requests) {
      const number = next++
      const sent = performance.now()
      if (!(await send(number))) wrong++
      waits.push(performance.now() - sent)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  const seconds = (performance.now() - began) / 1000
  return {
    requests,
    perSecond: Math.round(requests / seconds),
    wrong,
    p50: round(percentile(waits, 0.5)),
    p95: round(percentile(waits, 0.95)),
    p99: round(percentile(waits, 0.99)),
  }
}
export const round = (value: number) => Math.round(value * 100) / 100
