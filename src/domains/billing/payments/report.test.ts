import { describe, expect, test } from 'vitest'
import type { ProviderTransaction } from '../gateway.ts'
import type { Attempt } from './attempt.ts'
import { absorb } from './report.ts'
import type { InvoiceAccount } from './report.ts'

const TOTAL = 2_000_000
const AT = new Date('2026-11-23T00:00:00Z')

const attemptOf = (id: string, over: Partial<Attempt> = {}): Attempt => ({
  id,
  status: 'created',
  amount: TOTAL,
  transactionId: null,
  receipts: [],
  refunds: [],
  ...over,
})
const transactionOf = (
  orderId: string,
  transactionId: string,
  over: Partial<ProviderTransaction> = {},
): ProviderTransaction => ({
  orderId,
  transactionId,
  status: 'pending',
  amount: TOTAL,
  refundedAmount: 0,
  refunds: [],
  transactionTime: AT,
  settledAt: null,
  expiresAt: AT,
  ...over,
})
const accountOf = (...attempts: Attempt[]): InvoiceAccount => ({ total: TOTAL, cancelled: false, attempts })

describe('a report', () => {
  const settled = transactionOf('a', 't1', { status: 'settled', settledAt: AT })
  test('of a settled charge brings the money once', () => {
    const first = absorb(accountOf(attemptOf('a')), 'a', settled)
    expect(first).toMatchObject({
      receipt: { transactionId: 't1', amount: TOTAL },
      flags: [],
      invoiceStatus: { from: 'unpaid', to: 'paid' },
    })
    expect(absorb(first.account, 'a', settled)).toMatchObject({
      receipt: null,
      flags: [],
      attemptStatus: { from: 'settled', to: 'settled' },
    })
  })
  test.each(['pending', 'expired', 'denied', 'cancelled'] as const)(
    '%s never takes a settled attempt back',
    (status) => {
      const { account } = absorb(accountOf(attemptOf('a')), 'a', settled)
      expect(absorb(account, 'a', transactionOf('a', 't1', { status })).attempt.status).toBe('settled')
    },
  )
  test.each(['pending', 'denied', 'cancelled'] as const)('%s changes nothing about an expired attempt', (status) => {
    const expired = accountOf(attemptOf('a', { status: 'expired', transactionId: 't1' }))
    expect(absorb(expired, 'a', transactionOf('a', 't1', { status })).attempt.status).toBe('expired')
  })
  test('of money after expiry is booked and flagged as late', () => {
    const late = absorb(accountOf(attemptOf('a', { status: 'expired', transactionId: 't1' })), 'a', settled)
    expect(late.invoiceStatus).toEqual({ from: 'expired', to: 'paid' })
    expect(late.receipt?.amount).toBe(TOTAL)
    expect(late.flags.map(({ kind }) => kind)).toEqual(['late_payment'])
  })
  test('of another amount is flagged, not booked, and the attempt failed', () => {
    const wrong = absorb(accountOf(attemptOf('a', { status: 'pending', transactionId: 't1' })), 'a', {
      ...settled,
      amount: 1,
    })
    expect(wrong).toMatchObject({
      receipt: null,
      attempt: { status: 'failed' },
      flags: [{ kind: 'amount_mismatch', amount: 1 }],
    })
  })
  test('of a second payment of the code is an overpayment', () => {
    const { account } = absorb(accountOf(attemptOf('a')), 'a', settled)
    const twice = absorb(account, 'a', { ...settled, transactionId: 't2' })
    expect(twice).toMatchObject({
      receipt: { transactionId: 't2' },
      flags: [{ kind: 'overpaid' }],
      invoiceStatus: { to: 'paid' },
    })
  })
  test('of money for a cancelled invoice is booked and flagged, and the invoice stays cancelled', () => {
    const cancelled = { ...accountOf(attemptOf('a', { status: 'pending', transactionId: 't1' })), cancelled: true }
    expect(absorb(cancelled, 'a', settled)).toMatchObject({
      receipt: { transactionId: 't1' },
      flags: [{ kind: 'paid_after_cancellation' }],
      invoiceStatus: { to: 'cancelled' },
    })
  })
  test('of a refund counts when the bank confirmed it', () => {
    const requested = { key: 'r', transactionId: 't1', amount: 500_000, status: 'requested' as const }
    const account = accountOf(
      attemptOf('a', {
        status: 'settled',
        transactionId: 't1',
        receipts: [{ transactionId: 't1', amount: TOTAL }],
        refunds: [requested],
      }),
    )
    const first = transactionOf('a', 't1', {
      status: 'partially_refunded',
      refunds: [{ key: 'r', amount: 500_000, confirmedAt: null }],
    })
    expect(absorb(account, 'a', first)).toMatchObject({ refunds: [], attempt: { status: 'settled' } })
    const second = { ...first, refunds: [{ key: 'r', amount: 500_000, confirmedAt: AT }] }
    const done = absorb(account, 'a', second)
    expect(done).toMatchObject({
      refunds: [{ key: 'r', known: true }],
      attempt: { status: 'partially_refunded' },
      invoiceStatus: { to: 'partially_refunded' },
    })
    expect(absorb(done.account, 'a', second).refunds).toEqual([])
  })
  test('of a chargeback is flagged', () => {
    expect(absorb(accountOf(attemptOf('a')), 'a', { ...settled, status: 'charged_back' }).flags).toMatchObject([
      { kind: 'chargeback' },
    ])
  })
})
