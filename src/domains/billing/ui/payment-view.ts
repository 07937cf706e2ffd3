// What the payment page shows: decided from the invoice and the time alone, so that server, browser and the passing of time
// always agree.
import type { z } from 'zod'
import type { Invoice, InvoiceDetail, InvoiceStatus, Payment } from '../contract.ts'

export type PaymentRecord = z.output<typeof Payment>
type InvoiceState = Pick<z.output<typeof InvoiceDetail>, 'status' | 'payments'>

export type PaymentView =
  /** Nobody has asked for a code yet, or the last one was given up. */
  | { kind: 'start' }
  /** The provider was asked and has not answered. */
  | { kind: 'preparing'; payment: PaymentRecord }
  | { kind: 'waiting'; payment: PaymentRecord; qrString: string; expiresAt: string }
  | { kind: 'expired' | 'denied' | 'failed'; payment: PaymentRecord }
  | { kind: 'paid' | 'refunded' | 'cancelled' }

/** Whether an invoice may be paid now. */
export const canBePaid = (status: InvoiceStatus): boolean => ['unpaid', 'pending', 'failed', 'expired'].includes(status)

/** `now` in milliseconds since the epoch. */
export function paymentView({ status, payments }: InvoiceState, now: number): PaymentView {
  if (status === 'paid' || status === 'cancelled') return { kind: status }
  if (!canBePaid(status)) return { kind: 'refunded' }
  const payment = payments.findLast((each) => each.status === 'pending' || each.status === 'created') ?? payments.at(-1)
  if (!payment) return { kind: 'start' }
  if (payment.status === 'pending' && payment.expiresAt !== null) {
    if (new Date(payment.expiresAt).getTime() <= now) return { kind: 'expired', payment }
    const { qrString, expiresAt } = payment
    return qrString === null ? { kind: 'preparing', payment } : { kind: 'waiting', payment, qrString, expiresAt }
  }
  if (payment.status === 'created' || payment.status === 'pending') return { kind: 'preparing', payment }
  if (payment.status === 'expired' || payment.status === 'denied' || payment.status === 'failed')
    return { kind: payment.status, payment }
  return { kind: 'start' }
}

/**
 * The Idempotency-Key for the next code of an invoice: the same however often the page is loaded or the button pressed, another
 * one as soon as an attempt has been added or has ended.
 */
export function nextCodeKey({ id, payments }: { id: string; payments: readonly PaymentRecord[] }): string {
  const last = payments.at(-1)
  return `pay:${id}:${payments.length}:${last?.status ?? 'none'}`
}

/** What is really owed: nothing on an invoice that cannot be paid any more. */
export const owed = ({ status, balance }: Pick<z.output<typeof Invoice>, 'status' | 'balance'>): number =>
  canBePaid(status) ? Math.max(0, balance) : 0
