// Follows the log without a cursor in the database: every process that follows sees every event, from a position it names,
// and starts anew when it does. For what lives and dies with the process, such as its open connections.
import type { Logger } from 'pino'
import type { Database } from '../database.ts'
import { Bell } from './bell.ts'
import type { StoredEvent } from './reader.ts'
import { horizonOf, pageAfter } from './store.ts'
import type { Tail } from './tail.ts'

export interface FollowOptions {
  /** The last position already known; from now on when absent. */
  after?: number
  types?: string[]
  /**
   * Handles events in order, one batch at a time; up to `upTo` there were no others. What it throws is logged, and the batch
   * is not repeated.
   */
  handle(events: StoredEvent[], upTo: number): void | Promise<void>
}

export interface Following {
  /** Events up to here were given to `handle`. */
  position(): number
  stop(): Promise<void>
}

const BATCH = 200
const REST_MS = 1_000

export async function follow(
  options: FollowOptions,
  { database, tail, log }: { database: Database; tail: Tail; log: Logger },
): Promise<Following> {
  const bell = new Bell()
  const types = options.types && new Set(options.types)
  const unsubscribe = tail.subscribe(() => bell.ring())
  let position = options.after ?? (await horizonOf(database.db)).horizon
  const stopping = new AbortController()

  async function advance(): Promise<boolean> {
    const page = tail.take(position, BATCH, types) ?? (await pageAfter(database.db, position, BATCH, options.types))
    if (page.events.length > 0)
      try {
        await options.handle(page.events, page.upTo)
      } catch (error) {
        log.error({ err: error, after: position, upTo: page.upTo }, 'a follower of the event log failed')
      }
    position = page.upTo
    return page.events.length === BATCH
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const more = await advance().catch((error: unknown) => {
        if (!stopping.signal.aborted) log.warn({ err: error }, 'a follower of the event log cannot read it for now')
        return false
      })
      if (!more) await bell.wait(REST_MS)
    }
  }

  const running = run()
  return {
    position: () => position,
    async stop() {
      stopping.abort()
      unsubscribe()
      bell.ring()
      await running
    },
  }
}
