// Money: invoices, payment attempts, refunds, and what the ledger says of them.
import { z } from 'zod'
import { event } from '../../platform/contract/event.ts'
import { agencyOnly, anyone, get, operation, post } from '../../platform/contract/operation.ts'
import { problem } from '../../platform/contract/problem.ts'
import { ById, Id, Line, Money, Page, PageInput, Text, Time } from '../../platform/contract/shapes.ts'

export const InvoiceNotPayable = problem('invoice_not_payable', 409, 'This invoice cannot be paid now.')
export const AmountNotSupported = problem('amount_not_supported', 422, 'The payment method does not take this amount.')
export const ProviderUnavailable = problem(
  'provider_unavailable',
  503,
  'The payment provider does not answer just now.',
)
export const ProviderRefused = problem('provider_refused', 502, 'The payment provider refused the request.')
export const RefundRefused = problem('refund_refused', 409, 'This payment cannot be refunded like that.')
export const PaymentNotPending = problem('payment_not_pending', 409, 'This payment is no longer waiting.')
export const BadSignature = problem('bad_signature', 403, 'The signature of the notification is wrong.')
export const UnknownOrder = problem('unknown_order', 404, 'No payment has this order id.')

export const InvoiceStatus = z.enum([
  'unpaid',
  'pending',
  'paid',
  'failed',
  'expired',
  'cancelled',
  'partially_refunded',
  'refunded',
])
/** An attempt to pay; `created` is remembered before the provider is asked. */
export const PaymentStatus = z.enum([
  'created',
  'pending',
  'settled',
  'expired',
  'denied',
  'cancelled',
  'failed',
  'partially_refunded',
  'refunded',
])
export const PaymentMethod = z.enum(['qris'])
export type InvoiceStatus = z.output<typeof InvoiceStatus>
export type PaymentStatus = z.output<typeof PaymentStatus>
/** What a person has to look at. */
export const FlagKind = z.enum([
  'late_payment',
  'overpaid',
  'amount_mismatch',
  'paid_after_cancellation',
  'charge_unknown',
  'refund_unconfirmed',
  'chargeback',
])
export type FlagKind = z.output<typeof FlagKind>

export const InvoiceLine = z.object({
  description: z.string(),
  quantity: z.int().min(1),
  unitPrice: Money,
  amount: Money,
})
export const Payment = z.object({
  id: Id,
  invoiceId: Id,
  method: PaymentMethod,
  status: PaymentStatus,
  /** The id under which the provider knows the attempt. */
  orderId: z.string(),
  amount: Money,
  refunded: Money,
  /** The QRIS payload to show as a QR code; null before the provider answered. */
  qrString: z.string().nullable(),
  qrImageUrl: z.string().nullable(),
  expiresAt: Time.nullable(),
  settledAt: Time.nullable(),
  createdAt: Time,
})
export const Refund = z.object({
  id: Id,
  paymentId: Id,
  amount: Money,
  reason: z.string(),
  status: z.enum(['requested', 'confirmed', 'failed']),
  createdAt: Time,
})
export const Invoice = z.object({
  id: Id,
  number: z.string(),
  projectId: Id,
  projectName: z.string(),
  client: z.object({ id: Id, name: z.string() }),
  status: InvoiceStatus,
  currency: z.literal('IDR'),
  total: Money,
  /** What is still owed by the ledger; negative when too much was paid. */
  balance: z.int(),
  issuedAt: Time,
  paidAt: Time.nullable(),
})
export const InvoiceDetail = Invoice.extend({
  lines: z.array(InvoiceLine),
  payments: z.array(Payment),
  refunds: z.array(Refund),
})
export const OrderedInvoice = Invoice.pick({ id: true, number: true, total: true, status: true })

