// A payment provider behind an interface, in our words: the rest of billing never sees the provider's.

/** A transaction as the provider tells it. Amounts in whole rupiah, times as `Date`. */
export interface ProviderTransaction {
  orderId: string
  transactionId: string
  /** Ranked as in midtrans/transaction.ts: a lower rank never replaces a higher one. */
  status: 'pending' | 'settled' | 'expired' | 'denied' | 'cancelled' | 'failed' | 'partially_refunded' | 'refunded' | 'charged_back'
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
/** A notification whose signature was right: proof of nothing but that the provider spoke about this order. */
export interface VerifiedNotification {
  orderId: string
  /** The same for a repeated notification, different for another. */
  key: string
}
export interface PaymentGateway {
  readonly limits: { min: number; max: number }
  /** Repeatable with the same order id. Throws `provider_unavailable` (unknown whether charged) or `provider_refused`. */
  charge(request: ChargeRequest): Promise<Charge>
  /** What the provider knows; null when it does not know the order. Throws `provider_unavailable`. */
  status(orderId: string): Promise<ProviderTransaction | null>
  cancel(orderId: string): Promise<void>
  expire(orderId: string): Promise<void>
  /** Repeatable with the same key. Throws `refund_refused`, `provider_unavailable`. */
  refund(orderId: string, refund: { key: string; amount: number; reason: string }): Promise<ProviderTransaction>
  /** Throws `bad_signature`. Constant time. */
  verify(notification: unknown): VerifiedNotification
}
