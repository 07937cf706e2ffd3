// The one way out to other people's servers: bounded in time and size, no redirects, a circuit breaker for each origin so
// that a provider which is down costs us nothing, and retries only where the caller says that repeating is harmless.
import {
  BrokenCircuitError,
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleAll,
  handleWhenResult,
  noop,
  retry,
  wrap,
} from 'cockatiel'
import type { IPolicy } from 'cockatiel'
import type { Logger } from 'pino'
import { Agent, request as send } from 'undici'

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD'
  url: string | URL
  headers?: Record<string, string>
  body?: string
  /** Milliseconds for the whole exchange; the client's `timeoutMs` unless given. */
  timeoutMs?: number
  /** Times to try again after a failure or a 502–504. Only for what may be repeated; 0 unless given. */
  retries?: number
}

export interface HttpAnswer {
  status: number
  /** Names in lower case; a repeated header is joined by a comma. */
  headers: Record<string, string>
  /** The body as UTF-8. */
  body: string
}

export type HttpFailureKind = 'timeout' | 'connection' | 'too_large' | 'circuit_open'

/** No (usable) answer came. Only with `circuit_open` is it certain that nothing was sent. */
export class HttpFailure extends Error {
  readonly kind: HttpFailureKind
  constructor(kind: HttpFailureKind, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'HttpFailure'
    this.kind = kind
  }
}

export interface HttpClient {
  /** Any HTTP status is an answer, also 3xx (never followed), 4xx and 5xx. Throws `HttpFailure`. */
  request(request: HttpRequest): Promise<HttpAnswer>
  close(): Promise<void>
}

export interface HttpClientOptions {
  log: Logger
  connectTimeoutMs?: number
  /** For the whole exchange of one try. */
  timeoutMs?: number
  maxResponseBytes?: number
  /** Failures in a row that open the circuit of an origin, and how long it stays open. `false`: no breaker. */
  breaker?: { failures: number; openMs: number } | false
}

type Exchange = IPolicy

export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { log, connectTimeoutMs = 3_000, timeoutMs = 10_000, maxResponseBytes = 1024 * 1024 } = options
  const { breaker = { failures: 5, openMs: 10_000 } } = options
  const agent = new Agent({ connect: { timeout: connectTimeoutMs }, maxResponseSize: maxResponseBytes })
  const circuits = new Map<string, Exchange>()

  function circuitOf(origin: string): Exchange {
    if (!breaker) return noop
    const known = circuits.get(origin)
    if (known) return known
    const circuit = circuitBreaker(failed, {
      halfOpenAfter: breaker.openMs,
      breaker: new ConsecutiveBreaker(breaker.failures),
    })
    circuit.onBreak(() => log.warn({ origin }, 'the other side keeps failing: circuit opened'))
    circuit.onReset(() => log.info({ origin }, 'the other side answers again: circuit closed'))
    circuits.set(origin, circuit)
    return circuit
  }

  async function exchange(request: HttpRequest, url: URL): Promise<HttpAnswer> {
    const signal = AbortSignal.timeout(request.timeoutMs ?? timeoutMs)
    const started = performance.now()
    // The path may hold ids but the query may hold anything: it is never logged, nor are headers and bodies.
    const about = { method: request.method, origin: url.origin, path: url.pathname }
    try {
      const response = await send(url, {
        method: request.method,
        headers: request.headers ?? {},
        body: request.body ?? null,
        dispatcher: agent,
        signal,
      })
      const body = await response.body.text()
      log.debug({ ...about, status: response.statusCode, ms: Math.round(performance.now() - started) }, 'request sent')
      return { status: response.statusCode, headers: flat(response.headers), body }
    } catch (error) {
      const failure = asFailure(error, signal)
      log.warn({ ...about, failure: failure.kind, ms: Math.round(performance.now() - started) }, failure.message)
      throw failure
    }
  }

  return {
    async request(request) {
      const url = new URL(request.url)
      const circuit = circuitOf(url.origin)
      const again = request.retries
        ? retry(repeatable, { maxAttempts: request.retries, backoff: new ExponentialBackoff({ initialDelay: 100 }) })
        : noop
      try {
        return await wrap(again, circuit).execute(() => exchange(request, url))
      } catch (error) {
        if (error instanceof BrokenCircuitError) {
          throw new HttpFailure('circuit_open', `${url.origin} kept failing and is left alone for a moment`)
        }
        throw error
      }
    },
    close: () => agent.close(),
  }
}

const isFault = (answer: unknown) => (answer as HttpAnswer).status >= 502 && (answer as HttpAnswer).status <= 504
const failed = handleAll.orWhenResult(isFault)
const repeatable = handleWhenResult(isFault).orType(
  HttpFailure,
  ({ kind }) => kind !== 'circuit_open' && kind !== 'too_large',
)

function asFailure(error: unknown, signal: AbortSignal): HttpFailure {
  const code = (error as { code?: unknown } | null)?.code
  if (signal.aborted || code === 'UND_ERR_CONNECT_TIMEOUT') {
    return new HttpFailure('timeout', 'no answer in time', { cause: error })
  }
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE')
    return new HttpFailure('too_large', 'the answer is too large', { cause: error })
  return new HttpFailure('connection', `the connection failed (${typeof code === 'string' ? code : 'unknown'})`, {
    cause: error,
  })
}

function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  )
}
