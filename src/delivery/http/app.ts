// The HTTP door: one Hono application for the API, health and metrics, static files, and the pages behind everything else.
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono } from 'hono'
import type { Dispatch } from '../../platform/contract/dispatch.ts'
import {
  CrossSiteRequest,
  InternalError,
  MalformedRequest,
  MethodNotAllowed,
  NotFound,
  Problem,
  Unavailable,
} from '../../platform/contract/problem.ts'
import type { Registry } from '../../platform/contract/registry.ts'
import { isNoAnswer } from '../../platform/database-errors.ts'
import type { LimitPolicy } from '../../platform/limits/limiter.ts'
import type { Logger } from '../../platform/log.ts'
import type { Slice } from '../../platform/platform.ts'
import type { Metrics } from '../../platform/telemetry/metrics.ts'
import type { Authenticate } from './authentication.ts'
import { createClientAddress } from './client-address.ts'
import { isCrossSite } from './cross-site.ts'
import { createDoor, Exchange, type DoorContext, type DoorEnv } from './exchange.ts'
import { mountHealth } from './health.ts'
import type { Health } from './readiness.ts'
import { mountMetrics } from './metrics-route.ts'
import { mountOpenApi } from './openapi-route.ts'
import { mountOperations } from './operation-routes.ts'
import type { Pages } from './pages.ts'
import { checkLength, isDecodable } from './request-body.ts'
import { DATA_CONTENT_POLICY } from './security-headers.ts'
import type { StaticFiles } from './static-files.ts'

export interface HttpAppOptions {
  registry: Registry
  dispatch: Dispatch
  authenticate: Authenticate
  /** Without a trailing slash. */
  publicUrl: string
  /** Addresses and networks whose `X-Forwarded-For` is believed. */
  trustedProxies?: readonly string[]
  /** Named in the RateLimit headers. */
  limitPolicy?: LimitPolicy
  log: Logger
  metrics: Metrics
  health: Health
  /** May mount routes that the contract cannot describe. */
  slices?: readonly Slice[]
  /** Answers everything that nothing else does. */
  pages?: Pick<Pages, 'handle'>
  files?: StaticFiles
}

export function createHttpApp(options: HttpAppOptions): Hono<DoorEnv> {
  const { registry, dispatch, publicUrl, authenticate, log, metrics } = options
  const clientAddress = createClientAddress(options.trustedProxies ?? [])
  const door = createDoor({ publicUrl, authenticate, clientAddress, policy: options.limitPolicy ?? null, log })
  const app = new Hono<DoorEnv>()

  app.use('*', async (context, next) => {
    const exchange = new Exchange(context, door)
    context.set('exchange', exchange)
    metrics.requestBegan()
    try {
      guard(context, exchange)
    } catch (error) {
      const refused = refusal(error, exchange)
      finish(context.req.method, refused.status, exchange, metrics)
      return refused
    }
    await next()
    if (!exchange.sealed) complete(context, exchange)
    finish(context.req.method, context.res.status, exchange, metrics)
    return undefined
  })
  app.onError((error, context) => refusal(error, context.get('exchange')))
  app.notFound((context) => context.get('exchange').refuse(NotFound.because()))

  mountOperations(app, registry, dispatch)
  mountOpenApi(app, registry, publicUrl)
  mountHealth(app, options.health)
  mountMetrics(app, metrics)
  for (const slice of options.slices ?? []) slice.routes?.(app as unknown as Hono)
  app.all('*', (context) => answerRest(context, options))
  return app
}

// Before anything is looked up.
function guard(context: DoorContext, { request, door }: Exchange): void {
  const { headers, method } = request
  if (isCrossSite(method, headers, door)) throw CrossSiteRequest.because()
  checkLength(headers)
  if (!isDecodable(context.req.path))
    throw MalformedRequest.because('The path has a % that is not followed by two hexadecimal digits of UTF-8.')
}

// What belongs to the machines never falls through to the pages.
const OURS = /^\/(api|health|metrics|\.well-known|sandbox\/midtrans|sandbox\/wallet\/\w+)(\/|$)/
const PAGE_METHODS = ['GET', 'HEAD', 'POST']

async function answerRest(context: DoorContext, { files, pages }: HttpAppOptions): Promise<Response> {
  const exchange = context.get('exchange')
  const { request } = exchange
  const { path, method } = context.req
  if (OURS.test(path)) throw NotFound.because()
  if (method === 'GET' || method === 'HEAD') {
    const file = files?.answer(path, exchange)
    if (file) return file
  }
  if (!pages) throw NotFound.because()
  exchange.route = 'page'
  if (!PAGE_METHODS.includes(method)) {
    const allow = PAGE_METHODS.join(', ')
    return exchange.refuse(MethodNotAllowed.because(`Use ${allow}.`), { allow })
  }
  // The actions of pages read a form; anything else would be a fault in the middle of them.
  if (
    method === 'POST' &&
    !/^application\/x-www-form-urlencoded\s*(;|$)/i.test(request.headers.get('content-type') ?? '')
  )
    throw MalformedRequest.because('Send the fields of a form as application/x-www-form-urlencoded.')
  // Browsers state the length of a form; without it a page would read without end.
  if (request.headers.has('transfer-encoding'))
    throw MalformedRequest.because('State the length of the body with Content-Length.')
  const caller = await exchange.caller()
  const { incoming, outgoing } = context.env ?? {}
  const node = incoming && outgoing ? { node: { incoming, outgoing } } : {}
  const { requestId, userAgent } = exchange
  return (await pages.handle(request, { caller, requestId, userAgent, ...node })) ?? RESPONSE_ALREADY_SENT
}

// The headers of answers that were made elsewhere: pages, files, routes of slices.
function complete(context: DoorContext, exchange: Exchange): void {
  const { res } = context
  if (res === RESPONSE_ALREADY_SENT || res.headers.has('x-hono-already-sent')) return
  const own: Record<string, string> = {
    ...exchange.door.security,
    'content-security-policy': DATA_CONTENT_POLICY,
  }
  for (const [name, value] of Object.entries(own)) if (!res.headers.has(name)) res.headers.set(name, value)
  res.headers.set('x-request-id', exchange.requestId)
  const cookie = exchange.setCookie
  // An operation that a page called may have opened a session over the one that ended.
  if (
    cookie !== null &&
    !res.headers.getSetCookie().some((other) => other.startsWith(`${exchange.door.cookie.name}=`))
  ) {
    res.headers.append('set-cookie', cookie)
  }
}

function finish(method: string, status: number, exchange: Exchange, metrics: Metrics): void {
  const ms = performance.now() - exchange.startedAt
  metrics.requestEnded(method, exchange.route, status, ms / 1000)
  const { route, bytes, callerId, address } = exchange
  const line = { method, route, status, ms: Math.round(ms * 10) / 10, bytes, caller: callerId, address }
  if (route.startsWith('/health')) exchange.log.debug(line, 'request')
  else exchange.log.info(line, 'request')
}

function refusal(error: unknown, exchange: Exchange): Response {
  if (error instanceof Problem) return exchange.refuse(error)
  exchange.log.error({ err: error, route: exchange.route }, 'a request failed')
  // Whose session it is could not be asked, say.
  if (isNoAnswer(error)) return exchange.refuse(Unavailable.because('Try again in a moment.', { retryAfter: 2 }))
  return exchange.refuse(InternalError.because())
}
