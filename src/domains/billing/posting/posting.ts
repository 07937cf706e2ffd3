// Writes down what a report of the provider means: receipt, refund, statuses, bookings, flags and events, in one transaction
// under the lock of the invoice. Posting the same report again changes nothing.
import { systemScope } from '../../../platform/contract/scope.ts'
import type { Tx } from '../../../platform/database.ts'
import { newId } from '../../../platform/ids.ts'
import type { Platform } from '../../../platform/platform.ts'
import {
  InvoicePaid,
  PaymentEnded,
  PaymentFlagged,
  PaymentRefunded,
  PaymentSettled,
  PaymentStarted,
} from '../contract.ts'
import type { PaymentStatus } from '../contract.ts'
import * as flags from '../flags/store.ts'
import type { ProviderTransaction } from '../gateway.ts'
import type { Append } from '../invoices/invoices.ts'
import { flagFor, invoiceFor, paymentFor, refundFor } from '../invoices/listing.ts'
import * as invoices from '../invoices/store.ts'
import { bookReceipt, bookRefund } from '../ledger/ledger.ts'
import type { Booking } from '../ledger/ledger.ts'
import { balanceOf, book, identified } from '../ledger/store.ts'
import * as refunds from '../refunds/store.ts'
import { isEnded, isLive } from '../payments/attempt.ts'
import { absorb, statusOf } from '../payments/report.ts'
import type { InvoiceAccount, NewFlag, Verdict } from '../payments/report.ts'
import { nextCheck } from '../payments/schedule.ts'
import * as store from '../payments/store.ts'
import type { AttemptRow } from '../payments/store.ts'

export type OnPaid = (tx: Tx, paid: { invoiceId: string; projectId: string }) => Promise<void>
/** What only the answer to a charge tells. */
export interface Code {
  qrString: string | null
  qrImageUrl: string | null
}
interface PostingDependencies {
  platform: Platform
  onPaid: OnPaid
  cancelSoon: (tx: Tx, attemptIds: string[]) => Promise<void>
}
export type Posting = ReturnType<typeof createPosting>

const everybody = systemScope()
const MINUTE = 60_000

