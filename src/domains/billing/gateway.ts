// A payment provider behind an interface, in our words: the rest of billing never sees the provider's.

/**
 * A transaction as the provider tells it: at most one real payment. Amounts in whole rupiah, times as `Date`.
 * A code that was paid twice has two of them under one order id: the first is the charge's own, the second has another
 * `transactionId`. So a booking is keyed by `transactionId`, never by `orderId`; one that is settled and is not the
 * attempt's own is an overpayment.
 */
export interface ProviderTransaction {
  orderId: string
  transactionId: string
  /** Ranked by `rankOf` in midtrans/transaction.ts: a lower rank never replaces a higher one (`advances`). */
  status:
    | 'pending'
    | 'settled'
    | 'expired'
    | 'denied'
    | 'cancelled'
    | 'failed'
    | 'partially_refunded'
    | 'refunded'
    | 'charged_back'
  amount: number
  refundedAmount: number
  refunds: { key: string; amount: number; confirmedAt: Date | null }[]
  transactionTime: Date | null
  settledAt: Date | null
  expiresAt: Date | null
}
export interface Charge extends ProviderTransaction {
  qrString: string | null
  qrImageUrl: string | null
}
export interface ChargeRequest {
  /** Unique for ever; also the base of the idempotency key (≤ 36 characters). */
  orderId: string
  amount: number
  lines: { id: string; name: string; price: number; quantity: number }[]
  customer: { name: string; email: string; phone: string | null }
  /** Minutes the code is valid; the provider's minimum is 15. */
  expiresInMinutes: number
  orderedAt: Date
}
/**
 * A notification whose signature was right: proof of nothing but that the provider spoke about this order, with this
 * amount. What is true is asked with `status(orderId, transactionId)`.
 */
export interface VerifiedNotification {
  orderId: string
  /** Not covered by the signature: only good for asking `status` about it. */
  transactionId: string
  /** The amount it claims (signed). When it is not the attempt's amount: flag `amount_mismatch`, whatever `status` says. */
  amount: number
  /** The same for a repeated notification, different for another. */
  key: string
}
export interface PaymentGateway {
  readonly limits: { min: number; max: number }
  /** Repeatable with the same order id. Throws `provider_unavailable` (unknown whether charged) or `provider_refused`. */
  charge(request: ChargeRequest): Promise<Charge>
  /**
   * What the provider knows; null when it does not know the order. Without `transactionId` it is the charge's own
   * transaction; with it, that one, or null when it does not belong to the order. Throws `provider_unavailable`; `provider_refused` when our key is wrong.
   */
  status(orderId: string, transactionId?: string): Promise<ProviderTransaction | null>
  /**
   * Repeatable; nothing happens when the transaction is already over unpaid or the provider never heard of it.
   * Throws `payment_not_pending` when it was paid, `provider_unavailable`.
   */
  cancel(orderId: string): Promise<void>
  /** As `cancel`. */
  expire(orderId: string): Promise<void>
  /**
   * Repeatable with the same key. Gives back the charge's own payment, or the one of `transactionId` (an overpayment).
   * Throws `refund_refused`, `provider_refused`, `provider_unavailable`.
   */
  refund(
    orderId: string,
    refund: { key: string; amount: number; reason: string; transactionId?: string },
  ): Promise<ProviderTransaction>
  /** Throws `bad_signature`, also for what is no notification at all. Constant time. */
  verify(notification: unknown): VerifiedNotification
}
