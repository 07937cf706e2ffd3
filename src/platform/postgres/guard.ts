import type { Clock } from '../clock.ts'

// Watches something that should live and revives it when it does not: at once the first time, ever more slowly while it
// keeps dying, and never giving up, since a full disk or a lack of memory may pass.

export interface Guarded {
  alive(): boolean
  /** Told each time it is found dead. */
  lost(): void
  /** Rejects when it cannot be brought back now. */
  revive(): Promise<void>
  /** Told why a revival failed and after how many milliseconds the next is tried. */
  failed(error: unknown, retryIn: number): void
}

const POLL = 100
const STABLE = 60_000

/** Milliseconds to wait before the next revival, after so many deaths and failures in a row. */
export function revivalDelay(troubles: number): number {
  return troubles === 0 ? 0 : Math.min(100 * 2 ** (troubles - 1), 5_000)
}

/** Watches until the signal is aborted; resolves when a revival under way then has ended too. */
export async function guard(subject: Guarded, clock: Clock, signal: AbortSignal): Promise<void> {
  const pause = (ms: number) => clock.wait(ms, signal).catch(() => {})
  let troubles = 0
  let revivedAt = Number.NEGATIVE_INFINITY
  for (;;) {
    await pause(POLL)
    if (signal.aborted) return
    if (subject.alive()) continue
    subject.lost()
    troubles = clock.now().getTime() - revivedAt < STABLE ? troubles + 1 : 0
    for (let alive = false; !alive;) {
      if (troubles > 0) await pause(revivalDelay(troubles))
      if (signal.aborted) return
      try {
        await subject.revive()
        alive = true
      } catch (error) {
        troubles += 1
        if (!signal.aborted) subject.failed(error, revivalDelay(troubles))
      }
    }
    revivedAt = clock.now().getTime()
  }
}
