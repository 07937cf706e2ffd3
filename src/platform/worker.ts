// A loop in the background: works, waits, and is woken early when there is something to do. What fails is logged and tried
// again at the next turn; `stop` lets the running turn finish.
import type { Clock } from './clock.ts'
import type { Logger } from 'pino'
import type { Worker } from './platform.ts'

export interface LoopOptions {
  name: string
  clock: Clock
  log: Logger
  /** Milliseconds between turns when nobody wakes it. */
  every: number
  /** One turn; true when there may be more to do at once. */
  turn(signal: AbortSignal): Promise<boolean | void>
}

/** `wake` makes the next turn happen at once. */
export function createLoop({ name, clock, log, every, turn }: LoopOptions): Worker & { wake(): void } {
  const stopping = new AbortController()
  let awake = new AbortController()
  let running: Promise<void> | undefined
  let woken = false

  async function run() {
    while (!stopping.signal.aborted) {
      woken = false
      let more = false
      try {
        more = (await turn(stopping.signal)) === true
      } catch (error) {
        if (!stopping.signal.aborted) log.error({ err: error, worker: name }, 'a turn of a worker failed')
      }
      if (more || woken) continue
      awake = new AbortController()
      await clock.wait(every, AbortSignal.any([stopping.signal, awake.signal])).catch(() => {})
    }
  }
  return {
    name,
    start: () => void (running ??= run()),
    wake() {
      woken = true
      awake.abort()
    },
    async stop() {
      stopping.abort()
      await running
    },
  }
}
