// A transaction in Midtrans' JSON, read into our words; and which state may replace which.
// Midtrans adds fields without notice, so unknown ones pass; what decides about money is strict.
import { z } from 'zod'
import type { ProviderTransaction } from '../gateway.ts'
import { parseAmount, parseTime } from './format.ts'

type Status = ProviderTransaction['status']

// 3 is left to `capture`, which only cards know.
const ranks: Record<Status, number> = {
  pending: 1,
  denied: 2,
  expired: 2,
  cancelled: 2,
  failed: 2,
  settled: 4,
  partially_refunded: 5,
  refunded: 6,
  charged_back: 6,
}

/** How far a transaction has come: 1 waiting, 2 over without money, 4 paid, 5–6 money given back. */
export const rankOf = (status: Status): number => ranks[status]

/**
 * Whether `next` may replace `current`. Notifications come late, twice and out of order: nothing falls back to a lower
 * rank, and inside a rank the first stays. Settled after expired (a late payment) is an advance.
 */
export const advances = (current: Status, next: Status): boolean => ranks[next] > ranks[current]

const names: Record<string, Status> = {
  authorize: 'pending',
  pending: 'pending',
  capture: 'settled',
  settlement: 'settled',
  deny: 'denied',
  expire: 'expired',
  cancel: 'cancelled',
  failure: 'failed',
  partial_refund: 'partially_refunded',
  refund: 'refunded',
  chargeback: 'charged_back',
  partial_chargeback: 'charged_back',
}

const Amount = z.union([z.string(), z.int().min(0).transform(String)]).transform((text, context) => {
  const amount = parseAmount(text)
  if (amount === undefined) context.addIssue('not an amount in whole rupiah')
  return amount ?? z.NEVER
})
const Time = z.string().transform((text, context) => {
  const time = parseTime(text)
  if (time === undefined) context.addIssue('not a time')
  return time ?? z.NEVER
})

const Wire = z.looseObject({
  status_code: z.string().regex(/^\d{3}$/),
  order_id: z.string().min(1).max(50),
  transaction_id: z.string().min(1).max(64),
  gross_amount: Amount,
  currency: z.literal('IDR').default('IDR'),
  transaction_status: z.string().refine((status) => Object.hasOwn(names, status), 'an unknown status'),
  fraud_status: z.string().nullish(),
  transaction_time: Time.nullish(),
  settlement_time: Time.nullish(),
  expiry_time: Time.nullish(),
  refund_amount: Amount.nullish(),
  refunds: z
    .array(z.looseObject({ refund_key: z.string().min(1), refund_amount: Amount, bank_confirmed_at: Time.nullish() }))
    .nullish(),
})

/** What Midtrans sent is not a transaction we understand: nothing may be concluded from it. */
export class MalformedTransaction extends Error {
  override name = 'MalformedTransaction'
}

/** Reads the answer to a charge, a status request or a refund. Throws `MalformedTransaction`. */
export function readTransaction(body: unknown): ProviderTransaction {
  const parsed = Wire.safeParse(body)
  if (!parsed.success) throw new MalformedTransaction(z.prettifyError(parsed.error))
  const wire = parsed.data
  const refunds = (wire.refunds ?? []).map((refund) => ({
    key: refund.refund_key,
    amount: refund.refund_amount,
    confirmedAt: refund.bank_confirmed_at ?? null,
  }))
  return {
    orderId: wire.order_id,
    transactionId: wire.transaction_id,
    status: statusOf(wire),
    amount: wire.gross_amount,
    refundedAmount:
      refunds.length > 0 ? refunds.reduce((sum, { amount }) => sum + amount, 0) : (wire.refund_amount ?? 0),
    refunds,
    transactionTime: wire.transaction_time ?? null,
    settledAt: wire.settlement_time ?? null,
    expiresAt: wire.expiry_time ?? null,
  }
}

/** Paid means all three: status code 200, settlement (or capture), and no doubt about fraud. */
function statusOf(wire: z.output<typeof Wire>): Status {
  const status = names[wire.transaction_status] ?? 'pending'
  if (status !== 'settled') return status
  if (wire.status_code !== '200') return 'pending'
  if (wire.fraud_status === 'deny') return 'denied'
  return (wire.fraud_status ?? 'accept') === 'accept' ? 'settled' : 'pending'
}
