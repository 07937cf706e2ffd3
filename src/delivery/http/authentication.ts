// The port through which the HTTP door learns who calls. Identity implements it; the door knows nothing of sessions or
// tokens beyond where a request carries them.
import type { Caller } from '../../platform/contract/call.ts'

export interface Credentials {
  /** The value of the session cookie, without its name. */
  cookie?: string
  /** The whole `Authorization` header. */
  authorization?: string
}

/**
 * Who calls from `address`. `Authorization` wins over the cookie. Throws `not_signed_in` when an `Authorization` header is
 * there and not valid; a cookie that is unknown or expired makes an anonymous caller.
 */
export type Authenticate = (credentials: Credentials, address: string) => Promise<Caller>
