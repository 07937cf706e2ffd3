// What an invoice is worth and what state it is in: its status is never set by hand but follows from the attempts to pay it,
// the money received and the money given back. Pure.
import type { InvoiceStatus, PaymentStatus } from '../contract.ts'

export interface Line {
  description: string
  quantity: number
  /** Whole rupiah. */
  unitPrice: number
}

export const amountOf = (line: Line): number => line.quantity * line.unitPrice
export const totalOf = (lines: readonly Line[]): number => lines.reduce((total, line) => total + amountOf(line), 0)

const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII']
// Asia/Jakarta has been at UTC+7 without summer time since 1964.
const JAKARTA = 7 * 3_600_000

/** The year whose counter numbers an invoice of this moment, and what precedes the counter: `INV/2026/XI/`. */
export function numberingOf(issuedAt: Date): { year: number; prefix: string } {
  const local = new Date(issuedAt.getTime() + JAKARTA)
  const year = local.getUTCFullYear()
  return { year, prefix: `INV/${year}/${ROMAN[local.getUTCMonth()]}/` }
}

export interface PaymentFacts {
  status: PaymentStatus
  receipts: readonly { amount: number }[]
  refunds: readonly { amount: number; status: 'requested' | 'confirmed' | 'failed' }[]
}

const sum = (amounts: readonly { amount: number }[]) => amounts.reduce((total, { amount }) => total + amount, 0)
export const receivedBy = ({ receipts }: PaymentFacts): number => sum(receipts)
export const refundedBy = ({ refunds }: PaymentFacts): number =>
  sum(refunds.filter(({ status }) => status === 'confirmed'))

/** `attempts` in the order in which they were made. */
export function invoiceStatus(total: number, cancelled: boolean, attempts: readonly PaymentFacts[]): InvoiceStatus {
  if (cancelled) return 'cancelled'
  const received = attempts.reduce((all, attempt) => all + receivedBy(attempt), 0)
  if (received >= total) {
    const refunded = attempts.reduce((all, attempt) => all + refundedBy(attempt), 0)
    // Giving an overpayment back leaves the invoice paid.
    if (received - refunded >= total) return 'paid'
    return received - refunded > 0 ? 'partially_refunded' : 'refunded'
  }
  if (attempts.some(({ status }) => status === 'pending')) return 'pending'
  const last = attempts.findLast(({ status }) => status !== 'created')?.status
  if (last === 'expired') return 'expired'
  return last === 'denied' || last === 'failed' ? 'failed' : 'unpaid'
}

/** Whether a new attempt may be made. */
export const isPayable = (status: InvoiceStatus): boolean => ['unpaid', 'pending', 'failed', 'expired'].includes(status)
