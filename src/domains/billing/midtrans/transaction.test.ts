import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ProviderTransaction } from '../gateway.ts'
import { advances, MalformedTransaction, rankOf, readTransaction } from './transaction.ts'

const settled = {
  status_code: '200',
  status_message: 'Success, transaction is found',
  transaction_id: '0d8178e1-c6c7-4ab4-81a6-893be9d924ab',
  order_id: 'order03',
  gross_amount: '275000.00',
  currency: 'IDR',
  payment_type: 'qris',
  transaction_time: '2020-09-29 11:46:13',
  settlement_time: '2020-09-29 11:49:00',
  expiry_time: '2020-09-29 12:01:13',
  transaction_status: 'settlement',
  fraud_status: 'accept',
  a_field_of_next_year: { anything: true },
}

describe('readTransaction', () => {
  test('reads amounts and times, and ignores fields it does not know', () => {
    expect(readTransaction(settled)).toEqual({
      orderId: 'order03',
      transactionId: '0d8178e1-c6c7-4ab4-81a6-893be9d924ab',
      status: 'settled',
      amount: 275_000,
      refundedAmount: 0,
      refunds: [],
      transactionTime: new Date('2020-09-29T04:46:13Z'),
      settledAt: new Date('2020-09-29T04:49:00Z'),
      expiresAt: new Date('2020-09-29T05:01:13Z'),
    })
  })

  test('is content without the optional fields', () => {
    const {
      fraud_status: _f,
      settlement_time: _s,
      expiry_time: _e,
      transaction_time: _t,
      currency: _c,
      ...least
    } = settled
    expect(readTransaction(least)).toMatchObject({
      status: 'settled',
      settledAt: null,
      expiresAt: null,
      transactionTime: null,
    })
  })

  test.each([
    ['settlement', '200', 'accept', 'settled'],
    ['settlement', '200', undefined, 'settled'],
    ['capture', '200', 'accept', 'settled'],
    ['settlement', '201', 'accept', 'pending'],
    ['settlement', '200', 'challenge', 'pending'],
    ['settlement', '200', 'deny', 'denied'],
    ['pending', '201', 'accept', 'pending'],
    ['expire', '407', 'accept', 'expired'],
    ['deny', '202', 'deny', 'denied'],
    ['cancel', '200', 'accept', 'cancelled'],
    ['failure', '202', undefined, 'failed'],
    ['partial_refund', '200', 'accept', 'partially_refunded'],
    ['refund', '200', 'accept', 'refunded'],
    ['chargeback', '200', 'accept', 'charged_back'],
    ['partial_chargeback', '200', 'accept', 'charged_back'],
  ])('takes %s with code %s and fraud status %s as %s', (transaction_status, status_code, fraud_status, status) => {
    expect(readTransaction({ ...settled, transaction_status, status_code, fraud_status }).status).toBe(status)
  })

  test('lists refunds, confirmed by the bank or not', () => {
    const refunds = [
      { refund_key: 'a', refund_amount: '5000.00', bank_confirmed_at: '2020-10-01 08:00:00' },
      { refund_key: 'b', refund_amount: '2500.00' },
    ]
    expect(
      readTransaction({ ...settled, transaction_status: 'partial_refund', refund_amount: '7500.00', refunds }),
    ).toMatchObject({
      refundedAmount: 7_500,
      refunds: [
        { key: 'a', amount: 5_000, confirmedAt: new Date('2020-10-01T01:00:00Z') },
        { key: 'b', amount: 2_500, confirmedAt: null },
      ],
    })
  })

  test.each([
    ['another currency', { currency: 'USD' }],
    ['a fraction of a rupiah', { gross_amount: '275000.50' }],
    ['no amount', { gross_amount: undefined }],
    ['a status that does not exist', { transaction_status: 'settled?' }],
    ['a status that is a property of every object', { transaction_status: 'constructor' }],
    ['a time that does not exist', { settlement_time: '2020-02-30 00:00:00' }],
    ['a refund without an amount', { refunds: [{ refund_key: 'a' }] }],
  ])('refuses %s', (_what, change) => {
    expect(() => readTransaction({ ...settled, ...change })).toThrow(MalformedTransaction)
  })

  test('never throws anything but MalformedTransaction', () => {
    const changed = fc.record(
      Object.fromEntries(Object.keys({ ...settled, refunds: 0, refund_amount: 0 }).map((key) => [key, fc.jsonValue()])),
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          changed.map((change) => ({ ...settled, ...change })),
        ),
        (body) => {
          try {
            readTransaction(body)
          } catch (error) {
            expect(error).toBeInstanceOf(MalformedTransaction)
          }
        },
      ),
      { numRuns: 2_000 },
    )
  })
})

describe('advances', () => {
  const status = fc.constantFrom<ProviderTransaction['status']>(
    'pending',
    'settled',
    'expired',
    'denied',
    'cancelled',
    'failed',
    'partially_refunded',
    'refunded',
    'charged_back',
  )
  test('lets a late payment follow an expired code, and nothing undo a payment', () => {
    for (const over of ['expired', 'cancelled', 'denied', 'failed'] as const) {
      expect(advances(over, 'settled')).toBe(true)
      expect(advances('settled', over)).toBe(false)
      expect(advances(over, 'pending')).toBe(false)
    }
    expect(advances('settled', 'partially_refunded')).toBe(true)
    expect(advances('refunded', 'settled')).toBe(false)
  })
  test('ends at the same rank in whatever order the states arrive', () => {
    const fold = (states: ProviderTransaction['status'][]) =>
      states.reduce((current, next) => (advances(current, next) ? next : current), 'pending')
    fc.assert(
      fc.property(fc.array(status), (states) => {
        expect(rankOf(fold(states))).toBe(Math.max(1, ...states.map(rankOf)))
      }),
    )
  })
})
