// Whether this process gets what is committed. A feed that stands still looks like a quiet day to everybody connected, so it is
// compared with the log itself, whenever readiness is asked for.
import { setTimeout as sleep } from 'node:timers/promises'
import type { HealthCheck } from '../http/readiness.ts'
import type { Feed } from './broker/broker.ts'

/** Milliseconds that a feed may be elsewhere than the log, whatever its broker goes through. */
const PATIENCE_MS = 10_000
/** In these it comes to where the log was when it was asked, unless it is late. */
const MOMENT_MS = 1_000
const LOOK_MS = 20

export interface FeedCheckOptions {
  feed: Pick<Feed, 'position'>
  /** Reads from the database up to where the log is settled. */
  horizon(): Promise<number>
  /** Monotonic milliseconds. */
  now?: () => number
  wait?: (milliseconds: number) => Promise<unknown>
}

export function feedCheck({
  feed,
  horizon,
  now = () => performance.now(),
  wait = sleep,
}: FeedCheckOptions): HealthCheck {
  let since: number | undefined

  async function arrives(at: number): Promise<boolean> {
    const asked = now()
    while (feed.position() < at && now() - asked < MOMENT_MS) await wait(LOOK_MS)
    return feed.position() >= at
  }

  return async () => {
    const before = feed.position()
    const at = await horizon()
    // A log never goes back, unless it is another one.
    if (before <= at && (await arrives(at))) return void (since = undefined)
    since ??= now()
    if (now() - since > PATIENCE_MS) throw new Error(`the event log is at ${at}, this process at ${feed.position()}`)
  }
}
