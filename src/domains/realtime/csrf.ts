// Binds the csrf value to the session: a token alone, as it may stand in a log, opens no connection.
import { hmac } from '../../platform/crypto.ts'

export const csrfOf = (csrfKey: Uint8Array, sessionId: string): string => hmac(csrfKey, `realtime:${sessionId}`)
