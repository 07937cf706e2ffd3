import { expect, it } from 'vitest'
import { nextCodeKey, owed, paymentView, type PaymentRecord } from './payment-view.ts'

const now = Date.parse('2026-11-20T03:00:00Z')
const payment = (status: PaymentRecord['status'], more: Partial<PaymentRecord> = {}): PaymentRecord => ({
  id: '019a0000-0000-7000-8000-000000000001',
  invoiceId: '019a0000-0000-7000-8000-000000000002',
  method: 'qris',
  status,
  orderId: 'A-1',
  amount: 2_000_000,
  refunded: 0,
  qrString: '000201',
  qrImageUrl: null,
  expiresAt: '2026-11-20T03:15:00.000Z',
  settledAt: null,
  createdAt: '2026-11-20T03:00:00.000Z',
  ...more,
})
const kind = (status: Parameters<typeof paymentView>[0]['status'], ...payments: PaymentRecord[]) =>
  paymentView({ status, payments }, now).kind

it('asks to start when there is no code, or the last one was given up', () => {
  expect(kind('unpaid')).toBe('start')
  expect(kind('unpaid', payment('cancelled'))).toBe('start')
})
it('shows the code until the very moment it expires', () => {
  const invoice = { status: 'pending' as const, payments: [payment('pending')] }
  const end = Date.parse('2026-11-20T03:15:00Z')
  expect(paymentView(invoice, end - 1)).toMatchObject({ kind: 'waiting', qrString: '000201' })
  expect(paymentView(invoice, end).kind).toBe('expired')
})
it('shows the live code even when an older attempt is listed after it', () => {
  expect(kind('pending', payment('pending'), payment('denied'))).toBe('waiting')
})
it('says that the code is being prepared while the provider has not given one', () => {
  expect(kind('unpaid', payment('created', { qrString: null, expiresAt: null }))).toBe('preparing')
  expect(kind('pending', payment('pending', { qrString: null }))).toBe('preparing')
})
it('tells why the last attempt ended', () => {
  expect(kind('expired', payment('denied'), payment('expired'))).toBe('expired')
  expect(kind('failed', payment('denied'))).toBe('denied')
  expect(kind('failed', payment('failed'))).toBe('failed')
})
it('believes the invoice over its attempts once money has come, gone back, or is no longer wanted', () => {
  expect(kind('paid', payment('pending'))).toBe('paid')
  expect(kind('refunded', payment('refunded'))).toBe('refunded')
  expect(kind('partially_refunded', payment('partially_refunded'))).toBe('refunded')
  expect(kind('cancelled', payment('pending'))).toBe('cancelled')
})
it('gives one key to any number of presses, and another once there is a new attempt or the last one has ended', () => {
  const id = 'x'
  const first = nextCodeKey({ id, payments: [] })
  expect(nextCodeKey({ id, payments: [] })).toBe(first)
  const live = nextCodeKey({ id, payments: [payment('pending')] })
  const ended = nextCodeKey({ id, payments: [payment('expired')] })
  expect(new Set([first, live, ended]).size).toBe(3)
  expect(ended).toMatch(/^[\x21-\x7e]{1,255}$/)
})
it('asks for nothing on an invoice that is settled, cancelled or overpaid', () => {
  expect(owed({ status: 'expired', balance: 5 })).toBe(5)
  expect(owed({ status: 'cancelled', balance: 5 })).toBe(0)
  expect(owed({ status: 'paid', balance: -5 })).toBe(0)
})
