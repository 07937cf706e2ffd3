// Asking the provider about an attempt and posting the answer: the one way in which money is ever believed. Notifications,
// the reconciliation and people who press "check" all come through here.
import { systemScope } from '../../../platform/contract/scope.ts'
import { Problem } from '../../../platform/contract/problem.ts'
import type { Platform } from '../../../platform/platform.ts'
import { PaymentNotPending, ProviderRefused, RefundRefused } from '../contract.ts'
import type { PaymentGateway, ProviderTransaction } from '../gateway.ts'
import * as refunds from '../refunds/store.ts'
import { isEnded, isLive } from '../payments/attempt.ts'
import type { Posting } from '../posting/posting.ts'
import { nextCheck } from '../payments/schedule.ts'
import * as store from '../payments/store.ts'
import type { AttemptRow } from '../payments/store.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** How long a charge may be under way before an attempt without an answer counts as abandoned. */
export const CHARGE_PATIENCE = MINUTE
/** The provider's own clock ends a code up to this much later than ours. */
const EXPIRY_PATIENCE = 2 * MINUTE

export const isProblem = (error: unknown, ...types: { code: string }[]): boolean =>
  error instanceof Problem && types.some(({ code }) => code === error.type.code)

export type Inquiry = ReturnType<typeof createInquiry>

export function createInquiry({
  platform,
  gateway,
  posting,
}: {
  platform: Platform
  gateway: PaymentGateway
  posting: Posting
}) {
  const { clock, database } = platform
  const age = (since: Date) => clock.now().getTime() - since.getTime()

  /** Closes the code at the provider, unless it was paid before. */
  async function close(attempt: AttemptRow, how: 'cancel' | 'expire'): Promise<void> {
    try {
      await gateway[how](attempt.order_id)
    } catch (error) {
      if (!isProblem(error, PaymentNotPending)) throw error
    }
  }

  async function closeIfUnwanted(attempt: AttemptRow): Promise<void> {
    const open = isLive(attempt.status) || isEnded(attempt.status)
    if (attempt.cancel_requested_at && open) return close(attempt, 'cancel')
    // Nobody was ever shown this code, so nobody can have paid it.
    if (attempt.status === 'created' && age(attempt.created_at) >= CHARGE_PATIENCE) return close(attempt, 'cancel')
    if (attempt.status === 'pending' && attempt.expires_at && age(attempt.expires_at) >= EXPIRY_PATIENCE)
      return close(attempt, 'expire')
  }

  async function own(attempt: AttemptRow): Promise<ProviderTransaction | null> {
    await closeIfUnwanted(attempt)
    const report = await gateway.status(attempt.order_id)
    if (report) return report
    const expired = attempt.expires_at !== null && age(attempt.expires_at) >= EXPIRY_PATIENCE
    if (attempt.status === 'created' && (attempt.cancel_requested_at || age(attempt.created_at) >= CHARGE_PATIENCE)) {
      await database.transaction((tx) =>
        posting.giveUp(tx, attempt, attempt.cancel_requested_at ? 'cancelled' : 'failed'),
      )
    } else if (attempt.status === 'pending' && (attempt.cancel_requested_at || expired)) {
      await database.transaction((tx) => posting.giveUp(tx, attempt, expired ? 'expired' : 'cancelled'))
    }
    return null
  }

  const post = (attempt: AttemptRow, report: ProviderTransaction) =>
    database.transaction((tx) => posting.post(tx, attempt, report))

  /** Asks again for refunds that the provider does not list; flags what it has not confirmed for a day. */
  async function pursueRefunds(attempt: AttemptRow, reports: ProviderTransaction[]): Promise<void> {
    const listed = new Set(reports.flatMap((report) => report.refunds.map(({ key }) => key)))
    for (const refund of await refunds.openRefunds(database.db, attempt.id)) {
      if (age(refund.created_at) >= DAY) {
        const detail = `Refund ${refund.key}: asked for, but not confirmed by the provider.`
        await posting.flag(attempt, { kind: 'refund_unconfirmed', reference: refund.id, detail, amount: refund.amount })
      }
      if (!listed.has(refund.key) && age(refund.created_at) >= MINUTE) await askRefund(attempt, refund)
    }
  }

  /** Asks for a refund (again) under its key and posts the answer. A refusal is written down and thrown. */
  async function requestRefund(attempt: AttemptRow, refund: refunds.RefundRow): Promise<void> {
    const { key, amount, reason, transaction_id: transactionId } = refund
    const from = transactionId === attempt.transaction_id ? {} : { transactionId }
    let report: ProviderTransaction
    try {
      report = await gateway.refund(attempt.order_id, { key, amount, reason, ...from })
    } catch (error) {
      if (isProblem(error, RefundRefused, ProviderRefused))
        await database.transaction((tx) => refunds.failRefund(tx, refund.id))
      throw error
    }
    await post(attempt, report)
  }
  async function askRefund(attempt: AttemptRow, refund: refunds.RefundRow): Promise<void> {
    try {
      await requestRefund(attempt, refund)
    } catch (error) {
      if (!isProblem(error, RefundRefused, ProviderRefused)) throw error
    }
  }

  /** Posting plans the next check; where nothing could be posted it is planned here. */
  async function reschedule(attemptId: string): Promise<void> {
    const {
      status,
      created_at: createdAt,
      expires_at: expiresAt,
      ended_at: endedAt,
      settled_at: settledAt,
    } = await find(attemptId)
    const refundRequestedAt = (await refunds.openRefunds(database.db, attemptId))[0]?.created_at ?? null
    const times = { status, createdAt, expiresAt, endedAt, settledAt, refundRequestedAt }
    await store.scheduleCheck(database.db, attemptId, nextCheck(times, clock.now()))
  }

  const find = async (id: string): Promise<AttemptRow> => {
    const attempt = await store.attempt(database.db, systemScope(), id)
    if (!attempt) throw new Error(`there is no attempt ${id}`)
    return attempt
  }

  return {
    close,
    requestRefund,
    /** Everything the provider knows of the attempt: the charge, and payments beyond it that we know of. */
    async inquire(attemptId: string): Promise<AttemptRow> {
      const attempt = await find(attemptId)
      const reports: ProviderTransaction[] = []
      const charge = await own(attempt)
      if (charge) reports.push(charge)
      for (const transactionId of await store.furtherPayments(database.db, attempt.id)) {
        const report = await gateway.status(attempt.order_id, transactionId)
        if (report) reports.push(report)
      }
      for (const report of reports) await post(attempt, report)
      await pursueRefunds(attempt, reports)
      if (!charge) await reschedule(attemptId)
      return find(attemptId)
    },
    /** What a notification spoke about: the charge, or another payment of the same code. */
    async inquireOf(attemptId: string, transactionId: string): Promise<AttemptRow> {
      const attempt = await find(attemptId)
      const charge =
        attempt.transaction_id === null || attempt.transaction_id === transactionId ? await own(attempt) : null
      if (charge) await post(attempt, charge)
      const ownId = attempt.transaction_id ?? charge?.transactionId
      if (ownId !== undefined && ownId !== transactionId) {
        const further =
          (await gateway.status(attempt.order_id, transactionId)) ?? (await gateway.status(attempt.order_id))
        if (further) await post(attempt, further)
      }
      return find(attemptId)
    },
    find,
  }
}
