// Brake on guessing passwords: every attempt fills two leaking buckets, the account's and the address's, before any hashing,
// so that a thousand attempts at once are braked like a thousand in a row; a right password takes its drop back. Pure rules;
// the levels are kept in the database, so that all processes share them.

export interface Brake {
  /** Attempts it holds. */
  holds: number
  /** Milliseconds until one is forgotten. */
  forgets: number
}
export const ACCOUNT_BRAKE: Brake = { holds: 8, forgets: 60_000 }
/** An office shares one address. */
export const ADDRESS_BRAKE: Brake = { holds: 40, forgets: 15_000 }
/** Mailed links for one account, whoever asks for them: nobody's mailbox is flooded through us. */
export const MAIL_BRAKE: Brake = { holds: 5, forgets: 600_000 }

/** Seconds until a bucket filled to `level` (this attempt included) takes the next attempt; 0 when this one may go on. */
export function secondsToWait(level: number, brake: Brake): number {
  const over = level - brake.holds
  return over <= 0 ? 0 : Math.max(1, Math.ceil((over * brake.forgets) / 1000))
}
