// A transaction of the pretended provider, and how Midtrans' JSON tells it.
import type { Selectable } from 'kysely'
import { formatAmount, formatTime } from '../midtrans/format.ts'
import { signatureOf } from '../midtrans/notification.ts'
import type { RefundTable, TransactionTable } from './store.ts'

export type Transaction = Selectable<TransactionTable>
export type Refund = Selectable<RefundTable>
export type TransactionStatus = Transaction['status']
/** A JSON object in Midtrans' form. */
export type Wire = Record<string, unknown>

export const MERCHANT = { id: 'G000000000', name: 'JASAWEB SANDBOX', city: 'JAKARTA', postalCode: '10110' }
// A wallet can read the code but not pay it: no acquirer has this domain and PAN, and the national id does not exist.
export const ACCOUNT = { domain: 'COM.JASAWEB-SANDBOX.WWW', pan: '936000000000000000', merchantId: MERCHANT.id }
export const NATIONAL_ID = 'ID1000000000000'

const codes: Record<TransactionStatus, string> = {
  pending: '201',
  settlement: '200',
  deny: '202',
  expire: '202',
  cancel: '202',
  partial_refund: '200',
  refund: '200',
}

/** Whether money has come in, however much of it went back. */
export const isPaid = (status: TransactionStatus) => ['settlement', 'partial_refund', 'refund'].includes(status)

export const refundedOf = (refunds: Refund[]) => refunds.reduce((sum, refund) => sum + refund.amount, 0)

/** The answer to a status request: signed like a notification, with code 407 once expired. */
export function statusWire(transaction: Transaction, refunds: Refund[], serverKey: string): Wire {
  const code = transaction.status === 'expire' ? '407' : codes[transaction.status]
  return wire(transaction, refunds, { code, message: 'Success, transaction is found' }, serverKey)
}

/** The body of a notification about the state the transaction is in. */
export function notificationWire(transaction: Transaction, refunds: Refund[], serverKey: string): Wire {
  return wire(
    transaction,
    refunds,
    { code: codes[transaction.status], message: 'midtrans payment notification' },
    serverKey,
  )
}

function wire(
  transaction: Transaction,
  refunds: Refund[],
  said: { code: string; message: string },
  serverKey: string,
): Wire {
  const grossAmount = formatAmount(transaction.amount)
  const signed = { orderId: transaction.order_id, statusCode: said.code, grossAmount }
  return {
    status_code: said.code,
    status_message: said.message,
    ...bareWire(transaction),
    signature_key: signatureOf(signed, serverKey),
    ...(refunds.length > 0
      ? { refund_amount: formatAmount(refundedOf(refunds)), refunds: refunds.map(refundWire) }
      : {}),
  }
}

/** The fields that every answer about a transaction has, without code and signature. */
export function bareWire(transaction: Transaction): Wire {
  return {
    transaction_id: transaction.transaction_id,
    order_id: transaction.order_id,
    merchant_id: MERCHANT.id,
    gross_amount: formatAmount(transaction.amount),
    currency: 'IDR',
    payment_type: 'qris',
    transaction_time: formatTime(transaction.transaction_time),
    transaction_status: transaction.status,
    fraud_status: transaction.status === 'deny' ? 'deny' : 'accept',
    acquirer: transaction.acquirer,
    expiry_time: formatTime(transaction.expiry_time),
    ...(transaction.settlement_time
      ? {
          settlement_time: formatTime(transaction.settlement_time),
          transaction_type: 'on-us',
          issuer: transaction.acquirer,
        }
      : {}),
    ...transaction.echo,
  }
}

const refundWire = (refund: Refund, at: number): Wire => ({
  refund_chargeback_id: at + 1,
  refund_amount: formatAmount(refund.amount),
  created_at: formatTime(refund.created_at),
  reason: refund.reason,
  refund_key: refund.refund_key,
  ...(refund.bank_confirmed_at ? { bank_confirmed_at: formatTime(refund.bank_confirmed_at) } : {}),
})
