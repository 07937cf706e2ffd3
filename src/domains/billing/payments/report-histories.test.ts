// Random histories of a provider, reported to us late, twice, out of order and with wrong amounts, against a simple model.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ProviderTransaction } from '../gateway.ts'
import { bookCancellation, bookIssue, bookReceipt, bookRefund } from '../ledger/ledger.ts'
import type { Booking, LedgerAccount } from '../ledger/ledger.ts'
import { paymentToRefund } from './attempt.ts'
import type { Attempt } from './attempt.ts'
import { absorb, statusOf } from './report.ts'
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

type Step =
  | { do: 'attempt' }
  | { do: 'pay' | 'confirm' | 'chargeback'; attempt: number }
  | { do: 'end'; attempt: number; as: 'expired' | 'denied' | 'cancelled' }
  | { do: 'refund' | 'refundElsewhere'; attempt: number; amount: number }
  | { do: 'report'; which: number; forged: boolean }
  | { do: 'cancelInvoice' }
const index = fc.nat(2)
const money = fc.constantFrom(1, 500_000, TOTAL - 500_000, TOTAL)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ do: 'attempt' as const }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('pay', 'confirm'), attempt: index }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('chargeback' as const), attempt: index }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('end' as const),
      attempt: index,
      as: fc.constantFrom('expired', 'denied', 'cancelled'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('refund', 'refundElsewhere'), attempt: index, amount: money }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant('report' as const),
      which: fc.nat(1000),
      forged: fc.nat(5).map((roll) => roll === 0),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'cancelInvoice' as const }) },
)

const rank = (status: Attempt['status']) =>
  ['created', 'pending'].includes(status) ? 1 : ['expired', 'denied', 'cancelled', 'failed'].includes(status) ? 2 : 3

/** The provider's books, all it ever said, and ours. */
class History {
  account = accountOf()
  orders: ProviderTransaction[][] = []
  said: ProviderTransaction[] = []
  bookings: Booking[] = [bookIssue('i', TOTAL)]
  flags = new Set<string>()
  /** What an attempt that never brings money should end as, by the reports delivered. */
  endings = new Map<string, Attempt['status']>()
  forgeries = 0

  say = (transaction: ProviderTransaction) => void this.said.push(structuredClone(transaction))
  isMoney = ({ status }: ProviderTransaction) =>
    !['pending', 'expired', 'denied', 'cancelled', 'failed'].includes(status)
  sumOf = (accounts: LedgerAccount[]) =>
    this.bookings
      .flatMap(({ entries }) => entries)
      .filter(({ account }) => accounts.includes(account))
      .reduce((sum, { amount }) => sum + amount, 0)

  deliver(report: ProviderTransaction): void {
    const verdict = absorb(this.account, report.orderId, report)
    const own = this.orders[Number(report.orderId)]?.[0]?.transactionId === report.transactionId
    if (own && !this.endings.has(report.orderId) && report.status !== 'pending') {
      this.endings.set(report.orderId, this.isMoney(report) ? 'failed' : (report.status as Attempt['status']))
    }
    if (verdict.receipt)
      this.bookings.push(bookReceipt(report.orderId, verdict.receipt.transactionId, verdict.receipt.amount))
    for (const { key, amount } of verdict.refunds)
      this.bookings.push(bookRefund(key, amount, this.sumOf(['accounts_receivable'])))
    for (const { kind, reference } of verdict.flags) this.flags.add(`${kind} ${reference}`)
    const { from, to } = verdict.attemptStatus
    const stays = rank(to) > rank(from) || (rank(from) === 2 ? to === from : rank(to) === rank(from))
    if (!stays) throw new Error(`${from} became ${to}`)
    this.account = verdict.account
  }

  run(step: Step): void {
    if (step.do === 'attempt') {
      if (this.orders.length > 4) return
      const id = String(this.orders.length)
      this.orders.push([transactionOf(id, `t${id}`)])
      this.account = {
        ...this.account,
        attempts: [...this.account.attempts, attemptOf(id, { transactionId: `t${id}`, status: 'pending' })],
      }
      return
    }
    if (step.do === 'cancelInvoice') {
      if (this.account.cancelled || !['unpaid', 'pending', 'failed', 'expired'].includes(statusOf(this.account))) return
      this.account = { ...this.account, cancelled: true }
      this.bookings.push(bookCancellation('i', TOTAL))
      return
    }
    if (step.do === 'report') {
      const report = this.said[step.which % Math.max(1, this.said.length)]
      if (!report) return
      if (!step.forged) return this.deliver(report)
      this.forgeries++
      return this.deliver({ ...report, amount: report.amount + 1 })
    }
    const order = this.orders[step.attempt]
    const [first] = order ?? []
    if (order && first) this.act(step, order, first)
  }

  act(
    step: Exclude<Step, { do: 'attempt' | 'cancelInvoice' | 'report' }>,
    order: ProviderTransaction[],
    first: ProviderTransaction,
  ): void {
    if (step.do === 'pay') {
      if (!this.isMoney(first)) Object.assign(first, { status: 'settled', settledAt: AT })
      else if (order.length < 3)
        order.push(
          transactionOf(first.orderId, `${first.transactionId}-${order.length}`, { status: 'settled', settledAt: AT }),
        )
    }
    if (step.do === 'end' && first.status === 'pending') first.status = step.as
    if (step.do === 'chargeback' && first.status === 'settled') first.status = 'charged_back'
    if (step.do === 'confirm') for (const { refunds } of order) for (const refund of refunds) refund.confirmedAt ??= AT
    if (step.do === 'refund' || step.do === 'refundElsewhere') this.refund(step, order)
    for (const transaction of order) this.say(transaction)
  }

