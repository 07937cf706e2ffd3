// Time is asked from a clock that is handed in, so that tests decide what time it is and waiting costs them nothing.
import { setTimeout as sleep } from 'node:timers/promises'

export interface Clock {
  now(): Date
  /** Resolves after `ms` milliseconds; rejects with an AbortError when `signal` is aborted first. */
  wait(ms: number, signal?: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  now: () => new Date(),
  wait: (ms, signal) => sleep(ms, undefined, signal ? { signal } : {}),
}

interface Sleeper {
  due: number
  wake: () => void
}

/** A clock that stands still until it is told to go on. */
export class ManualClock implements Clock {
  #now: number
  #sleepers: Sleeper[] = []

  constructor(start: Date | string | number = '2026-01-01T00:00:00.000Z') {
    this.#now = new Date(start).getTime()
  }

  now(): Date {
    return new Date(this.#now)
  }

  /** How many waits are pending: lets a test see that the code under test has gone to sleep. */
  get waiting(): number {
    return this.#sleepers.length
  }

  wait(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(aborted(signal))
      const stop = () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper)
        if (signal) reject(aborted(signal))
      }
      const wake = () => {
        signal?.removeEventListener('abort', stop)
        resolve()
      }
      const sleeper = { due: this.#now + Math.max(0, ms), wake }
      signal?.addEventListener('abort', stop, { once: true })
      this.#sleepers.push(sleeper)
    })
  }

  /**
   * Moves time on by `ms`, waking sleepers in the order in which they are due and letting each run before time moves
   * further, so that a loop which sleeps again inside the span is woken again inside it.
   */
  async advance(ms: number): Promise<void> {
    const target = this.#now + ms
    await settled()
    for (;;) {
      const next = this.#sleepers.filter(({ due }) => due <= target).toSorted((a, b) => a.due - b.due)[0]
      if (!next) break
      this.#sleepers = this.#sleepers.filter((other) => other !== next)
      this.#now = Math.max(this.#now, next.due)
      next.wake()
      await settled()
    }
    this.#now = target
  }

  /** Puts the clock to any time, also backwards, without waking anybody: a clock jump. */
  set(time: Date | string | number): void {
    this.#now = new Date(time).getTime()
  }
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

const aborted = (signal: AbortSignal) =>
  Object.assign(new Error('The wait was aborted', { cause: signal.reason }), { name: 'AbortError', code: 'ABORT_ERR' })
