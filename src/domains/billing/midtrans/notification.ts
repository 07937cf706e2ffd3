// Notifications of Midtrans. The signature is a plain SHA-512 over order id, status code, amount and the server key: it does
// not cover the status text nor the transaction id, so a verified notification is only a reason to ask for the status.
import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { BadSignature } from '../contract.ts'
import type { VerifiedNotification } from '../gateway.ts'

export interface SignedFields {
  orderId: string
  /** Three digits. */
  statusCode: string
  /** As sent, "275000.00". */
  grossAmount: string
}

/** hex(SHA512(order_id + status_code + gross_amount + server key)), as Midtrans documents it. */
export function signatureOf({ orderId, statusCode, grossAmount }: SignedFields, serverKey: string): string {
  return createHash('sha512').update(`${orderId}${statusCode}${grossAmount}${serverKey}`).digest('hex')
}

// The signed fields are joined without separators: strict shapes leave few other readings of the same concatenation, and
// the order id must be one of ours anyway.
const Wire = z.looseObject({
  order_id: z.string().min(1).max(50),
  status_code: z.string().regex(/^\d{3}$/),
  gross_amount: z.string().regex(/^\d{1,13}(\.\d{1,2})?$/),
  signature_key: z.string().regex(/^[0-9a-f]{128}$/i),
  transaction_id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  transaction_status: z.string().min(1).max(40),
  refunds: z.unknown().optional(),
})
const Refunds = z.array(z.looseObject({ refund_key: z.string(), bank_confirmed_at: z.string().nullish() }))

/** Throws `bad_signature`, also for what is no notification at all. The comparison takes constant time. */
export function verifyNotification(body: unknown, serverKey: string): VerifiedNotification {
  const parsed = Wire.safeParse(body)
  if (!parsed.success) throw BadSignature.because()
  const wire = parsed.data
  const signed = { orderId: wire.order_id, statusCode: wire.status_code, grossAmount: wire.gross_amount }
  const right = Buffer.from(signatureOf(signed, serverKey), 'hex')
  if (!timingSafeEqual(right, Buffer.from(wire.signature_key, 'hex'))) throw BadSignature.because()
  return {
    orderId: wire.order_id,
    transactionId: wire.transaction_id,
    amount: Number(wire.gross_amount),
    key: keyOf(wire),
  }
}

/** A repeated notification has the same key. Both notifications of a refund count: the second only adds the confirmation. */
function keyOf(wire: z.output<typeof Wire>): string {
  const refunds = Refunds.safeParse(wire.refunds).data ?? []
  const fields = [
    wire.order_id,
    wire.transaction_id,
    wire.transaction_status,
    wire.status_code,
    wire.gross_amount,
    ...refunds.map((refund) => [refund.refund_key, refund.bank_confirmed_at ?? null]),
  ]
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex')
}