  refund(
    step: { do: 'refund' | 'refundElsewhere'; attempt: number; amount: number },
    order: ProviderTransaction[],
  ): void {
    const attempt = this.account.attempts[step.attempt]
    if (!attempt) return
    const ours = step.do === 'refund'
    const chosen = ours
      ? paymentToRefund(attempt, step.amount)
      : (order.find((each) => this.isMoney(each))?.transactionId ?? null)
    const transaction = order.find(({ transactionId }) => transactionId === chosen)
    if (
      !transaction ||
      transaction.status === 'charged_back' ||
      transaction.refundedAmount + step.amount > transaction.amount
    )
      return
    const key = `${transaction.transactionId}-r${transaction.refunds.length}`
    transaction.refunds.push({ key, amount: step.amount, confirmedAt: null })
    transaction.refundedAmount += step.amount
    transaction.status = transaction.refundedAmount === transaction.amount ? 'refunded' : 'partially_refunded'
    if (!ours) return
    const requested = {
      key,
      transactionId: transaction.transactionId,
      amount: step.amount,
      status: 'requested' as const,
    }
    const next = { ...attempt, refunds: [...attempt.refunds, requested] }
    this.account = {
      ...this.account,
      attempts: this.account.attempts.map((each) => (each.id === attempt.id ? next : each)),
    }
  }

  /** In the end everything is said once more, in any order, as the reconciliation would ask. */
  settle(backwards: boolean): void {
    const all = this.orders.flat()
    for (const transaction of backwards ? all.toReversed() : all) this.deliver(structuredClone(transaction))
  }
}

const total = (amounts: number[]) => amounts.reduce((sum, amount) => sum + amount, 0)

test('10,000 random histories leave one booking per real payment, a ledger that sums to zero, and the statuses of the model', () => {
  const seen = { paidTwice: 0, refunded: 0, late: 0, forged: 0, cancelled: 0 }
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 40, size: 'max' }), fc.boolean(), (steps, backwards) => {
      const history = new History()
      history.run({ do: 'attempt' })
      for (const each of steps) history.run(each)
      history.settle(backwards)
      const { account, bookings, orders } = history

      const payments = orders.flat().filter(history.isMoney)
      const references = bookings.filter(({ kind }) => kind === 'payment_received').map(({ reference }) => reference)
      expect(references.toSorted()).toEqual(
        payments.map(({ orderId, transactionId }) => `payment:${orderId}:${transactionId}`).toSorted(),
      )
      const confirmed = payments.flatMap(({ refunds }) => refunds).filter(({ confirmedAt }) => confirmedAt)
      expect(bookings.filter(({ kind }) => kind === 'payment_refunded')).toHaveLength(confirmed.length)
      for (const { entries } of bookings) expect(total(entries.map(({ amount }) => amount))).toBe(0)
      const received = total(payments.map(({ amount }) => amount))
      const refunded = total(confirmed.map(({ amount }) => amount))
      expect(history.sumOf(['gateway_clearing'])).toBe(received - refunded)
      expect(history.sumOf(['revenue'])).toBe(account.cancelled ? 0 : -TOTAL)
      expect(history.sumOf(['accounts_receivable', 'revenue', 'gateway_clearing', 'refunds'])).toBe(0)

      // The model, in other words than the code's.
      const kept = received - refunded
      const lastWord = account.attempts.at(-1)?.status
      const expected = account.cancelled
        ? 'cancelled'
        : received > 0
          ? kept >= TOTAL || refunded === 0
            ? 'paid'
            : kept === 0
              ? 'refunded'
              : 'partially_refunded'
          : account.attempts.some(({ status }) => status === 'pending')
            ? 'pending'
            : lastWord === 'expired'
              ? 'expired'
              : lastWord === 'denied' || lastWord === 'failed'
                ? 'failed'
                : 'unpaid'
      expect(statusOf(account)).toBe(expected)
      for (const attempt of account.attempts) {
        const its = orders[Number(attempt.id)]?.filter(history.isMoney) ?? []
        if (its.length === 0) expect(attempt.status).toBe(history.endings.get(attempt.id) ?? 'pending')
        else expect(['settled', 'partially_refunded', 'refunded']).toContain(attempt.status)
      }
      const flagged = (kind: string) => [...history.flags].filter((flag) => flag.startsWith(`${kind} `)).length
      expect(flagged('overpaid') + flagged('paid_after_cancellation')).toBeGreaterThanOrEqual(payments.length - 1)
      if (!account.cancelled) expect(flagged('overpaid')).toBe(Math.max(0, payments.length - 1))
      expect(flagged('chargeback')).toBe(payments.filter(({ status }) => status === 'charged_back').length)

      seen.paidTwice += Number(payments.length > 1)
      seen.refunded += Number(refunded > 0)
      seen.late += Number(flagged('late_payment') > 0)
      seen.forged += Number(history.forgeries > 0)
      seen.cancelled += Number(account.cancelled)
    }),
    { numRuns: 10_000 },
  )
  // The histories are worth their number only if they get somewhere.
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(200)
})
