// Brake on guessing passwords: every failure fills two leaking buckets, the account's and the address's. A full bucket
// refuses before any hashing. Pure rules; the levels are kept in the database, so that all processes share them.

export interface Bucket {
  /** Failures remembered at `updatedAt`. */
  level: number
  updatedAt: Date
}
export interface Brake {
  /** Failures it holds. */
  holds: number
  /** Milliseconds until one is forgotten. */
  forgets: number
}
export const ACCOUNT_BRAKE: Brake = { holds: 8, forgets: 60_000 }
/** An office shares one address. */
export const ADDRESS_BRAKE: Brake = { holds: 40, forgets: 15_000 }

export function levelAt(bucket: Bucket | undefined, brake: Brake, now: Date): number {
  if (!bucket) return 0
  return Math.max(0, bucket.level - Math.max(0, now.getTime() - bucket.updatedAt.getTime()) / brake.forgets)
}

/** Seconds to wait before the next attempt; 0 when it may go on. */
export function secondsToWait(bucket: Bucket | undefined, brake: Brake, now: Date): number {
  const over = levelAt(bucket, brake, now) - (brake.holds - 1)
  return over <= 0 ? 0 : Math.max(1, Math.ceil((over * brake.forgets) / 1000))
}
