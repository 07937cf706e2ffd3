// The REST door: a route for every operation of the registry, and the answers to what no operation answers to.
import type { Hono } from 'hono'
import type { BoundOperation } from '../../platform/contract/call.ts'
import type { CallMeta, Dispatch } from '../../platform/contract/dispatch.ts'
import type { Operation } from '../../platform/contract/operation.ts'
import { InvalidInput, MalformedRequest, MethodNotAllowed } from '../../platform/contract/problem.ts'
import type { Registry } from '../../platform/contract/registry.ts'
import type { Locale } from '../../platform/contract/shapes.ts'
import { negotiateLocale } from '../../web/i18n/locale.ts'
import { matchesEntityTag } from './entity-tag.ts'
import type { DoorContext, DoorEnv, Exchange } from './exchange.ts'
import { hasBody, readJson, readQuery } from './request-body.ts'
import type { HeaderFields } from './security-headers.ts'
import { writtenAnswer } from './written-answer.ts'

export function mountOperations(app: Hono<DoorEnv>, registry: Registry, dispatch: Dispatch): void {
  const methods = new Map<string, string[]>()
  for (const bound of registry.operations.toSorted(bySpecificity)) {
    const { method, path } = bound.operation.rest
    const pattern = path.replaceAll(/\{(\w+)\}/g, ':$1')
    app.on(method.toUpperCase(), pattern, operationHandler(bound.operation, dispatch))
    methods.set(pattern, [...(methods.get(pattern) ?? []), method.toUpperCase()])
  }
  for (const [pattern, allowed] of methods) answerOtherMethods(app, pattern, allowed)
}

/** OPTIONS tells which methods there are; any other is refused with 405. */
export function answerOtherMethods(app: Hono<DoorEnv>, pattern: string, allowed: readonly string[]): void {
  const allow = [...new Set([...allowed, ...(allowed.includes('GET') ? ['HEAD'] : []), 'OPTIONS'])].join(', ')
  app.all(pattern, (context) => {
    const exchange = context.get('exchange')
    exchange.route = pattern
    if (context.req.method === 'OPTIONS') return exchange.respond(204, null, { allow })
    return exchange.refuse(MethodNotAllowed.because(`Use ${allow}.`), { allow })
  })
}

// `/projects/counts` must be tried before `/projects/{id}`.
const rank = (path: string) =>
  path
    .split('/')
    .map((segment) => (segment.startsWith('{') ? '1' : '0'))
    .join('')
const bySpecificity = (a: BoundOperation, b: BoundOperation) =>
  rank(a.operation.rest.path) < rank(b.operation.rest.path) ? -1 : 1

function operationHandler(operation: Operation, dispatch: Dispatch) {
  const { path, method } = operation.rest
  const parameters = path.includes('{')
  const bodyless = method === 'get' || method === 'delete'
  const secret = holdsSecrets(path)

  return async (context: DoorContext): Promise<Response> => {
    const exchange = context.get('exchange')
    exchange.route = path
    const caller = await exchange.caller()
    const { headers } = exchange.request
    const meta: CallMeta = {
      caller,
      requestId: exchange.requestId,
      locale: localeFor(exchange, headers.get('accept-language')),
      userAgent: exchange.userAgent,
      idempotencyKey: headers.get('idempotency-key'),
      session: exchange.session,
      log: exchange.log,
      limited: (state) => void (exchange.limit = state),
    }
    const input = bodyless ? readQueryInput(exchange) : await readJson(exchange.request)
    const { status, body, replayed } = await dispatch(
      operation,
      parameters ? withParameters(input, context.req.param()) : input,
      meta,
    )
    const fields: HeaderFields = replayed ? { 'idempotency-replayed': 'true' } : {}
    fields['cache-control'] = caller.kind === 'user' || method !== 'get' || secret ? 'private, no-store' : 'no-cache'
    if (status === 204) return exchange.respond(204, null, fields)
    return answer(exchange, { status, body, fields, compressible: !secret, cacheable: method === 'get' })
  }
}

// What a compressed answer reveals by its size must not be a secret beside something an attacker chose.
const holdsSecrets = (path: string) => /^\/api\/(auth|websocket)\//.test(path)

function localeFor(exchange: Exchange, acceptLanguage: string | null): Locale {
  if (acceptLanguage !== null && acceptLanguage !== '*') return negotiateLocale(acceptLanguage)
  return exchange.locale ?? negotiateLocale(null)
}

function readQueryInput(exchange: Exchange): Record<string, string> {
  if (hasBody(exchange.request.headers))
    throw MalformedRequest.because('This method takes no body; put the fields into the query.')
  const { url } = exchange.request
  const at = url.indexOf('?')
  return at < 0 ? {} : readQuery(url.slice(at + 1).split('#', 1)[0] ?? '')
}

// Fields of the path belong to the input. A body may repeat them, as when a resource that was read is sent back.
function withParameters(input: unknown, parameters: Record<string, string>): unknown {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return input
  const fields = input as Record<string, unknown>
  for (const [name, value] of Object.entries(parameters)) {
    if (Object.hasOwn(fields, name) && fields[name] !== value) {
      throw InvalidInput.because('One field is not right.', {
        errors: [{ pointer: `/${name}`, detail: 'This differs from the address.' }],
      })
    }
  }
  return { ...fields, ...parameters }
}

interface Content {
  status: number
  body: unknown
  fields: HeaderFields
  compressible: boolean
  cacheable: boolean
}

async function answer(
  exchange: Exchange,
  { status, body, fields, compressible, cacheable }: Content,
): Promise<Response> {
  const { headers, url } = exchange.request
  const written = writtenAnswer(body)
  if (cacheable) {
    const next = nextPage(url, body)
    if (next) fields['link'] = next
    fields['vary'] = 'Accept-Language, Accept-Encoding, Authorization, Cookie'
    fields['etag'] = written.tag
    if (matchesEntityTag(headers.get('if-none-match'), fields['etag'])) return exchange.respond(304, null, fields)
  }
  fields['content-type'] = 'application/json'
  const packed = compressible ? await written.packed(headers.get('accept-encoding')) : null
  if (!packed) return exchange.respond(status, written.text, fields)
  fields['content-encoding'] = packed.encoding
  return exchange.respond(status, packed.bytes, fields)
}

function nextPage(url: string, body: unknown): string | null {
  const cursor = (body as { nextCursor?: unknown } | null)?.nextCursor
  if (typeof cursor !== 'string') return null
  const { pathname, searchParams } = new URL(url)
  searchParams.set('cursor', cursor)
  return `<${pathname}?${searchParams}>; rel="next"`
}
