// From a cookie's token or a bearer token to the caller behind it: one query, so that a revoked session ends at once.
import type { Account, Caller } from '../../platform/contract/call.ts'
import type { Clock } from '../../platform/clock.ts'
import { sha256 } from '../../platform/crypto.ts'
import type { Database } from '../../platform/database.ts'
import type { Tokens } from '../../platform/tokens.ts'
import { SEEN_STEP, isAlive } from './session.ts'
import * as store from './store.ts'

type Found = NonNullable<Awaited<ReturnType<typeof store.sessionById>>>
export interface Credentials {
  /** The value of the session cookie. */
  cookie: string | null
  /** The token of `Authorization: Bearer`. */
  bearer: string | null
  address: string
}

const accountOf = (found: Found): Account => ({
  id: found.id,
  name: found.name,
  email: found.email,
  role: found.role,
  locale: found.locale,
  emailVerified: found.email_verified_at !== null,
})

export function createAuthentication({ database, clock, tokens }: { database: Database; clock: Clock; tokens: Tokens }) {
  async function alive(found: Found | undefined): Promise<Found | null> {
    if (!found) return null
    const now = clock.now()
    if (!isAlive({ lastSeenAt: found.last_seen_at, expiresAt: found.expires_at }, now)) return null
    if (now.getTime() - found.last_seen_at.getTime() > SEEN_STEP) await store.touchSession(database.db, found.session_id, now)
    return found
  }
  const bySession = async (id: string) => alive(await store.sessionById(database.db, id))

  return {
    /** The caller, or null when credentials were given that are not (or no longer) good. A bearer token goes before a cookie. */
    async authenticate({ cookie, bearer, address }: Credentials): Promise<Caller | null> {
      if (bearer === null && cookie === null) return { kind: 'anonymous', address }
      const found = bearer === null ? await alive(await store.sessionByToken(database.db, sha256(cookie ?? ''))) : await byBearer(bearer)
      if (!found) return null
      return { kind: 'user', user: accountOf(found), sessionId: found.session_id, address, via: bearer === null ? 'cookie' : 'bearer' }
    },
    /** The account of a live session; null once it ended. For connections that outlive a request. */
    async accountOfSession(sessionId: string): Promise<Account | null> {
      const found = await bySession(sessionId)
      return found ? accountOf(found) : null
    },
  }

  async function byBearer(token: string): Promise<Found | null> {
    const claims = await tokens.verify(token, 'api')
    const found = claims ? await bySession(claims.sid) : null
    return found && found.id === claims?.sub ? found : null
  }
}
