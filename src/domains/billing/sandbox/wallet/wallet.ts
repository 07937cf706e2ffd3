// What the pretended phone does with a code: the nine scenarios, each a few lines over the provider's books.
import type { z } from 'zod'
import type { Reader, Tx } from '../../../../platform/database.ts'
import { newId } from '../../../../platform/ids.ts'
import { formatAmount } from '../../midtrans/format.ts'
import { signatureOf } from '../../midtrans/notification.ts'
import { MalformedQris, parseQris } from '../../qris.ts'
import type { Qris } from '../../qris.ts'
import type { Books } from '../books/books.ts'
import { BillNotPayable, UnknownQr, UnreadableQr } from '../contract.ts'
import type { Bill, Scenario } from '../contract.ts'
import * as store from '../store.ts'
import { isPaid, notificationWire } from '../transaction.ts'
import type { Transaction } from '../transaction.ts'

/** Between the expiry of a code and the money of a payment that was made too late. */
export const LATE_MS = 2_000
/** How much later the older of two notifications arrives when they overtake each other. */
export const OVERTAKEN_MS = 500

export interface Wallet {
  /** Throws `unreadable_qr`, `unknown_qr`. */
  bill(reader: Reader, qrString: string): Promise<z.input<typeof Bill>>
  /** Throws the same and `bill_not_payable`. */
  play(tx: Tx, qrString: string, scenario: z.output<typeof Scenario>): Promise<z.input<typeof Bill>>
}

export function createWallet(books: Books): Wallet {
  const { clock, serverKey } = books

  const acts: Record<z.output<typeof Scenario>, (tx: Tx, bill: Transaction) => Promise<unknown>> = {
    pay: (tx, bill) => books.settle(tx, waiting(bill)),
    deny: (tx, bill) => books.change(tx, waiting(bill), 'deny'),
    expire: (tx, bill) => expireNow(tx, bill),
    pay_late: async (tx, bill) => {
      const over = bill.status === 'pending' ? await expireNow(tx, bill) : bill
      if (over.status !== 'expire' && over.status !== 'cancel') throw notPayable(over)
      await store.updateTransaction(tx, over.transaction_id, { settles_at: later(LATE_MS) })
      books.wake(tx)
    },
    pay_twice: async (tx, bill) => {
      if (!isPaid(bill.status)) await books.settle(tx, waiting(bill))
      await payAgain(tx, bill)
    },
    bad_signature: (tx, bill) => forge(tx, bill, { key: `not ${serverKey}`, amount: bill.amount }),
    wrong_amount: (tx, bill) => forge(tx, bill, { key: serverKey, amount: otherAmount(bill.amount) }),
    duplicate: async (tx, bill) => {
      const settled = await books.settle(tx, waiting(bill))
      await books.notify(tx, settled)
      await books.notify(tx, settled)
    },
    reorder: async (tx, bill) => {
      const body = notificationWire(waiting(bill), [], serverKey)
      const settled = await books.settle(tx, bill)
      await books.notify(tx, settled, { body, delay: OVERTAKEN_MS })
    },
  }

  const later = (ms: number) => new Date(clock.now().getTime() + ms)

  async function expireNow(tx: Tx, bill: Transaction) {
    const ended = await store.updateTransaction(tx, waiting(bill).transaction_id, { expiry_time: clock.now() })
    return books.change(tx, ended, 'expire')
  }

  /** A second real payment with the same code is a transaction of its own under the same order. */
  async function payAgain(tx: Tx, bill: Transaction): Promise<void> {
    const now = clock.now()
    const ordinal = (await store.paymentsOf(tx, bill.order_id)).length + 1
    const payment: Transaction = {
      ...bill,
      transaction_id: newId(clock),
      ordinal,
      status: 'settlement',
      transaction_time: now,
      settlement_time: now,
      settles_at: null,
    }
    await store.addTransaction(tx, payment)
    await books.notify(tx, payment)
  }

  /** Somebody claims that the bill was paid; the provider's books know nothing of it. */
  async function forge(tx: Tx, bill: Transaction, { key, amount }: { key: string; amount: number }): Promise<void> {
    const claimed = { ...bill, amount, status: 'settlement' as const, settlement_time: clock.now() }
    const grossAmount = formatAmount(amount)
    const signature_key = signatureOf({ orderId: bill.order_id, statusCode: '200', grossAmount }, key)
    await books.notify(tx, bill, { body: { ...notificationWire(claimed, [], key), signature_key }, repeats: false })
  }

  async function billOf(reader: Reader, transaction: Transaction, qris: Qris): Promise<z.input<typeof Bill>> {
    const payments = await store.paymentsOf(reader, transaction.order_id)
    const over = transaction.status === 'pending' && transaction.expiry_time <= clock.now()
    return {
      orderId: transaction.order_id,
      transactionId: transaction.transaction_id,
      transactionStatus: over ? 'expire' : transaction.status,
      amount: transaction.amount,
      merchantName: qris.merchantName,
      merchantCity: qris.merchantCity,
      reference: qris.referenceLabel,
      expiresAt: transaction.expiry_time,
      settledAt: transaction.settlement_time,
      settlesAt: transaction.settles_at,
      payments: payments.filter(({ status }) => isPaid(status)).length,
    }
  }

  return {
    async bill(reader, qrString) {
      const qris = scan(qrString)
      return billOf(reader, ours(qrString, await store.transactionById(reader, qris.transactionId ?? '')), qris)
    },
    async play(tx, qrString, scenario) {
      const qris = scan(qrString)
      const found = ours(qrString, await store.lockTransaction(tx, qris.transactionId ?? ''))
      await acts[scenario](tx, await books.uptodate(tx, found))
      const after = await store.transactionById(tx, found.transaction_id)
      return billOf(tx, after ?? found, qris)
    },
  }
}

function scan(qrString: string): Qris {
  try {
    return parseQris(qrString)
  } catch (error) {
    if (!(error instanceof MalformedQris)) throw error
    throw UnreadableQr.because(`The code cannot be read: ${error.message}.`, {
      errors: [{ pointer: '/qrString', detail: error.message }],
    })
  }
}

/** Another code with our transaction's id in it is a forgery. */
function ours(qrString: string, transaction: Transaction | undefined): Transaction {
  if (!transaction || transaction.qr_string !== qrString) throw UnknownQr.because()
  return transaction
}

function waiting(bill: Transaction): Transaction {
  if (bill.status !== 'pending') throw notPayable(bill)
  return bill
}

const notPayable = ({ status }: Transaction) =>
  BillNotPayable.because(isPaid(status) ? 'This bill has already been paid.' : 'This code is no longer valid.')

const otherAmount = (amount: number) => (amount > 1_000 ? amount - 1_000 : amount + 1_000)
