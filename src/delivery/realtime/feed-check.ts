// Whether this process gets what is committed. A feed that stands still looks like a quiet day to everybody connected, so it is
// compared with the log itself, whenever readiness is asked for.
import type { HealthCheck } from '../http/readiness.ts'
import type { Feed } from './broker/broker.ts'

/** Milliseconds in which a feed comes to where the log is, whatever its broker goes through. */
const PATIENCE_MS = 10_000

/** `horizon` reads from the database where the log is settled, `now` is monotonic milliseconds. */
export function feedCheck(
  feed: Pick<Feed, 'position'>,
  horizon: () => Promise<number>,
  now: () => number = () => performance.now(),
): HealthCheck {
  let due: { position: number; since: number } | undefined
  return async () => {
    if (due && feed.position() >= due.position) due = undefined
    if (!due) {
      const position = await horizon()
      if (feed.position() < position) due = { position, since: now() }
    } else if (now() - due.since > PATIENCE_MS)
      throw new Error(`the event log is at ${due.position} or further, this process still at ${feed.position()}`)
  }
}
