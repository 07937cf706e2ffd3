// When Midtrans sends a notification again, by the answer it got. Source: docs.midtrans.com, "HTTP(S) notification".

/** What the merchant's server answered; null when no answer came. */
export type MerchantAnswer = number | null

const MINUTE = 60_000
const INTERVALS = [2, 10, 30, 90, 210].map((minutes) => minutes * MINUTE)

function retriesFor(answer: MerchantAnswer): number {
  if (answer === null) return 5
  if (answer >= 200 && answer < 300) return 0
  if ([301, 302, 303].includes(answer)) return 0
  if (answer === 500) return 1
  if (answer === 503) return 4
  if (answer === 400 || answer === 404) return 2
  return 5
}

/**
 * Milliseconds until the next try, or null when that was the last. `retries` counts those already made. Every interval is
 * shifted by up to a tenth either way, so that many notifications do not come back at once.
 */
export function nextTry(answer: MerchantAnswer, retries: number, random: () => number): number | null {
  const interval = retries < retriesFor(answer) ? INTERVALS[retries] : undefined
  return interval === undefined ? null : Math.round(interval * (0.9 + 0.2 * random()))
}
