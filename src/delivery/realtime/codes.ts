// What a client is told when it is refused or sent away: the codes of the Centrifugo client protocol, for every protocol here.
// Closes below 3500 and from 4000 to 4499 ask the client to come back, the others to stay away. Listed in docs/realtime.md.

export interface Close {
  readonly code: number
  readonly reason: string
}

export const closes = {
  shutdown: { code: 3001, reason: 'shutdown' },
  serverError: { code: 3004, reason: 'internal server error' },
  expired: { code: 3005, reason: 'connection expired' },
  slow: { code: 3008, reason: 'slow' },
  insufficientState: { code: 3010, reason: 'insufficient state' },
  forceReconnect: { code: 3011, reason: 'force reconnect' },
  noPong: { code: 3012, reason: 'no pong' },
  tooManyRequests: { code: 3013, reason: 'too many requests' },
  rightsChanged: { code: 3014, reason: 'state invalidated' },
  signedOut: { code: 3500, reason: 'signed out' },
  invalidToken: { code: 3500, reason: 'invalid token' },
  badRequest: { code: 3501, reason: 'bad request' },
  stale: { code: 3502, reason: 'stale' },
  forced: { code: 3503, reason: 'force disconnect' },
  wrongProtocol: { code: 3506, reason: 'inappropriate protocol' },
  notAvailable: { code: 3508, reason: 'not available' },
} as const satisfies Record<string, Close>

/** The peer went away by itself. */
export const gone: Close = { code: 3000, reason: 'connection closed' }

export const comesBack = ({ code }: Close): boolean => !((code >= 3500 && code < 4000) || (code >= 4500 && code < 5000))

/** A command that failed; the connection stays. */
export class CommandError extends Error {
  readonly code: number
  readonly temporary: boolean
  /** Seconds until it is worth trying again. */
  readonly retryAfter: number | undefined

  constructor(code: number, message: string, more: { temporary?: boolean; retryAfter?: number } = {}) {
    super(message)
    this.name = 'CommandError'
    this.code = code
    this.temporary = more.temporary ?? false
    this.retryAfter = more.retryAfter
  }
}

export const errors = {
  internal: () => new CommandError(100, 'internal server error', { temporary: true }),
  unauthorized: () => new CommandError(101, 'unauthorized'),
  unknownChannel: () => new CommandError(102, 'unknown channel'),
  permissionDenied: () => new CommandError(103, 'permission denied'),
  methodNotFound: () => new CommandError(104, 'method not found'),
  alreadySubscribed: () => new CommandError(105, 'already subscribed'),
  limitExceeded: (what: string) => new CommandError(106, `limit exceeded: ${what}`),
  badRequest: (what = '') => new CommandError(107, what === '' ? 'bad request' : `bad request: ${what}`),
  tokenExpired: () => new CommandError(109, 'token expired'),
  tooManyRequests: (seconds: number, why = 'too many requests') =>
    new CommandError(111, `${why}; come back in ${seconds} s`, { temporary: true, retryAfter: seconds }),
  unrecoverable: () => new CommandError(112, 'unrecoverable position'),
} as const

/** A command that ends the connection. */
export class Disconnect extends Error {
  readonly close: Close
  constructor(close: Close) {
    super(close.reason)
    this.name = 'Disconnect'
    this.close = close
  }
}
