// Midtrans' Core API for QRIS as the merchant sees it: charge, status, cancel, expire, refund. The rules are those of the
// documentation, so that the production adapter is exercised by the real exchange of messages.
import { newId } from '../../../../platform/ids.ts'
import { formatAmount } from '../../midtrans/format.ts'
import { buildQris } from '../../qris.ts'
import * as answers from './answer.ts'
import type { Answer } from './answer.ts'
import type { Books } from '../books/books.ts'
import { echoOf, readChargeOrder, readRefundOrder } from './charge.ts'
import type { ChargeOrder, RefundOrder } from './charge.ts'
import * as store from '../store.ts'
import type { Tx } from '../../../../platform/database.ts'
import { ACCOUNT, MERCHANT, NATIONAL_ID, bareWire, refundedOf, statusWire } from '../transaction.ts'
import type { Refund, Transaction } from '../transaction.ts'

const DEFAULT_EXPIRY_MS = 15 * 60_000
const IDEMPOTENCY_MS = 5 * 60_000
/** Between the provider's word and the bank's. */
export const REFUND_CONFIRMATION_MS = 1_000

export interface Emulator {
  /** `notificationUrl`: where this transaction's notifications go instead of the configured address. */
  charge(body: unknown, notificationUrl: string | null): (tx: Tx) => Promise<Answer>
  status(id: string): (tx: Tx) => Promise<Answer>
  cancel(id: string): (tx: Tx) => Promise<Answer>
  expire(id: string): (tx: Tx) => Promise<Answer>
  refund(id: string, body: unknown): (tx: Tx) => Promise<Answer>
  /** Runs one of the above; a repeated idempotency key gets the first success again, for five minutes. */
  run(call: (tx: Tx) => Promise<Answer>, idempotencyKey?: string): Promise<Answer>
}

