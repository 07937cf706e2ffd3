// Whether a token opens a connection. Nothing is looked up: the token says who and in which role, the log says whose sessions
// have ended and whose rights have changed since it was issued.
import type { Role } from '../../platform/contract/operation.ts'
import { roles } from '../../platform/contract/operation.ts'
import type { Tokens } from '../../platform/tokens.ts'
import { closes, Disconnect, errors } from './codes.ts'
import type { Reader } from './connection.ts'

/** Longer than any token lives, with room for clocks that differ. */
export const REMEMBERED_MS = 360_000

export interface Admission {
  /** Who the token belongs to. Throws a `CommandError` (109 when it has run out) or a `Disconnect` (final). */
  reader(token: string): Promise<Reader>
  /** The channel that a subscription token allows its bearer, and until when in epoch seconds. */
  channel(token: string, userId: string): Promise<{ channel: string; expiresAt: number }>
  /** Throws when the session or the rights of somebody who was let in have ended since. */
  check(reader: Reader): void
  endSessions(sessionIds: readonly string[]): void
  /** Tokens issued to the user up to now say nothing any more. */
  changeRights(userId: string): void
  forget(): void
}

export function createAdmission({
  tokens,
  now,
}: {
  tokens: Pick<Tokens, 'verify'>
  /** Epoch milliseconds. */
  now: () => number
}): Admission {
  const ended = new Map<string, number>()
  const changed = new Map<string, number>()

  async function verified(token: string) {
    const claims = await tokens.verify(token, 'realtime')
    if (claims) return claims
    throw hasRunOut(token, now()) ? errors.tokenExpired() : new Disconnect(closes.invalidToken)
  }

  return {
    async reader(token) {
      const { sub, sid, exp, iat, more } = await verified(token)
      // A token for a channel is no token for a connection.
      if (!isRole(more.role) || more.channel !== undefined) throw new Disconnect(closes.invalidToken)
      if (ended.has(sid)) throw new Disconnect(closes.signedOut)
      // Seconds are all a token tells: one of the same second may be older than the change.
      if (iat * 1000 <= (changed.get(sub) ?? -Infinity)) throw errors.tokenExpired()
      return { userId: sub, role: more.role, sessionId: sid, issuedAt: iat, expiresAt: exp }
    },
    async channel(token, userId) {
      const { sub, sid, exp, iat, more } = await verified(token)
      if (sub !== userId || typeof more.channel !== 'string' || ended.has(sid)) throw errors.permissionDenied()
      if (iat * 1000 <= (changed.get(sub) ?? -Infinity)) throw errors.tokenExpired()
      return { channel: more.channel, expiresAt: exp }
    },
    check({ userId, sessionId, issuedAt }) {
      if (ended.has(sessionId)) throw new Disconnect(closes.signedOut)
      if (issuedAt * 1000 <= (changed.get(userId) ?? -Infinity)) throw new Disconnect(closes.rightsChanged)
    },
    endSessions(sessionIds) {
      for (const id of sessionIds) ended.set(id, now())
    },
    changeRights: (userId) => void changed.set(userId, now()),
    forget() {
      const before = now() - REMEMBERED_MS
      for (const map of [ended, changed]) for (const [key, at] of map) if (at < before) map.delete(key)
    },
  }
}

const isRole = (value: unknown): value is Role => (roles as readonly unknown[]).includes(value)

/** Only tells a bearer who is refused anyway to fetch another token; nothing is believed. */
function hasRunOut(token: string, now: number): boolean {
  try {
    const { exp } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { exp?: unknown }
    return typeof exp === 'number' && exp * 1000 <= now
  } catch {
    return false
  }
}
