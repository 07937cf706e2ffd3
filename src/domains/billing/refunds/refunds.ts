// Giving money back: remembered first, then asked of the provider under a key that makes it repeatable, booked when the
// provider confirms.
import { userOf } from '../../../platform/contract/call.ts'
import type { Call } from '../../../platform/contract/call.ts'
import { NotFound } from '../../../platform/contract/problem.ts'
import type { Tx } from '../../../platform/database.ts'
import { newId } from '../../../platform/ids.ts'
import type { Platform } from '../../../platform/platform.ts'
import { RefundRefused } from '../contract.ts'
import { refundFor } from '../invoices/listing.ts'
import { lockInvoice } from '../invoices/store.ts'
import { paymentToRefund, refundable } from '../payments/attempt.ts'
import type { Inquiry } from '../inquiry/inquiry.ts'
import * as payments from '../payments/store.ts'
import type { AttemptRow } from '../payments/store.ts'
import * as store from './store.ts'
import type { RefundRow } from './store.ts'

/** When an unconfirmed refund is asked about for the first time. */
const FIRST_LOOK = 2 * 60_000

export function createRefunds({ platform, inquiry }: { platform: Platform; inquiry: Inquiry }) {
  const { clock, database } = platform

  async function remember(
    tx: Tx,
    call: Call,
    attempt: AttemptRow,
    asked: { amount: number; reason: string },
  ): Promise<RefundRow> {
    if (!(await lockInvoice(tx, call.scope, attempt.invoice_id))) throw NotFound.because()
    const requestKey = call.idempotencyKey === null ? null : `${userOf(call).id}:${call.idempotencyKey}`
    const before = requestKey === null ? undefined : await store.refundByRequest(tx, requestKey)
    if (before) return before
    const account = (await payments.accountOf(tx, attempt.invoice_id)).find(({ id }) => id === attempt.id)
    const transactionId = account ? paymentToRefund(account, asked.amount) : null
    if (!account || transactionId === null) {
      const most = Math.max(
        0,
        ...(account?.receipts.map((receipt) => refundable(account, receipt.transactionId)) ?? []),
      )
      throw RefundRefused.because(`At most Rp${most} of this payment can be given back at once.`)
    }
    const id = newId(clock)
    const now = clock.now()
    const refund: RefundRow = {
      id,
      attempt_id: attempt.id,
      key: id,
      transaction_id: transactionId,
      ...asked,
      status: 'requested',
      created_at: now,
      confirmed_at: null,
    }
    await store.addRefund(tx, { ...refund, request_key: requestKey })
    await payments.checkBy(tx, attempt.id, new Date(now.getTime() + FIRST_LOOK))
    return refund
  }

  return {
    async request(call: Call, { id, amount, reason }: { id: string; amount: number; reason: string }) {
      const attempt = await payments.attempt(database.db, call.scope, id)
      if (!attempt) throw NotFound.because()
      const refund = await database.transaction((tx) => remember(tx, call, attempt, { amount, reason }))
      if (refund.status === 'failed')
        throw RefundRefused.because('The provider refused this refund; ask again with a new Idempotency-Key.')
      if (refund.status === 'requested') await inquiry.requestRefund(attempt, refund)
      return call.transaction(async (tx) => {
        const row = await store.refundByKey(tx, attempt.id, refund.key)
        return refundFor(row ?? refund)
      })
    },
  }
}
