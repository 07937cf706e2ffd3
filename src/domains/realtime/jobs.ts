// What keeps live connections in order in the background.
import type { Platform, Worker } from '../../platform/platform.ts'
import { createLoop } from '../../platform/worker.ts'
import type { UserInbox } from './inbox/inbox.ts'
import { dropDeadNodes, openDays } from './records/store.ts'

const SECOND = 1_000
/** Days of records that are kept. */
export const KEPT_DAYS = 90
const DAYS_AHEAD = 3

export function createWorkers(
  { database, clock, log }: Platform,
  {
    inbox,
    sendDue,
  }: {
    inbox: Pick<UserInbox, 'tellOverdue'>
    /** Sends announcements whose time has come; true when there may be more. */
    sendDue: () => Promise<boolean>
  },
): Worker[] {
  return [
    createLoop({
      name: 'realtime.days',
      clock,
      log,
      every: 3_600 * SECOND,
      turn: () => openDays(database.db, clock.now(), DAYS_AHEAD, KEPT_DAYS),
    }),
    createLoop({
      name: 'realtime.nodes',
      clock,
      log,
      every: 5 * SECOND,
      async turn() {
        const closed = await database.transaction((tx) => dropDeadNodes(tx, clock.now()))
        if (closed > 0) log.warn({ connections: closed }, 'a gateway died; its connections are closed in the records')
      },
    }),
    createLoop({ name: 'realtime.announcements', clock, log, every: SECOND, turn: () => sendDue() }),
    createLoop({
      name: 'realtime.inbox',
      clock,
      log,
      every: 60 * SECOND,
      turn: async () => (await inbox.tellOverdue()) > 0,
    }),
  ]
}
