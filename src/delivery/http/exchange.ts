// One request and what is known about it: who, from where, under which id. Made once, read by every part of the door.
import { randomUUID } from 'node:crypto'
import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import type { Logger } from '../../platform/log.ts'
import type { Caller, SessionEffect } from '../../platform/contract/call.ts'
import type { Locale } from '../../platform/contract/shapes.ts'
import type { LimitPolicy, LimitState } from '../../platform/limits/limiter.ts'
import type { Problem } from '../../platform/contract/problem.ts'
import type { Authenticate } from './authentication.ts'
import type { ClientAddress } from './client-address.ts'
import { problemBody, problemHeaders } from './problem-response.ts'
import { DATA_CONTENT_POLICY, type HeaderFields, securityHeaders } from './security-headers.ts'
import { createSessionCookie, type SessionCookie } from './session-cookie.ts'

export type DoorEnv = { Bindings: Partial<HttpBindings>; Variables: { exchange: Exchange } }
export type DoorContext = Context<DoorEnv>

/** What all requests share. */
export interface Door {
  publicUrl: string
  publicOrigin: string
  authenticate: Authenticate
  clientAddress: ClientAddress
  cookie: SessionCookie
  policy: LimitPolicy | null
  security: Readonly<HeaderFields>
  log: Logger
}

export interface DoorOptions {
  publicUrl: string
  authenticate: Authenticate
  clientAddress: ClientAddress
  policy: LimitPolicy | null
  log: Logger
}

export function createDoor(options: DoorOptions): Door {
  return {
    ...options,
    publicOrigin: new URL(options.publicUrl).origin,
    cookie: createSessionCookie(options.publicUrl),
    security: securityHeaders(options.publicUrl),
  }
}

const REQUEST_ID = /^[A-Za-z0-9._-]{8,64}$/

export class Exchange {
  readonly request: Request
  readonly door: Door
  readonly requestId: string
  readonly address: string
  readonly userAgent: string | null
  readonly startedAt = performance.now()
  /** The pattern that matched; stays `-` for what nothing answers to. */
  route = '-'
  limit: LimitState | null = null
  /** Bytes of the answer's body, where the door knows them. */
  bytes: number | null = null
  /** All headers are in place already. */
  sealed = false
  #caller: Caller | null = null
  #sessionCookie: string | null = null
  #log: Logger | null = null

  constructor(context: DoorContext, door: Door) {
    this.request = context.req.raw
    this.door = door
    const { headers } = this.request
    const given = headers.get('x-request-id')
    this.requestId = given !== null && REQUEST_ID.test(given) ? given : randomUUID()
    const peer = (context.env as DoorEnv['Bindings'] | undefined)?.incoming?.socket.remoteAddress
    this.address = door.clientAddress(peer, headers.get('x-forwarded-for') ?? undefined)
    this.userAgent = headers.get('user-agent')?.slice(0, 300).toWellFormed() ?? null
  }

  get log(): Logger {
    return (this.#log ??= this.door.log.child({ requestId: this.requestId }))
  }

  get callerId(): string | null {
    return this.#caller?.kind === 'user' ? this.#caller.user.id : null
  }

  /** The language the signed-in user has chosen. */
  get locale(): Locale | null {
    return this.#caller?.kind === 'user' ? this.#caller.user.locale : null
  }

  get bearer(): boolean {
    return this.request.headers.get('authorization') !== null
  }

  /** Who calls; asked once. Throws `not_signed_in` for an invalid `Authorization`. */
  async caller(): Promise<Caller> {
    if (this.#caller) return this.#caller
    const { headers } = this.request
    const authorization = headers.get('authorization') ?? undefined
    const cookie = authorization === undefined ? this.door.cookie.read(headers.get('cookie')) : undefined
    const caller: Caller =
      authorization === undefined && cookie === undefined
        ? { kind: 'anonymous', address: this.address }
        : await this.door.authenticate(
            { ...(cookie === undefined ? {} : { cookie }), ...(authorization === undefined ? {} : { authorization }) },
            this.address,
          )
    // A cookie that opens nothing any more only costs a look-up with every request.
    if (cookie !== undefined && caller.kind === 'anonymous') this.#sessionCookie = this.door.cookie.close()
    return (this.#caller = caller)
  }

  readonly session: SessionEffect = {
    open: (token, expiresAt) => void (this.#sessionCookie = this.door.cookie.open(token, expiresAt)),
    close: () => void (this.#sessionCookie = this.door.cookie.close()),
  }

  /** The `Set-Cookie` of the answer, if any. */
  get setCookie(): string | null {
    return this.#sessionCookie
  }

  /** RateLimit headers of draft-ietf-httpapi-ratelimit-headers-10, once the limit is known. */
  limitHeaders(into: HeaderFields): void {
    const { policy } = this.door
    if (!policy || !this.limit) return
    into['ratelimit-policy'] = `"default";q=${policy.quota};w=${policy.windowSeconds}`
    into['ratelimit'] = `"default";r=${this.limit.remaining};t=${this.limit.resetSeconds}`
  }

  /** An answer that is data, complete with every header the door owes. Names are in lower case. */
  respond(status: number, body: string | Uint8Array<ArrayBuffer> | null, fields: HeaderFields): Response {
    const headers: HeaderFields = {
      ...this.door.security,
      'content-security-policy': DATA_CONTENT_POLICY,
      'x-request-id': this.requestId,
      ...fields,
    }
    this.limitHeaders(headers)
    if (this.#sessionCookie !== null) headers['set-cookie'] = this.#sessionCookie
    this.sealed = true
    this.bytes = body === null ? 0 : typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength
    return new Response(body, { status, headers })
  }

  /** The answer to a refused request. */
  refuse(problem: Problem, fields: HeaderFields = {}): Response {
    const { status } = problem.type
    const body = JSON.stringify(problemBody(problem, this.door.publicUrl, this.requestId))
    // The rest of a body that was refused is not read: the connection is of no more use.
    const connection: HeaderFields = status === 413 ? { connection: 'close' } : {}
    return this.respond(status, body, { ...problemHeaders(problem, this.bearer), ...connection, ...fields })
  }
}
