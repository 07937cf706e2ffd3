// The state machine of an attempt to pay. The provider's word is ranked: what arrives late never lowers a status, but money
// is always accepted, also after the attempt was given up. Pure.
import type { PaymentStatus } from '../contract.ts'
import type { ProviderTransaction } from '../gateway.ts'
import { receivedBy, refundedBy } from '../invoices/invoice.ts'

export interface Receipt {
  transactionId: string
  amount: number
}
export interface RefundState {
  key: string
  transactionId: string
  amount: number
  status: 'requested' | 'confirmed' | 'failed'
}
export interface Attempt {
  id: string
  status: PaymentStatus
  /** What the code asks for. */
  amount: number
  /** The provider's id of the charge; null until it answered. */
  transactionId: string | null
  receipts: readonly Receipt[]
  refunds: readonly RefundState[]
}

export const isLive = (status: PaymentStatus): boolean => status === 'created' || status === 'pending'
export const isEnded = (status: PaymentStatus): boolean => ['expired', 'denied', 'cancelled', 'failed'].includes(status)
/** The provider says that money arrived, even where it has gone back since. */
export const isMoney = (status: ProviderTransaction['status']): boolean =>
  ['settled', 'partially_refunded', 'refunded', 'charged_back'].includes(status)

/** The status after the provider said `reported` of the charge; receipts and refunds of `attempt` are already those after it. */
export function statusAfter(attempt: Attempt, reported: ProviderTransaction['status']): PaymentStatus {
  if (attempt.receipts.length > 0) return paidStatus(attempt)
  if (!isLive(attempt.status)) return attempt.status
  // Money was reported but not accepted: the amount was wrong.
  if (isMoney(reported)) return 'failed'
  return reported as Exclude<typeof reported, 'charged_back'>
}

function paidStatus(attempt: Attempt): PaymentStatus {
  const refunded = refundedBy(attempt)
  const kept = receivedBy(attempt) - refunded
  if (refunded === 0 || kept >= attempt.amount) return 'settled'
  return kept > 0 ? 'partially_refunded' : 'refunded'
}

/** What of one payment can still be given back; what was asked for already counts as given. */
export const refundable = (attempt: Attempt, transactionId: string): number =>
  (attempt.receipts.find((receipt) => receipt.transactionId === transactionId)?.amount ?? 0) -
  attempt.refunds
    .filter((refund) => refund.transactionId === transactionId && refund.status !== 'failed')
    .reduce((total, refund) => total + refund.amount, 0)

/**
 * The payment from which `amount` is given back: a payment that was too much first, so that the invoice stays paid; null
 * when none of them has that much left (the provider gives back each payment by itself).
 */
export function paymentToRefund(attempt: Attempt, amount: number): string | null {
  const enough = attempt.receipts.filter(({ transactionId }) => refundable(attempt, transactionId) >= amount)
  return (
    (enough.find(({ transactionId }) => transactionId !== attempt.transactionId) ?? enough[0])?.transactionId ?? null
  )
}
