// Time and chance, handed in so that tests decide both.

export interface Timing {
  /** Epoch milliseconds. */
  now(): number
  /** Runs it later; returns how to call it off. */
  after(milliseconds: number, run: () => void): () => void
  /** Uniform in [0, 1). */
  random(): number
}

export const realTiming: Timing = {
  now: () => Date.now(),
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds)
    return () => clearTimeout(timer)
  },
  random: () => Math.random(),
}

export const pause = ({ after }: Timing, milliseconds: number): Promise<void> =>
  new Promise((resolve) => void after(milliseconds, resolve))

/** A place for one timer: setting it anew calls off what was set before. */
export function createAlarm({ after }: Timing) {
  let cancel = () => {}
  return {
    set(milliseconds: number, run: () => void) {
      cancel()
      cancel = after(milliseconds, run)
    },
    clear: () => cancel(),
  }
}

/** The promise, or a rejection when it takes longer. */
export function within<T>({ after }: Timing, milliseconds: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = after(milliseconds, () => reject(new Error('it took too long')))
    promise.then(resolve, reject).finally(cancel)
  })
}