const mine = { client: 'own', admin: 'all' } as const
export const listInvoices = operation('billing.listInvoices', {
  does: 'Invoices, newest first.',
  rest: get('/api/invoices'),
  input: PageInput.extend({
    status: InvoiceStatus.optional(),
    projectId: Id.optional(),
    clientId: Id.optional(),
    search: Line(100).optional(),
  }),
  output: Page(Invoice),
  allows: mine,
})
export const getInvoice = operation('billing.getInvoice', {
  does: 'An invoice with its lines, payments and refunds.',
  rest: get('/api/invoices/{id}'),
  input: ById,
  output: InvoiceDetail,
  allows: mine,
})
export const startPayment = operation('billing.startPayment', {
  does: 'Asks the payment provider for a QR code for an unpaid invoice.',
  rest: post('/api/invoices/{id}/payments', 201),
  input: ById.extend({ method: PaymentMethod }),
  output: Payment,
  refuses: [InvoiceNotPayable, AmountNotSupported, ProviderUnavailable, ProviderRefused],
  allows: mine,
  idempotent: true,
  cost: 50,
})
export const getPayment = operation('billing.getPayment', {
  does: 'A payment attempt.',
  rest: get('/api/payments/{id}'),
  input: ById,
  output: Payment,
  allows: mine,
})
export const checkPayment = operation('billing.checkPayment', {
  does: 'Asks the provider for the state of an attempt now.',
  rest: post('/api/payments/{id}/check'),
  input: ById,
  output: Payment,
  refuses: [ProviderUnavailable],
  allows: mine,
  cost: 200,
})
export const cancelPayment = operation('billing.cancelPayment', {
  does: 'Gives up a waiting attempt.',
  rest: post('/api/payments/{id}/cancel'),
  input: ById,
  output: Payment,
  refuses: [PaymentNotPending, ProviderUnavailable],
  allows: mine,
  cost: 50,
})
export const refundPayment = operation('billing.refundPayment', {
  does: 'Asks the provider to give money back; booked when the provider confirms.',
  rest: post('/api/payments/{id}/refunds', 201),
  input: ById.extend({ amount: Money.min(1), reason: Text(255, 3) }),
  output: Refund,
  refuses: [RefundRefused, ProviderUnavailable, ProviderRefused],
  allows: agencyOnly,
  idempotent: true,
  cost: 50,
})
export const receiveNotification = operation('billing.receiveNotification', {
  does: 'Takes a payment notification of Midtrans: verified, stored once, then processed.',
  rest: post('/api/webhooks/midtrans'),
  input: z.looseObject({
    order_id: z.string().min(1).max(50),
    status_code: z.string().min(3).max(3),
    gross_amount: z.string().min(1).max(20),
    signature_key: z.string().min(1).max(128),
    transaction_id: z.string().min(1).max(64),
    transaction_status: z.string().min(1).max(40),
  }),
  output: z.object({ received: z.literal(true) }),
  refuses: [BadSignature, UnknownOrder],
  allows: anyone,
  cost: 0,
})
export const Flag = z.object({
  id: Id,
  kind: FlagKind,
  invoiceId: Id,
  invoiceNumber: z.string(),
  paymentId: Id.nullable(),
  detail: z.string(),
  amount: z.int().nullable(),
  createdAt: Time,
  resolvedAt: Time.nullable(),
})
export const listFlags = operation('billing.listFlags', {
  does: 'Money matters that a person has to look at.',
  rest: get('/api/admin/payment-flags'),
  input: PageInput.extend({ resolved: z.stringbool().optional() }),
  output: Page(Flag),
  allows: agencyOnly,
})
export const resolveFlag = operation('billing.resolveFlag', {
  does: 'Marks a flagged matter as dealt with.',
  rest: post('/api/admin/payment-flags/{id}/resolve'),
  input: ById.extend({ note: Text(500, 3) }),
  output: Flag,
  allows: agencyOnly,
})
export const LedgerEntry = z.object({
  id: Id,
  at: Time,
  account: z.string(),
  kind: z.string(),
  debit: Money,
  credit: Money,
})
export const listLedger = operation('billing.listLedger', {
  does: 'The bookings behind an invoice.',
  rest: get('/api/admin/invoices/{id}/ledger'),
  input: ById,
  output: Page(LedgerEntry),
  allows: agencyOnly,
})
export const summarizeBilling = operation('billing.summarizeBilling', {
  does: 'Received, refunded and outstanding money: this month, the month before, and per day of the last 30 days.',
  rest: get('/api/admin/billing/summary'),
  input: z.strictObject({}),
  output: z.object({
    received: z.object({ thisMonth: z.int(), lastMonth: z.int() }),
    refunded: z.object({ thisMonth: z.int(), lastMonth: z.int() }),
    outstanding: z.object({ amount: z.int(), invoices: z.int() }),
    days: z.array(z.object({ date: z.iso.date(), received: z.int() })),
  }),
  allows: agencyOnly,
})

type WithInvoice = { invoice: { id: string; projectId: string; client: { id: string } } }
const toItsReaders = ({ invoice }: WithInvoice) => [
  `invoice:${invoice.id}`,
  `project:${invoice.projectId}`,
  `user:${invoice.client.id}`,
  'admin',
]
const about = ({ invoice }: WithInvoice) => `invoice:${invoice.id}`
const live = { subject: about, reaches: toItsReaders, live: 'payment_update' as const, webhook: true }
export const InvoiceIssued = event('invoice.issued', { data: z.object({ invoice: Invoice }), ...live })
export const InvoicePaid = event('invoice.paid', { data: z.object({ invoice: Invoice }), ...live })
export const InvoiceCancelled = event('invoice.cancelled', { data: z.object({ invoice: Invoice }), ...live })
const attempt = {
  data: z.object({ invoice: Invoice, payment: Payment.omit({ qrString: true, qrImageUrl: true }) }),
  ...live,
}
export const PaymentStarted = event('payment.started', attempt)
export const PaymentSettled = event('payment.settled', attempt)
export const PaymentEnded = event('payment.ended', attempt)
export const PaymentRefunded = event('payment.refunded', { data: attempt.data.extend({ refund: Refund }), ...live })
export const PaymentFlagged = event('payment.flagged', {
  data: z.object({ flag: Flag }),
  subject: ({ flag }) => `invoice:${flag.invoiceId}`,
  reaches: () => ['admin'],
  live: 'payment_update',
})

export const operations = {
  listInvoices,
  getInvoice,
  startPayment,
  getPayment,
  checkPayment,
  cancelPayment,
  refundPayment,
  receiveNotification,
  listFlags,
  resolveFlag,
  listLedger,
  summarizeBilling,
}
export const events = {
  InvoiceIssued,
  InvoicePaid,
  InvoiceCancelled,
  PaymentStarted,
  PaymentSettled,
  PaymentEnded,
  PaymentRefunded,
  PaymentFlagged,
}
export const problems = {
  InvoiceNotPayable,
  AmountNotSupported,
  ProviderUnavailable,
  ProviderRefused,
  RefundRefused,
  PaymentNotPending,
  BadSignature,
  UnknownOrder,
}
