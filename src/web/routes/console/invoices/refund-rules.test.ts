import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatMoney } from '../../../i18n/format.ts'
import { amountOf, leftToRefund, type PaymentRecord } from './refund-rules.ts'

describe('an amount', () => {
  it('is read as people write it in either language', () => {
    for (const text of ['2500000', 'Rp2.500.000', 'Rp 2,500,000', ' rp. 2.500.000 ', '2.500.000,00', '2.500.000,-']) {
      expect(amountOf(text), text).toBe(2_500_000)
    }
  })
  it('is never guessed', () => {
    for (const text of ['', 'dua juta', '2.5', '2,50', '-100', '1e6', '12.34.567', '25 000'])
      expect(amountOf(text), text).toBeNaN()
  })
  it('is what the page itself shows', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000_000_000 }),
        fc.constantFrom('id' as const, 'en' as const),
        (rupiah, locale) => {
          expect(amountOf(formatMoney(rupiah, locale))).toBe(rupiah)
        },
      ),
    )
  })
})

it('gives back only what has been received and not yet been given back', () => {
  const payment = (status: PaymentRecord['status'], refunded: number) =>
    ({ status, amount: 1000, refunded }) as PaymentRecord
  expect(leftToRefund(payment('settled', 0))).toBe(1000)
  expect(leftToRefund(payment('partially_refunded', 300))).toBe(700)
  for (const status of ['created', 'pending', 'expired', 'denied', 'cancelled', 'failed', 'refunded'] as const) {
    expect(leftToRefund(payment(status, 0))).toBe(0)
  }
})
