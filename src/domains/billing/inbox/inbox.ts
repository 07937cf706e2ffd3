// The inbox of payment notifications. A notification proves only that the provider spoke; what happened is asked of the
// provider. So taking one in is a single statement, and working on it can be repeated at will.
import { Problem, Unavailable } from '../../../platform/contract/problem.ts'
import { newId } from '../../../platform/ids.ts'
import type { Platform } from '../../../platform/platform.ts'
import { UnknownOrder } from '../contract.ts'
import type { PaymentGateway } from '../gateway.ts'
import type { Inquiry } from '../inquiry/inquiry.ts'
import type { Posting } from '../posting/posting.ts'
import { mismatch } from '../payments/report.ts'
import { checkBy } from '../payments/store.ts'
import * as store from './store.ts'

export const NOTIFICATIONS_DUE = 'payment_notifications_due'
/** Longer than the provider's slowest answer: only a process that died leaves a lease to run out. */
const LEASE = 60_000
const LAST_TRY = 20
const SECOND = 1000

interface Dependencies {
  platform: Platform
  gateway: PaymentGateway
  inquiry: Inquiry
  posting: Posting
}
export type Inbox = ReturnType<typeof createInbox>

export function createInbox({ platform, gateway, inquiry, posting }: Dependencies) {
  const { clock, database, log } = platform
  const inMs = (ms: number) => new Date(clock.now().getTime() + ms)

  async function digest(notification: store.NotificationRow): Promise<void> {
    const attempt = await inquiry.inquireOf(notification.attempt_id, notification.transaction_id)
    if (notification.claimed_amount !== attempt.amount) {
      await posting.flag(
        attempt,
        mismatch(`notification of ${notification.transaction_id}`, attempt.amount, notification.claimed_amount),
      )
    }
    // The provider's left hand may be ahead of its right: it announced more than it admitted when asked.
    if (attempt.status === 'pending' && notification.claimed_status !== 'pending')
      await checkBy(database.db, attempt.id, inMs(30 * SECOND))
    await store.markProcessed(database.db, notification.id, clock.now())
  }

  async function setAside({ id, attempt_id, tries }: store.NotificationRow, error: unknown): Promise<void> {
    const parked = tries >= LAST_TRY
    const pause = Math.min(3600 * SECOND, 2 * SECOND * 2 ** Math.min(tries - 1, 15))
    const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    await store.markFailed(database.db, id, { error: said.slice(0, 1000), dueAt: inMs(pause), parked })
    log[parked ? 'error' : 'warn'](
      { err: error, notification: id, tries },
      'a payment notification could not be processed',
    )
    if (!parked) return
    const attempt = await inquiry.find(attempt_id)
    const detail = `A notification about order ${attempt.order_id} could not be processed in ${tries} tries.`
    await posting.flag(attempt, {
      kind: 'charge_unknown',
      reference: `notification:${id}`,
      detail,
      amount: attempt.amount,
    })
  }

  return {
    /** Verifies and stores; `bad_signature`, `unknown_order`, or 503 when the fault is ours, so that the provider tries again. */
    async receive(body: unknown): Promise<{ received: true }> {
      const { orderId, transactionId, amount: claimed, key } = gateway.verify(body)
      // A claim of half a rupiah must differ from every amount of ours.
      const amount = Math.ceil(claimed)
      try {
        const outcome = await store.receive(database.db, {
          id: newId(clock),
          key,
          orderId,
          transactionId,
          amount,
          body,
          receivedAt: clock.now(),
        })
        if (outcome === 'unknown') throw UnknownOrder.because()
        if (outcome === 'stored') database.notify(NOTIFICATIONS_DUE)
        return { received: true }
      } catch (error) {
        if (error instanceof Problem) throw error
        log.error({ err: error, orderId }, 'a payment notification could not be stored')
        throw Unavailable.because('The notification could not be stored; send it again.', { retryAfter: 60 })
      }
    },

    /** Works on the notification that waits longest; false when none is due. `claimed` is told before the work begins. */
    async processNext(claimed: () => void = () => {}): Promise<boolean> {
      const notification = await store.claim(database.db, clock.now(), inMs(LEASE))
      if (!notification) return false
      claimed()
      try {
        await digest(notification)
      } catch (error) {
        await setAside(notification, error)
      }
      return true
    },
  }
}
