// What a report of the provider means for an invoice: a pure function from what we know and what the provider says to what
// changes. Reports may come twice, late and in any order; the same set of reports always leads to the same books.
import type { FlagKind, InvoiceStatus, PaymentStatus } from '../contract.ts'
import type { ProviderTransaction } from '../gateway.ts'
import { invoiceStatus, receivedBy } from '../invoices/invoice.ts'
import { isEnded, isMoney, statusAfter } from './attempt.ts'
import type { Attempt, Receipt, RefundState } from './attempt.ts'

export interface InvoiceAccount {
  total: number
  cancelled: boolean
  /** In the order in which they were made. */
  attempts: readonly Attempt[]
}
export interface NewFlag {
  kind: FlagKind
  /** One matter is flagged once under its reference. */
  reference: string
  detail: string
  amount: number | null
}
export interface Verdict {
  account: InvoiceAccount
  /** The attempt after the report. */
  attempt: Attempt
  attemptStatus: { from: PaymentStatus; to: PaymentStatus }
  invoiceStatus: { from: InvoiceStatus; to: InvoiceStatus }
  /** Money that was not known before: to be booked. */
  receipt: (Receipt & { settledAt: Date | null }) | null
  /** Refunds that are confirmed now; `known` is false for one that was made at the provider's dashboard. */
  refunds: (RefundState & { known: boolean; confirmedAt: Date })[]
  flags: NewFlag[]
}

/** Throws when the attempt is not one of the account's. */
export function absorb(account: InvoiceAccount, attemptId: string, report: ProviderTransaction): Verdict {
  const before = account.attempts.find(({ id }) => id === attemptId)
  if (!before) throw new Error(`the invoice has no attempt ${attemptId}`)
  const flags: NewFlag[] = []
  const receipt = newReceipt(account, before, report, flags)
  const receipts = receipt
    ? [...before.receipts, { transactionId: receipt.transactionId, amount: receipt.amount }]
    : before.receipts
  const isBooked = receipts.some(({ transactionId }) => transactionId === report.transactionId)
  const confirmed = isBooked ? newlyConfirmed(before, report, flags) : []
  if (isBooked && report.status === 'charged_back') {
    flags.push(flag('chargeback', report, 'the provider took the money back', report.amount))
  }

  const own = before.transactionId === null || before.transactionId === report.transactionId
  const facts: Attempt = {
    ...before,
    transactionId: before.transactionId ?? report.transactionId,
    receipts,
    refunds: withConfirmed(before.refunds, confirmed),
  }
  // A second payment of the same code says nothing about the state of the first.
  const attempt = { ...facts, status: own || receipts.length > 0 ? statusAfter(facts, report.status) : before.status }
  const after = { ...account, attempts: account.attempts.map((each) => (each.id === attemptId ? attempt : each)) }
  return {
    account: after,
    attempt,
    attemptStatus: { from: before.status, to: attempt.status },
    invoiceStatus: { from: statusOf(account), to: statusOf(after) },
    receipt,
    refunds: confirmed,
    flags,
  }
}

export const statusOf = ({ total, cancelled, attempts }: InvoiceAccount): InvoiceStatus =>
  invoiceStatus(total, cancelled, attempts)

function newReceipt(
  account: InvoiceAccount,
  attempt: Attempt,
  report: ProviderTransaction,
  flags: NewFlag[],
): Verdict['receipt'] {
  if (!isMoney(report.status)) return null
  if (report.amount !== attempt.amount) {
    flags.push(mismatch(report.transactionId, attempt.amount, report.amount))
    return null
  }
  if (attempt.receipts.some(({ transactionId }) => transactionId === report.transactionId)) return null
  if (isEnded(attempt.status)) {
    flags.push(flag('late_payment', report, `paid after the attempt was ${attempt.status}`, report.amount))
  }
  if (account.cancelled)
    flags.push(flag('paid_after_cancellation', report, 'paid after the invoice was cancelled', report.amount))
  else if (account.attempts.reduce((all, each) => all + receivedBy(each), 0) >= account.total) {
    flags.push(flag('overpaid', report, 'paid once more after the invoice was paid', report.amount))
  }
  return { transactionId: report.transactionId, amount: report.amount, settledAt: report.settledAt }
}

function newlyConfirmed(attempt: Attempt, report: ProviderTransaction, flags: NewFlag[]): Verdict['refunds'] {
  return report.refunds.flatMap(({ key, amount, confirmedAt }) => {
    const known = attempt.refunds.find((refund) => refund.key === key)
    if (!confirmedAt || known?.status === 'confirmed') return []
    if (known && known.amount !== amount) {
      flags.push(mismatch(`refund ${key}`, known.amount, amount))
      return []
    }
    const refund = { key, transactionId: report.transactionId, amount, status: 'confirmed' as const }
    return [{ ...refund, known: known !== undefined, confirmedAt }]
  })
}

function withConfirmed(refunds: readonly RefundState[], confirmed: Verdict['refunds']): RefundState[] {
  const keys = new Set(confirmed.map(({ key }) => key))
  const news = confirmed.filter(({ known }) => !known)
  return [
    ...refunds.map((refund) => (keys.has(refund.key) ? { ...refund, status: 'confirmed' as const } : refund)),
    ...news.map(({ key, transactionId, amount, status }) => ({ key, transactionId, amount, status })),
  ]
}

const flag = (kind: FlagKind, { transactionId }: ProviderTransaction, what: string, amount: number): NewFlag => ({
  kind,
  reference: transactionId,
  detail: `Transaction ${transactionId}: ${what}.`,
  amount,
})

/** Two amounts that must be the same are not. `about` says which transaction, refund or notification. */
export const mismatch = (about: string, expected: number, said: number): NewFlag => ({
  kind: 'amount_mismatch',
  reference: `${about}:${said}`,
  detail: `${about}: Rp${said} where Rp${expected} was expected; not booked.`,
  amount: said,
})
