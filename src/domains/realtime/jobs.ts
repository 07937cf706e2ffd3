// What keeps live connections in order in the background.
import type { Platform, Worker } from '../../platform/platform.ts'
import { createLoop } from '../../platform/worker.ts'
import type { Announcements } from './announcements/announcements.ts'
import type { UserInbox } from './inbox/inbox.ts'
import { dayOf, daysBefore } from './records/day.ts'
import type { Records } from './records/records.ts'
import * as days from './records/store.ts'

const SECOND = 1_000
/** Days of records that are kept. */
const KEPT_DAYS = 90
const DAYS_AHEAD = 3

/** Makes the tables of today and the days to come ready, and drops those that are too old. Any process may, at any time. */
export async function keepDays({ database, clock }: Pick<Platform, 'database' | 'clock'>): Promise<string[]> {
  const now = clock.now()
  await days.openDays(database.db, dayOf(now), 1 + DAYS_AHEAD)
  const oldest = daysBefore(now, KEPT_DAYS)
  await days.dropTotals(database.db, oldest)
  const dropped: string[] = []
  for (;;) {
    const name = await database.transaction((tx) => days.dropDay(tx, oldest))
    if (name === null) return dropped
    dropped.push(name)
  }
}

export function createWorkers(
  platform: Platform,
  parts: {
    records: Pick<Records, 'closeLost'>
    inbox: Pick<UserInbox, 'tellOverdue'>
    announcements: Pick<Announcements, 'sendDue'>
  },
): Worker[] {
  const { clock, log } = platform
  const { records, inbox, announcements } = parts
  return [
    createLoop({
      name: 'realtime.days',
      clock,
      log,
      every: 3_600 * SECOND,
      async turn() {
        const dropped = await keepDays(platform)
        if (dropped.length > 0) log.info({ dropped }, 'old records of live connections were dropped')
      },
    }),
    createLoop({
      name: 'realtime.nodes',
      clock,
      log,
      every: 3 * SECOND,
      async turn() {
        const closed = await records.closeLost()
        if (closed > 0)
          log.warn({ connections: closed }, 'a gateway fell silent; its connections are closed in the records')
      },
    }),
    createLoop({ name: 'realtime.announcements', clock, log, every: SECOND, turn: announcements.sendDue }),
    createLoop({ name: 'realtime.inbox', clock, log, every: 60 * SECOND, turn: inbox.tellOverdue }),
  ]
}
