// When the provider is asked about an attempt of its own accord, because a notification may never come. Pure: the next of the
// planned times after now. The plan follows the provider's advice: shortly after expiry, then an hour, then a day later;
// paid ones are swept daily as long as a refund or chargeback may still happen.
import type { PaymentStatus } from '../contract.ts'
import { isEnded } from './attempt.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** The provider's window for refunds. */
export const SWEEP_DAYS = 45

export interface Times {
  status: PaymentStatus
  createdAt: Date
  expiresAt: Date | null
  endedAt: Date | null
  settledAt: Date | null
  /** When the oldest refund that is not confirmed yet was asked for. */
  refundRequestedAt: Date | null
}

/** Null when nothing more can happen that we would not be told. */
export function nextCheck(times: Times, now: Date): Date | null {
  const due = [...planOf(times), ...refundPlan(times)].filter((time) => time > now.getTime())
  return due.length > 0 ? new Date(Math.min(...due)) : null
}

function planOf({ status, createdAt, expiresAt, endedAt, settledAt }: Times): number[] {
  const created = createdAt.getTime()
  if (status === 'created') return [MINUTE, 3 * MINUTE, 10 * MINUTE, HOUR, ...days(30)].map((delay) => created + delay)
  if (status === 'pending') {
    const expiry = expiresAt?.getTime() ?? created + 15 * MINUTE
    return [2 * MINUTE, HOUR, ...days(SWEEP_DAYS)].map((delay) => expiry + delay)
  }
  if (isEnded(status)) {
    const end = (endedAt ?? createdAt).getTime()
    return [2 * MINUTE, HOUR, DAY].map((delay) => end + delay)
  }
  return days(SWEEP_DAYS).map((delay) => (settledAt ?? createdAt).getTime() + delay)
}

const refundPlan = ({ refundRequestedAt }: Times): number[] =>
  refundRequestedAt ? [2 * MINUTE, HOUR, ...days(SWEEP_DAYS)].map((delay) => refundRequestedAt.getTime() + delay) : []

const days = (count: number) => Array.from({ length: count }, (_, day) => (day + 1) * DAY)

/** How long to wait after the provider could not be asked for the n-th time in a row (from 1): 30 s doubling to an hour. */
export const pauseAfterFailure = (failures: number): number => Math.min(HOUR, 30_000 * 2 ** Math.min(failures - 1, 10))
