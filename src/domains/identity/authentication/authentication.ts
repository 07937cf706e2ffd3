// From a cookie's token or a bearer token to the caller behind it: one query, so that a revoked session ends at once.
import type { Account, Caller } from '../../../platform/contract/call.ts'
import type { Clock } from '../../../platform/clock.ts'
import { NotSignedIn } from '../../../platform/contract/problem.ts'
import { createSharing } from '../../../platform/sharing.ts'
import { sha256 } from '../../../platform/crypto.ts'
import type { Database } from '../../../platform/database.ts'
import type { Tokens } from '../../../platform/tokens.ts'
import { SEEN_STEP, isAlive } from '../session.ts'
import * as store from '../store.ts'

type Found = NonNullable<Awaited<ReturnType<typeof store.sessionById>>>
/** Where a request may carry who calls. */
export interface Credentials {
  /** The value of the session cookie, without its name. */
  cookie?: string
  /** The whole `Authorization` header. */
  authorization?: string
}

const accountOf = (found: Found): Account => ({
  id: found.id,
  name: found.name,
  email: found.email,
  role: found.role,
  locale: found.locale,
  emailVerified: found.email_verified_at !== null,
})

const callerOf = (found: Found, address: string, via: 'cookie' | 'bearer'): Caller => ({
  kind: 'user',
  user: accountOf(found),
  sessionId: found.session_id,
  address,
  via,
})

export function createAuthentication({
  database,
  clock,
  tokens,
}: {
  database: Database
  clock: Clock
  tokens: Tokens
}) {
  const share = createSharing<Found | null>()

  async function alive(found: Found | undefined): Promise<Found | null> {
    if (!found) return null
    const now = clock.now()
    if (!isAlive({ lastSeenAt: found.last_seen_at, expiresAt: found.expires_at }, now)) return null
    if (now.getTime() - found.last_seen_at.getTime() > SEEN_STEP)
      await store.touchSession(database.db, found.session_id, now)
    return found
  }
  const byCookie = (token: string) =>
    share(token, async () => alive(await store.sessionByToken(database.db, sha256(token))))
  const bySession = (id: string) => share(id, async () => alive(await store.sessionById(database.db, id)))

  return {
    /**
     * Who calls. `Authorization` goes before the cookie and must be good: `not_signed_in` otherwise. A cookie that is unknown
     * or expired makes an anonymous caller.
     */
    async authenticate({ cookie, authorization }: Credentials, address: string): Promise<Caller> {
      if (authorization !== undefined) return callerOf(await byBearer(authorization), address, 'bearer')
      const found = cookie === undefined ? null : await byCookie(cookie)
      return found ? callerOf(found, address, 'cookie') : { kind: 'anonymous', address }
    },
    /** The account of a live session; null once it ended. For connections that outlive a request. */
    async accountOfSession(sessionId: string): Promise<Account | null> {
      const found = await bySession(sessionId)
      return found ? accountOf(found) : null
    },
  }

  async function byBearer(authorization: string): Promise<Found> {
    const [, token] = /^Bearer +([^ ]+)$/i.exec(authorization) ?? []
    const claims = token === undefined ? null : await tokens.verify(token, 'api')
    const found = claims && (await bySession(claims.sid))
    if (!found || found.id !== claims.sub)
      throw NotSignedIn.because('The access token is not valid or has expired; ask for a new one.')
    return found
  }
}