/** `baseUrl` is where browsers reach the emulator, for the address of the QR image. */
export function createEmulator(books: Books, baseUrl: string): Emulator {
  const { clock, database, serverKey } = books

  async function charge(tx: Tx, order: ChargeOrder, notificationUrl: string | null): Promise<Answer> {
    if (order.payment_type !== 'qris') return answers.channelInactive()
    const now = clock.now()
    const { start = now, milliseconds = DEFAULT_EXPIRY_MS } = order.custom_expiry ?? {}
    const expiry = new Date(start.getTime() + milliseconds)
    if (expiry <= now) return answers.invalid('custom_expiry expiry time must be in the future')
    const { order_id, gross_amount: amount } = order.transaction_details
    const transaction_id = newId(clock)
    const transaction: Transaction = {
      transaction_id,
      order_id,
      ordinal: 1,
      amount,
      status: 'pending',
      transaction_time: now,
      expiry_time: expiry,
      settlement_time: null,
      settles_at: null,
      qr_string: qrOf(order_id, transaction_id, amount),
      acquirer: order.qris?.acquirer ?? 'gopay',
      echo: echoOf(order),
      notification_url: notificationUrl,
    }
    if (!(await store.addTransaction(tx, transaction))) return answers.duplicateOrder()
    await books.notify(tx, transaction)
    return answers.ok({
      status_code: '201',
      status_message: 'QRIS transaction is created',
      ...bareWire(transaction),
      actions: ['v2', 'v4'].map((version) => ({
        name: version === 'v2' ? 'generate-qr-code' : 'generate-qr-code-v2',
        method: 'GET',
        url: `${baseUrl}/${version}/qris/${transaction_id}/qr-code`,
      })),
      qr_string: transaction.qr_string,
    })
  }

  const known =
    (id: string, work: (tx: Tx, transaction: Transaction, refunds: Refund[]) => Promise<Answer>) => async (tx: Tx) => {
      const found = await store.lockTransaction(tx, id)
      if (!found) return answers.unknownTransaction()
      return work(tx, await books.uptodate(tx, found), await store.refundsOf(tx, found.transaction_id))
    }

  const end = (id: string, status: 'cancel' | 'expire') =>
    known(id, async (tx, transaction) => {
      if (transaction.status !== 'pending')
        return transaction.status === 'expire' ? answers.expired() : answers.unchangeable()
      const ended = await books.change(tx, transaction, status)
      return status === 'cancel'
        ? answers.ok({ status_code: '200', status_message: 'Success, transaction is canceled', ...bareWire(ended) })
        : answers.ok({ status_code: '407', status_message: 'Success, transaction has expired', ...bareWire(ended) })
    })

  async function refund(tx: Tx, transaction: Transaction, refunds: Refund[], order: RefundOrder): Promise<Answer> {
    const left = transaction.amount - refundedOf(refunds)
    const before = refunds.find(({ refund_key }) => refund_key === order.refund_key)
    const amount = order.amount ?? before?.amount ?? left
    if (before) return before.amount === amount ? refundAnswer(transaction, before) : answers.duplicateRefund()
    if (transaction.status !== 'settlement' && transaction.status !== 'partial_refund') return answers.unchangeable()
    if (amount > left) return answers.refundTooLarge()
    const now = clock.now()
    const made = {
      transaction_id: transaction.transaction_id,
      refund_key: order.refund_key,
      amount,
      reason: order.reason,
      created_at: now,
      confirms_at: new Date(now.getTime() + REFUND_CONFIRMATION_MS),
      bank_confirmed_at: null,
    }
    await store.addRefund(tx, made)
    return refundAnswer(await books.change(tx, transaction, amount === left ? 'refund' : 'partial_refund'), made)
  }

  const refundAnswer = (transaction: Transaction, { amount, refund_key }: Refund) =>
    answers.ok({
      status_code: '200',
      status_message: 'Success, refund request is approved',
      ...bareWire(transaction),
      refund_chargeback_uuid: newId(clock),
      refund_amount: formatAmount(amount),
      refund_key,
    })

  return {
    charge: (body, notificationUrl) => async (tx) => {
      const read = readChargeOrder(body)
      return 'faults' in read ? answers.invalid(...read.faults) : charge(tx, read.value, notificationUrl)
    },
    status: (id) =>
      known(id, async (_tx, transaction, refunds) => answers.ok(statusWire(transaction, refunds, serverKey))),
    cancel: (id) => end(id, 'cancel'),
    expire: (id) => end(id, 'expire'),
    refund: (id, body) =>
      known(id, async (tx, transaction, refunds) => {
        const read = readRefundOrder(body)
        return 'faults' in read ? answers.invalid(...read.faults) : refund(tx, transaction, refunds, read.value)
      }),
    run: (call, idempotencyKey) =>
      database.transaction(async (tx) => {
        if (idempotencyKey === undefined) return call(tx)
        const now = clock.now()
        const before = new Date(now.getTime() - IDEMPOTENCY_MS)
        const kept = async () => (await store.keptAnswer(tx, idempotencyKey, before)) as Answer | undefined
        const early = await kept()
        if (early) return early
        if (!(await store.holdKey(tx, idempotencyKey))) return answers.stillWorking()
        // Whoever held the key may have finished between the two statements.
        const late = await kept()
        if (late) return late
        const answer = await call(tx)
        if (answers.succeeded(answer)) await store.keepAnswer(tx, idempotencyKey, answer, { now, before })
        return answer
      }),
  }
}

/** A code that every wallet can read and none can pay. */
const qrOf = (orderId: string, transactionId: string, amount: number) =>
  buildQris({
    amount,
    merchantName: MERCHANT.name,
    merchantCity: MERCHANT.city,
    postalCode: MERCHANT.postalCode,
    categoryCode: '7372',
    nationalId: NATIONAL_ID,
    account: ACCOUNT,
    reference: orderId,
    transactionId,
  })
