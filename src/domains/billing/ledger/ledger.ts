// Bookings: every movement of money as a balanced set of entries. Whole rupiah; a positive amount is a debit. Pure.

export type LedgerAccount = 'accounts_receivable' | 'revenue' | 'gateway_clearing' | 'refunds'
export type BookingKind = 'invoice_issued' | 'invoice_cancelled' | 'payment_received' | 'payment_refunded'
export interface Entry {
  account: LedgerAccount
  amount: number
}
export interface Booking {
  kind: BookingKind
  /** Names the fact; the ledger takes one booking of a reference. */
  reference: string
  entries: Entry[]
}

/** The client owes the total. */
export const bookIssue = (invoiceId: string, total: number): Booking =>
  balanced('invoice_issued', `issue:${invoiceId}`, [
    ['accounts_receivable', total],
    ['revenue', -total],
  ])

/** What was issued is taken back; money that arrives later is owed to the client. */
export const bookCancellation = (invoiceId: string, total: number): Booking =>
  balanced('invoice_cancelled', `cancel:${invoiceId}`, [
    ['revenue', total],
    ['accounts_receivable', -total],
  ])

/** The provider holds the money for us; the client owes that much less, or has that much to his credit. */
export const bookReceipt = (attemptId: string, transactionId: string, amount: number): Booking =>
  balanced('payment_received', `payment:${attemptId}:${transactionId}`, [
    ['gateway_clearing', amount],
    ['accounts_receivable', -amount],
  ])

/**
 * Money given back first uses up what the client has to his credit (`balance` is negative then); the rest is revenue given
 * back. `balance` is the invoice's before the refund.
 */
export function bookRefund(refundId: string, amount: number, balance: number): Booking {
  const credit = Math.min(amount, Math.max(0, -balance))
  return balanced('payment_refunded', `refund:${refundId}`, [
    ['accounts_receivable', credit],
    ['refunds', amount - credit],
    ['gateway_clearing', -amount],
  ])
}

function balanced(kind: BookingKind, reference: string, entries: [LedgerAccount, number][]): Booking {
  const moved = entries.filter(([, amount]) => amount !== 0).map(([account, amount]) => ({ account, amount }))
  const difference = moved.reduce((total, { amount }) => total + amount, 0)
  if (difference !== 0) throw new Error(`booking ${reference} is out of balance by ${difference}`)
  return { kind, reference, entries: moved }
}
