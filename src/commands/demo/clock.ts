// The clock of a story: it can be put ahead, and runs at the speed of real time from there. Waiting takes real time too, so
// that a year of polling does not have to be lived through; `wake` ends every wait when a jump has made something due.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../../platform/clock.ts'

export class StoryClock implements Clock {
  #at: number
  #since = performance.now()
  #awake = new AbortController()

  constructor(start: Date) {
    this.#at = start.getTime()
  }

  now(): Date {
    return new Date(this.#at + performance.now() - this.#since)
  }

  async wait(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    const ends = signal ? AbortSignal.any([signal, this.#awake.signal]) : this.#awake.signal
    await sleep(ms, undefined, { signal: ends }).catch((error: unknown) => {
      if (signal?.aborted) throw error
    })
  }

  /** Goes ahead to `time`; a time that has passed already changes nothing. */
  moveTo(time: Date): void {
    if (time <= this.now()) return
    this.#at = time.getTime()
    this.#since = performance.now()
  }

  /** Has everybody who waits look again now. */
  wake(): void {
    const before = this.#awake
    this.#awake = new AbortController()
    before.abort()
  }
}
