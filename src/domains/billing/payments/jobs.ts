// The reconciliation: asks the provider about every attempt that is due, because a notification may never have come.
import { createLoop } from '../../../platform/worker.ts'
import type { Platform, Worker } from '../../../platform/platform.ts'
import type { Inquiry } from '../inquiry/inquiry.ts'
import type { Posting } from '../posting/posting.ts'
import { pauseAfterFailure } from './schedule.ts'
import * as store from './store.ts'
import type { AttemptRow } from './store.ts'

export const CHECKS_DUE = 'payment_checks_due'
const BATCH = 8
/** Longer than the provider's slowest answers to one inquiry. */
const LEASE = 5 * 60_000
const DAY = 86_400_000

interface Dependencies {
  platform: Platform
  inquiry: Inquiry
  posting: Posting
}

export function createReconciliation({
  platform,
  inquiry,
  posting,
}: Dependencies): Worker & { turn(): Promise<boolean> } {
  const { clock, database, log } = platform
  let deaf: (() => Promise<void>) | undefined

  async function check(id: string): Promise<void> {
    try {
      await inquiry.inquire(id)
    } catch (error) {
      const attempt = await inquiry.find(id)
      const pause = pauseAfterFailure(attempt.failed_checks + 1)
      await store.postpone(database.db, id, new Date(clock.now().getTime() + pause))
      log.warn({ err: error, orderId: attempt.order_id, pause }, 'an attempt to pay could not be reconciled')
      await flagUnknown(attempt)
    }
  }
  async function flagUnknown(attempt: AttemptRow): Promise<void> {
    if (attempt.status !== 'created' || clock.now().getTime() - attempt.created_at.getTime() < DAY) return
    const detail = `Order ${attempt.order_id}: for a day it could not be learned whether the provider has it.`
    await posting.flag(attempt, { kind: 'charge_unknown', reference: attempt.id, detail, amount: attempt.amount })
  }

  async function turn(): Promise<boolean> {
    const now = clock.now()
    const due = await store.claimDue(database.db, now, new Date(now.getTime() + LEASE), BATCH)
    await Promise.all(due.map(check))
    return due.length > 0
  }
  const loop = createLoop({ name: 'billing.reconciliation', clock, log, every: 5_000, turn })
  return {
    name: loop.name,
    turn,
    start() {
      loop.start()
      void database.listen(CHECKS_DUE, loop.wake).then(
        (stop) => (deaf = stop),
        (error) => log.warn({ err: error }, 'not listening'),
      )
    },
    async stop() {
      await deaf?.()
      await loop.stop()
    },
  }
}
