// Time of a client in the test's hands: nothing is due before the test says how much has passed.
import type { Timing } from '../../../client/client.ts'

export interface ManualTiming extends Timing {
  /** What `random` gives. */
  chance: number
  /** The milliseconds of everything that is still to come, shortest first. */
  readonly due: number[]
  /** Lets time pass; what becomes due runs in its order. */
  pass(milliseconds: number): void
}

export function createManualTiming(): ManualTiming {
  let now = Date.UTC(2026, 10, 28)
  let timers: { at: number; run: () => void }[] = []
  return {
    chance: 0,
    random() {
      return this.chance
    },
    now: () => now,
    after(milliseconds, run) {
      const timer = { at: now + milliseconds, run }
      timers.push(timer)
      return () => void (timers = timers.filter((other) => other !== timer))
    },
    get due() {
      return timers.map(({ at }) => at - now).toSorted((a, b) => a - b)
    },
    pass(milliseconds) {
      const until = now + milliseconds
      for (;;) {
        const next = timers.filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0]
        if (!next) break
        timers = timers.filter((other) => other !== next)
        now = Math.max(now, next.at)
        next.run()
      }
      now = until
    },
  }
}
