// Who may come in at all, before any protocol is spoken: from which site, from which address, while there is room.
import type { IncomingMessage } from 'node:http'
import { sameText } from '../../platform/crypto.ts'
import { networkOf } from '../../platform/limits/bucket.ts'
import type { Broker } from './broker/broker.ts'
import { closes, CommandError, Disconnect } from './codes.ts'

/** A refusal as HTTP says it. */
export class Refused extends Error {
  readonly status: number
  readonly code: string
  readonly retryAfter: number | undefined
  constructor(status: number, code: string, message: string, retryAfter?: number) {
    super(message)
    this.name = 'Refused'
    this.status = status
    this.code = code
    this.retryAfter = retryAfter
  }
}

export interface DoorOptions {
  broker: Broker
  /** Origins of pages that may connect, besides the host's own. */
  origins: ReadonlySet<string>
  clientAddress(peer: string | undefined, forwarded: string | undefined): string
  csrfOf(sessionId: string): string
  connectionsPerAddress: number
}

/** What a request shows of who sends it. */
export interface Shown {
  token: string | null
  csrf: string
  /** The token stands in the address, where logs and histories keep it. */
  inAddress: boolean
}

const SECONDS_FULL = 10

export class Door {
  draining = false
  /** Seconds in which a drained process is likely to be back. */
  readonly secondsBack = 5
  readonly #options: DoorOptions

  constructor(options: DoorOptions) {
    this.#options = options
  }

  address(request: IncomingMessage): string {
    const forwarded = request.headers['x-forwarded-for']
    return this.#options.clientAddress(
      // A request that was cut off has no socket any more, whatever its type says.
      (request.socket as IncomingMessage['socket'] | null)?.remoteAddress,
      Array.isArray(forwarded) ? forwarded.join(',') : forwarded,
    )
  }

  /** The page's origin, when it is a page that connects and may. Throws `Refused` when it may not. */
  origin({ headers }: IncomingMessage): string | null {
    const { origin, host } = headers
    if (origin === undefined) return null
    if (this.#options.origins.has(origin) || (URL.canParse(origin) && new URL(origin).host === host)) return origin
    throw new Refused(403, 'cross_site_request', 'Pages of this site may not connect.')
  }

  /** A place among those of the address who have not said yet who they are; its key. */
  async place(address: string): Promise<string> {
    if (this.draining)
      throw new Refused(
        503,
        'unavailable',
        `This process is about to stop; come back in ${this.secondsBack} s.`,
        this.secondsBack,
      )
    const key = `address:${networkOf(address)}`
    if (await this.#options.broker.counter.take(key, this.#options.connectionsPerAddress)) return key
    throw new Refused(
      429,
      'too_many_requests',
      `Too many connections from this address wait to sign in; come back in ${SECONDS_FULL} s.`,
      SECONDS_FULL,
    )
  }
  leave(key: string): void {
    this.#options.broker.counter.free(key)
  }

  /** A token that came with the address opens nothing without the csrf value of its session. */
  checkCsrf({ csrf, inAddress }: Shown, sessionId: string): void {
    if (inAddress && !sameText(csrf, this.#options.csrfOf(sessionId)))
      throw new Refused(403, 'csrf_mismatch', 'The csrf value is missing or belongs to another session.')
  }
}

/** The token and csrf value of the query, or of the subprotocols `token.…` and `csrf.…`. */
export function shownBy(request: IncomingMessage, query: URLSearchParams): Shown {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim())
  const valueOf = (prefix: string) => offered.find((name) => name.startsWith(prefix))?.slice(prefix.length)
  const inHeader = valueOf('token.')
  if (inHeader !== undefined) return { token: inHeader, csrf: valueOf('csrf.') ?? '', inAddress: false }
  const token = query.get('token')
  return { token, csrf: query.get('csrf') ?? '', inAddress: token !== null }
}

/** What an HTTP request is answered for a failure that a command would be told by a code. */
export function asRefused(error: unknown): Refused | undefined {
  if (error instanceof Refused) return error
  if (error instanceof Disconnect && error.close === closes.tooManyRequests)
    return new Refused(429, 'too_many_requests', 'Too many requests, and no end to them.', 60)
  if (error instanceof Disconnect)
    return new Refused(401, 'not_signed_in', `The token is not valid: ${error.close.reason}.`)
  if (!(error instanceof CommandError)) return undefined
  if (error.code === 109) return new Refused(401, 'token_expired', 'The token has expired; ask for a new one.')
  if (error.code === 111) return new Refused(429, 'too_many_requests', error.message, error.retryAfter)
  return new Refused(403, 'forbidden', error.message)
}

/** The answer's body and headers (RFC 9457). */
export function problemOf({ status, code, message, retryAfter }: Refused): {
  headers: Record<string, string>
  body: string
} {
  const body = JSON.stringify({ type: 'about:blank', title: message, status, code, detail: message })
  return {
    body,
    headers: {
      'content-type': 'application/problem+json',
      'content-length': String(Buffer.byteLength(body)),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
      ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    },
  }
}
