// Tokens for live connections.
import { hmac } from '../../platform/crypto.ts'
import { implement } from '../../platform/contract/call.ts'
import type { Platform, Slice } from '../../platform/platform.ts'
import type { Tokens } from '../../platform/tokens.ts'
import { operations } from './contract.ts'

export const REALTIME_TOKEN_SECONDS = 300

/** Binds the csrf value to the session: a token alone, as it may stand in a log, opens no connection. */
export const csrfOf = (csrfKey: Uint8Array, sessionId: string) => hmac(csrfKey, `realtime:${sessionId}`)

export function createRealtime({
  platform,
  tokens,
  csrfKey,
}: {
  platform: Platform
  tokens: Tokens
  csrfKey: Uint8Array
}): Slice {
  const address = new URL('/ws', platform.publicUrl)
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
  return {
    operations: implement(operations, {
      getToken: async ({ caller }) => {
        if (caller.kind !== 'user') throw new Error('realtime.getToken was called by nobody')
        const claims = { sub: caller.user.id, sid: caller.sessionId }
        return {
          token: await tokens.issue(claims, 'realtime', REALTIME_TOKEN_SECONDS),
          csrf: csrfOf(csrfKey, caller.sessionId),
          expiresIn: REALTIME_TOKEN_SECONDS,
          url: address.href,
        }
      },
    }),
  }
}
