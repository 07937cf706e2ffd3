// Errors are values of the contract: each is declared once with its code and HTTP status, and thrown as a `Problem`,
// which every door renders in its own form (RFC 9457 problem+json for REST).

/** Where the input is wrong: a JSON Pointer (RFC 6901) into the input and a sentence. */
export interface InputError {
  pointer: string
  detail: string
}

export interface ProblemDetails {
  detail?: string
  errors?: InputError[]
  /** Seconds until it is worth trying again; becomes `Retry-After`. */
  retryAfter?: number
}

export interface ProblemType<C extends string = string> {
  readonly code: C
  readonly status: number
  readonly title: string
  /** Makes the throwable problem. `detail` says what happened in this case and what to do. */
  because(detail?: string, more?: Omit<ProblemDetails, 'detail'>): Problem
}

export class Problem extends Error {
  readonly type: ProblemType
  readonly details: ProblemDetails
  constructor(type: ProblemType, details: ProblemDetails) {
    super(details.detail ?? type.title)
    this.name = 'Problem'
    this.type = type
    this.details = details
  }
}

/** Declares an error. `code` is snake_case and permanent: clients branch on it. */
export function problem<C extends string>(code: C, status: number, title: string): ProblemType<C> {
  const type: ProblemType<C> = {
    code,
    status,
    title,
    because: (detail, more) => new Problem(type, { ...(detail === undefined ? {} : { detail }), ...more }),
  }
  return type
}

// The problems any operation may answer with, whatever its domain.
export const InvalidInput = problem('invalid_input', 422, 'The input is not valid.')
export const MalformedRequest = problem('malformed_request', 400, 'The request could not be read.')
export const UnsupportedMediaType = problem('unsupported_media_type', 415, 'Send the body as application/json.')
export const BodyTooLarge = problem('body_too_large', 413, 'The request body is too large.')
export const NotSignedIn = problem('not_signed_in', 401, 'Sign in to do this.')
export const Forbidden = problem('forbidden', 403, 'You may not do this.')
export const CrossSiteRequest = problem('cross_site_request', 403, 'The request came from another site.')
export const NotFound = problem('not_found', 404, 'There is nothing here.')
export const MethodNotAllowed = problem('method_not_allowed', 405, 'This address does not answer to that method.')
export const TooManyRequests = problem('too_many_requests', 429, 'Too many requests.')
export const IdempotencyKeyMissing = problem('idempotency_key_missing', 400, 'The Idempotency-Key header is required.')
export const IdempotencyKeyReused = problem(
  'idempotency_key_reused',
  422,
  'The Idempotency-Key was used with another input.',
)
export const IdempotencyKeyInFlight = problem(
  'idempotency_key_in_flight',
  409,
  'The first request with this key is still running.',
)
export const Unavailable = problem('unavailable', 503, 'The service cannot answer just now.')
export const InternalError = problem('internal_error', 500, 'Something went wrong on our side.')

export const commonProblems: readonly ProblemType[] = [
  InvalidInput,
  MalformedRequest,
  UnsupportedMediaType,
  BodyTooLarge,
  NotSignedIn,
  Forbidden,
  CrossSiteRequest,
  NotFound,
  MethodNotAllowed,
  TooManyRequests,
  IdempotencyKeyMissing,
  IdempotencyKeyReused,
  IdempotencyKeyInFlight,
  Unavailable,
  InternalError,
]