export function createPosting({ platform, onPaid, cancelSoon }: PostingDependencies) {
  const { clock, database } = platform
  const system =
    (tx: Tx): Append =>
    (event) =>
      platform.events.append(tx, event)
  const bookNow = (tx: Tx, invoiceId: string, booking: Booking) =>
    book(
      tx,
      invoiceId,
      identified(booking, () => newId(clock)),
      clock.now(),
    )

  async function known(tx: Tx, attempt: AttemptRow) {
    await invoices.lockInvoice(tx, everybody, attempt.invoice_id)
    const invoice = await invoices.invoice(tx, everybody, attempt.invoice_id)
    const row = await store.attempt(tx, everybody, attempt.id)
    if (!invoice || !row) throw new Error(`attempt ${attempt.id} is gone`)
    const account: InvoiceAccount = {
      total: invoice.total,
      cancelled: invoice.status === 'cancelled',
      attempts: await store.accountOf(tx, invoice.id),
    }
    return { invoice, row, account }
  }

  async function flag(tx: Tx, attempt: AttemptRow, flagged: NewFlag, append: Append): Promise<void> {
    const added = await flags.addFlag(tx, {
      ...flagged,
      id: newId(clock),
      invoice_id: attempt.invoice_id,
      attempt_id: attempt.id,
      created_at: clock.now(),
    })
    if (added) append(PaymentFlagged.of({ flag: flagFor(added) }))
  }

  async function bookMoney(
    tx: Tx,
    row: AttemptRow,
    { receipt, refunds: confirmed }: Verdict,
  ): Promise<refunds.RefundRow[]> {
    const now = clock.now()
    if (receipt) {
      await store.addReceipt(tx, {
        ...receipt,
        id: newId(clock),
        attemptId: row.id,
        settledAt: receipt.settledAt ?? now,
        createdAt: now,
      })
      await bookNow(tx, row.invoice_id, bookReceipt(row.id, receipt.transactionId, receipt.amount))
    }
    const given: refunds.RefundRow[] = []
    for (const { key, transactionId, amount, known: ours, confirmedAt } of confirmed) {
      if (ours) await refunds.confirmRefund(tx, row.id, key, confirmedAt)
      else {
        await refunds.addRefund(tx, {
          id: newId(clock),
          attempt_id: row.id,
          key,
          transaction_id: transactionId,
          amount,
          reason: key,
          status: 'confirmed',
          request_key: null,
          created_at: now,
          confirmed_at: confirmedAt,
        })
      }
      const refund = await refunds.refundByKey(tx, row.id, key)
      if (!refund) throw new Error(`refund ${key} was not written`)
      await bookNow(tx, row.invoice_id, bookRefund(refund.id, amount, await balanceOf(tx, row.invoice_id)))
      given.push(refund)
    }
    return given
  }

  async function save(
    tx: Tx,
    row: AttemptRow,
    verdict: Verdict,
    report: Partial<Code> & Pick<ProviderTransaction, 'expiresAt' | 'settledAt'>,
  ) {
    const now = clock.now()
    const { status, transactionId } = verdict.attempt
    const times = {
      status,
      createdAt: row.created_at,
      expiresAt: row.expires_at ?? report.expiresAt,
      settledAt: row.settled_at ?? (verdict.receipt ? (report.settledAt ?? now) : null),
      endedAt: row.ended_at ?? (isEnded(status) ? now : null),
      refundRequestedAt: (await refunds.openRefunds(tx, row.id))[0]?.created_at ?? null,
    }
    await store.saveAttempt(
      tx,
      row.id,
      {
        ...times,
        transactionId,
        qrString: row.qr_string ?? report.qrString ?? null,
        qrImageUrl: row.qr_image_url ?? report.qrImageUrl ?? null,
        nextCheckAt:
          status === 'pending' && row.cancel_requested_at ? new Date(now.getTime() + MINUTE) : nextCheck(times, now),
      },
      now,
    )
  }

  /** The consequences beyond the attempt: the invoice, its other codes, the project, and the events that tell everybody. */
  async function conclude(tx: Tx, row: AttemptRow, verdict: Verdict, given: refunds.RefundRow[], append: Append) {
    const { from, to } = verdict.invoiceStatus
    const becamePaid = isSettled(to) && !isSettled(from)
    const paidAt = becamePaid ? (verdict.receipt?.settledAt ?? clock.now()) : null
    if (from !== to) await invoices.setStatus(tx, row.invoice_id, { status: to, paidAt }, clock.now())
    const invoiceRow = await invoices.invoice(tx, everybody, row.invoice_id)
    const paymentRow = await store.attempt(tx, everybody, row.id)
    if (!invoiceRow || !paymentRow) throw new Error(`attempt ${row.id} is gone`)
    const about = { invoice: invoiceFor(invoiceRow), payment: paymentFor(paymentRow) }

    const told = storyOf(verdict.attemptStatus.from, verdict.attemptStatus.to)
    if (told) append(told.of(about))
    if (becamePaid) append(InvoicePaid.of({ invoice: about.invoice }))
    for (const refund of given) append(PaymentRefunded.of({ ...about, refund: refundFor(refund) }))
    for (const flagged of verdict.flags) await flag(tx, row, flagged, append)
    if (becamePaid) {
      const others = verdict.account.attempts.filter(({ id, status }) => id !== row.id && isLive(status))
      await cancelSoon(
        tx,
        others.map(({ id }) => id),
      )
      await onPaid(tx, { invoiceId: invoiceRow.id, projectId: invoiceRow.project_id })
    }
  }

  /** Locks the invoice and posts what the provider says; `code` is what a charge gave to show. */
  async function post(
    tx: Tx,
    attempt: AttemptRow,
    report: ProviderTransaction & Partial<Code>,
    append = system(tx),
  ): Promise<void> {
    const { row, invoice, account } = await known(tx, attempt)
    const verdict = absorb(account, row.id, report)
    const given = await bookMoney(tx, row, verdict)
    await save(tx, row, verdict, report)
    await conclude(
      tx,
      row,
      { ...verdict, invoiceStatus: { ...verdict.invoiceStatus, from: invoice.status } },
      given,
      append,
    )
    // A code that can be paid although nobody waits for it any more.
    const unwanted = isEnded(verdict.attempt.status) || !isOpen(verdict.invoiceStatus.to)
    if (report.status === 'pending' && unwanted && !row.cancel_requested_at) await cancelSoon(tx, [row.id])
  }

  /** Ends an attempt that the provider never heard of, or refused to begin. */
  async function giveUp(
    tx: Tx,
    attempt: AttemptRow,
    status: 'failed' | 'cancelled' | 'expired',
    append = system(tx),
  ): Promise<void> {
    const { row, invoice, account } = await known(tx, attempt)
    const before = account.attempts.find(({ id }) => id === row.id)
    if (!before || !isLive(row.status)) return
    const ended = { ...before, status }
    const after = { ...account, attempts: account.attempts.map((each) => (each.id === row.id ? ended : each)) }
    const verdict: Verdict = {
      account: after,
      attempt: ended,
      attemptStatus: { from: row.status, to: status },
      invoiceStatus: { from: invoice.status, to: statusOf(after) },
      receipt: null,
      refunds: [],
      flags: [],
    }
    await save(tx, row, verdict, { expiresAt: null, settledAt: null })
    await conclude(tx, row, verdict, [], append)
  }

  return {
    post,
    giveUp,
    /** Flags a matter outside of a report. */
    flag: (attempt: AttemptRow, flagged: NewFlag) =>
      database.transaction((tx) => flag(tx, attempt, flagged, system(tx))),
  }
}

const isSettled = (status: string) => ['paid', 'partially_refunded', 'refunded'].includes(status)
const isOpen = (status: string) => !isSettled(status) && status !== 'cancelled'

function storyOf(from: PaymentStatus, to: PaymentStatus) {
  if (from === to) return null
  if (to === 'pending') return PaymentStarted
  if (isEnded(to)) return PaymentEnded
  return isLive(from) || isEnded(from) ? PaymentSettled : null
}
