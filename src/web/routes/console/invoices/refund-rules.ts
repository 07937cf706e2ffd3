// What can be given back, and how an amount is read. Pure.
import type { z } from 'zod'
import type { InvoiceDetail, Payment } from '../../../../domains/billing/contract.ts'

export type InvoiceRecord = z.output<typeof InvoiceDetail>
export type PaymentRecord = z.output<typeof Payment>

export const leftToRefund = ({ status, amount, refunded }: PaymentRecord): number =>
  status === 'settled' || status === 'partially_refunded' ? amount - refunded : 0

/** `Rp2.500.000`, `2,500,000` or `2500000` in whole rupiah; NaN for anything else. */
export function amountOf(text: string): number {
  const digits = text
    .replace(/^\s*rp\.?\s*/i, '')
    .replace(/,-$|[.,]00$/, '')
    .trim()
  if (/^\d{1,3}([.,]\d{3})+$/.test(digits)) return Number(digits.replaceAll(/[.,]/g, ''))
  return /^\d{1,13}$/.test(digits) ? Number(digits) : Number.NaN
}

/**
 * The Idempotency-Key of a refund: pressing the button twice asks once; another amount, or the same one after a refund has
 * been added to the invoice, is another refund.
 */
export const refundKey = (paymentId: string, refunds: string, amount: number): string =>
  `refund:${paymentId}:${refunds}:${amount}`
