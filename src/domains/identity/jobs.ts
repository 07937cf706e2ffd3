// Throws out sessions, links and counters that have expired.
import type { Platform, Worker } from '../../platform/platform.ts'
import { createLoop } from '../../platform/worker.ts'
import { SESSION_IDLE } from './session.ts'
import { dropStale } from './store.ts'

const HOUR = 3_600_000

export function createHousekeeping({ platform: { database, clock, log } }: { platform: Platform }): Worker {
  return createLoop({
    name: 'identity.housekeeping',
    clock,
    log,
    every: HOUR,
    turn: async () => {
      const now = clock.now()
      await dropStale(database.db, now, new Date(now.getTime() - SESSION_IDLE))
    },
  })
}
