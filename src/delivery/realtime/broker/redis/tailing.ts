// Reads the end of the log for as long as it is wanted. It does not share the tail of the process, which never ends: a node
// that listens to a leader leaves the database alone.
import type { Logger } from 'pino'
import type { Database } from '../../../../platform/database.ts'
import { follow } from '../../../../platform/events/follower.ts'
import type { Following } from '../../../../platform/events/follower.ts'
import type { StoredEvent } from '../../../../platform/events/log.ts'
import { openTail } from '../../../../platform/events/tail.ts'

export interface Tailing {
  /** Everything up to here was handed on. */
  position(): number
  stop(): Promise<void>
}
export type OpenTail = (after: number, handle: (events: StoredEvent[], upTo: number) => void) => Tailing

export const tailOf =
  ({ database, log }: { database: Database; log: Logger }): OpenTail =>
  (after, handle) => {
    const tail = openTail({ database, log })
    let following: Following | undefined
    const started = follow({ after, handle }, { database, tail, log }).then((begun) => (following = begun))
    return {
      position: () => following?.position() ?? after,
      async stop() {
        await started.then((begun) => begun.stop())
        await tail.stop()
      },
    }
  }
