import { expect, it } from 'vitest'
import { sumsOf } from './sums.ts'

const refund = (amount: number, status: 'requested' | 'confirmed' | 'failed') => ({
  id: 'r',
  paymentId: 'p',
  amount,
  reason: 'x',
  status,
  createdAt: '2026-11-20T03:00:00.000Z',
})

it('finds what was received from what is left to pay', () => {
  expect(sumsOf({ total: 100, balance: 100, refunds: [], status: 'unpaid' })).toEqual({ received: 0, returned: 0 })
  expect(sumsOf({ total: 100, balance: 0, refunds: [], status: 'paid' })).toEqual({ received: 100, returned: 0 })
  expect(sumsOf({ total: 100, balance: -100, refunds: [], status: 'paid' })).toEqual({ received: 200, returned: 0 })
})
it('does not count a cancelled total as received', () => {
  expect(sumsOf({ total: 100, balance: 0, refunds: [], status: 'cancelled' }).received).toBe(0)
  expect(sumsOf({ total: 100, balance: -100, refunds: [], status: 'cancelled' }).received).toBe(100)
})
it('counts only refunds that the provider confirmed, and then claims no more than it knows', () => {
  expect(
    sumsOf({ total: 100, balance: 0, refunds: [refund(30, 'requested'), refund(20, 'failed')], status: 'paid' }),
  ).toEqual({ received: 100, returned: 0 })
  expect(sumsOf({ total: 100, balance: 0, refunds: [refund(30, 'confirmed')], status: 'partially_refunded' })).toEqual({
    received: null,
    returned: 30,
  })
})
