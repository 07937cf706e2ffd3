// How Midtrans refuses: the reason is in the body's `status_code`, and for matters of the transaction HTTP still says 200.
import { newId } from '../../../../platform/ids.ts'
import type { Wire } from '../transaction.ts'

export interface Answer {
  http: number
  body: Wire
}

const refusal = (http: number, code: string, message: string, more: Wire = {}): Answer => ({
  http,
  body: { status_code: code, status_message: message, ...more, id: newId() },
})

export const ok = (body: Wire): Answer => ({ http: 200, body })
export const invalid = (...messages: string[]) =>
  refusal(400, '400', 'One or more parameters in the payload is invalid.', { validation_messages: messages })
export const unauthorized = () =>
  refusal(401, '401', 'Transaction cannot be authorized with the current client/server key.')
export const channelInactive = () => refusal(402, '402', 'Payment channel is not activated.')
export const unknownTransaction = () => refusal(404, '404', "Transaction doesn't exist.")
export const duplicateOrder = () =>
  refusal(200, '406', 'The request could not be completed due to a conflict: order_id has already been utilized.')
export const duplicateRefund = () => refusal(200, '406', 'Duplicate refund key with another amount.')
export const expired = () => refusal(200, '407', 'Transaction has expired.')
export const unchangeable = () => refusal(200, '412', 'Merchant cannot modify the status of the transaction.')
export const refundTooLarge = () => refusal(200, '414', 'Refund amount is more than what is left of the payment.')
export const tooLarge = () => refusal(413, '413', 'The request is larger than 16 KB.')
export const stillWorking = () =>
  refusal(202, '202', 'The first request with this idempotency key is still being processed.')

/** Only answers that did something are kept for the idempotency key. */
export const succeeded = ({ http, body }: Answer) =>
  http === 200 && ['200', '201', '407'].includes(String(body['status_code'])) && 'transaction_status' in body
