// The pretended phone: a wallet that reads the sandbox's QR codes and pays them, or misbehaves. Only there when the payment
// provider is the sandbox.
import { z } from 'zod'
import { anyone, get, operation, post } from '../../../platform/contract/operation.ts'
import { problem } from '../../../platform/contract/problem.ts'
import { Money, Time } from '../../../platform/contract/shapes.ts'

export const UnreadableQr = problem('unreadable_qr', 422, 'This is not a QRIS code.')
export const UnknownQr = problem('unknown_qr', 404, 'This code was not made by this sandbox.')
export const BillNotPayable = problem('bill_not_payable', 409, 'The wallet cannot do that with this bill any more.')

export const Scenario = z.enum([
  'pay',
  'pay_late',
  'pay_twice',
  'deny',
  'expire',
  'bad_signature',
  'wrong_amount',
  'duplicate',
  'reorder',
])
/** The content of the QR code. */
const QrString = z.string().trim().min(1).max(1000)
/** Midtrans' own words for the state of a transaction. */
const TransactionStatus = z.enum(['pending', 'settlement', 'deny', 'expire', 'cancel', 'partial_refund', 'refund'])

export const Bill = z.object({
  orderId: z.string(),
  transactionId: z.uuid(),
  transactionStatus: TransactionStatus,
  amount: Money,
  merchantName: z.string(),
  merchantCity: z.string(),
  reference: z.string().nullable(),
  expiresAt: Time,
  settledAt: Time.nullable(),
  /** When a payment that is still on its way will arrive. */
  settlesAt: Time.nullable(),
  /** How many times money was really paid with this code. */
  payments: z.int().min(0),
})

export const readBill = operation('sandbox.readBill', {
  does: 'Reads a QR code of the sandbox like a wallet does, and tells how its bill stands.',
  rest: get('/sandbox/wallet/bill'),
  input: z.strictObject({ qrString: QrString }),
  output: Bill,
  refuses: [UnreadableQr, UnknownQr],
  allows: anyone,
})
export const payBill = operation('sandbox.payBill', {
  does: 'Plays a wallet that pays a QR code of the sandbox, or something that goes wrong with it.',
  rest: post('/sandbox/wallet/pay'),
  input: z.strictObject({ qrString: QrString, scenario: Scenario.default('pay') }),
  output: Bill.extend({ scenario: Scenario }),
  refuses: [UnreadableQr, UnknownQr, BillNotPayable],
  allows: anyone,
})

export const operations = { readBill, payBill }
export const problems = { UnreadableQr, UnknownQr, BillNotPayable }
