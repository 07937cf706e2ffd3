// The life of a session: thirty days at most, seven without use; and of the links we mail. Pure rules.

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
export const SESSION_LIFE = 30 * DAY
export const SESSION_IDLE = 7 * DAY
/** How exact `last_seen_at` is: a write a request would be a waste. */
export const SEEN_STEP = 5 * MINUTE
export const ACCESS_TOKEN_SECONDS = 600
export const LINK_LIFE = { verify_email: 3 * DAY, reset_password: 60 * MINUTE } as const
export type LinkPurpose = keyof typeof LINK_LIFE

export function isAlive(session: { lastSeenAt: Date; expiresAt: Date }, now: Date): boolean {
  return now < session.expiresAt && now.getTime() - session.lastSeenAt.getTime() < SESSION_IDLE
}
