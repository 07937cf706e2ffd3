// Centrifugo's HTTP API, as far as we use it: publishing into channels and closing connections. It answers 200 to nearly
// everything and says in the body what went wrong.
import { z } from 'zod'
import type { HttpClient } from '../../../platform/http-client.ts'

/** It could not be done now; it may well be later, at the latest when somebody has put the other side right. */
export class CentrifugoFailed extends Error {
  override name = 'CentrifugoFailed'
}
/** Centrifugo will never take this. */
export class CentrifugoRefused extends Error {
  override name = 'CentrifugoRefused'
}

/** A connection, by what its token says: `sid` is the session it was opened under. */
export interface CentrifugoClient {
  client: string
  sid: string | null
}
export interface Goodbye {
  /** 4000–4499: come back; 4500–4999: do not. */
  code: number
  /** At most 32 bytes. */
  reason: string
}

/** Rejects with `CentrifugoFailed` or `CentrifugoRefused`. */
export interface CentrifugoGateway {
  broadcast(channels: readonly string[], data: unknown, idempotencyKey: string): Promise<void>
  /** The user's connections; null where presence is not kept for the user's channel. */
  clientsOf(userId: string): Promise<CentrifugoClient[] | null>
  /** Closes the user's connections, or one of them. */
  disconnect(userId: string, goodbye: Goodbye, client?: string): Promise<void>
  /** As if the tokens of the user's connections had run out: they come back with new ones, or not at all. */
  expire(userId: string, client?: string): Promise<void>
}

const BAD_REQUEST = 107
const NOT_AVAILABLE = 108
/** Two calls and more fit into the time that a reader of the log has for an event. */
const TIMEOUT_MS = 3_000

const Fault = z.object({ code: z.int(), message: z.string().default('') })
const Answer = z.object({ error: Fault.optional(), result: z.unknown().optional() })
const Broadcast = z.object({ responses: z.array(z.object({ error: Fault.optional() })) })
const Presence = z.object({
  presence: z.record(z.string(), z.object({ client: z.string(), user: z.string(), conn_info: z.unknown().optional() })),
})
const Info = z.object({ sid: z.string() })

export interface CentrifugoOptions {
  apiUrl: string
  apiKey: string
  http: HttpClient
  /** For one call. */
  timeoutMs?: number
}

export function createCentrifugoGateway(options: CentrifugoOptions): CentrifugoGateway {
  const base = options.apiUrl.replace(/\/+$/, '')

  /** What came back, a fault among it. */
  async function call(method: string, body: object): Promise<z.output<typeof Answer>> {
    const answer = await options.http
      .request({
        method: 'POST',
        url: `${base}/${method}`,
        headers: { 'content-type': 'application/json', 'x-api-key': options.apiKey },
        body: JSON.stringify(body),
        timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
      })
      .catch((error: unknown) => {
        throw new CentrifugoFailed(
          `Centrifugo did not answer ${method}: ${error instanceof Error ? error.message : ''}`,
        )
      })
    const said = parsed(answer.body)
    if (answer.status === 200) {
      const known = Answer.safeParse(said)
      if (known.success) return known.data
      throw new CentrifugoFailed(`CENTRIFUGO_API_URL answered ${method} with something else than Centrifugo does`)
    }
    // So configured, Centrifugo puts the fault itself into the body and a status beside it.
    const fault = Fault.safeParse(said)
    if (fault.success) return { error: fault.data }
    if (answer.status === 413) throw new CentrifugoRefused(`${method}: the message is too large for Centrifugo`)
    throw new CentrifugoFailed(`Centrifugo answered ${method} with ${answer.status}${hints[answer.status] ?? ''}`)
  }

  async function done(method: string, body: object): Promise<unknown> {
    const { error, result } = await call(method, body)
    if (error) throw failure(method, error)
    return result
  }

  return {
    async broadcast(channels, data, idempotencyKey) {
      const result = await done('broadcast', { channels, data, idempotency_key: idempotencyKey })
      const { responses } = checked('broadcast', Broadcast, result)
      // What reached some channels is sent to all again; those remember its key.
      for (const [index, { error }] of responses.entries())
        if (error) throw failure(`broadcast to ${channels[index] ?? 'a channel'}`, error)
    },
    async clientsOf(userId) {
      const { error, result } = await call('presence', { channel: `user:${userId}` })
      if (error?.code === NOT_AVAILABLE) return null
      if (error) throw failure('presence', error)
      const { presence } = checked('presence', Presence, result)
      return Object.values(presence)
        .filter(({ user }) => user === userId)
        .map(({ client, conn_info: info }) => {
          const known = Info.safeParse(info)
          return { client, sid: known.success ? known.data.sid : null }
        })
    },
    async disconnect(userId, goodbye, client) {
      await done('disconnect', { user: userId, ...(client === undefined ? {} : { client }), disconnect: goodbye })
    },
    async expire(userId, client) {
      await done('refresh', { user: userId, ...(client === undefined ? {} : { client }), expired: true })
    },
  }
}

const hints: Partial<Record<number, string>> = {
  401: ': is CENTRIFUGO_API_KEY its http_api.key?',
  403: ': is CENTRIFUGO_API_KEY its http_api.key?',
  404: ': is CENTRIFUGO_API_URL right, with its /api?',
}

function failure(what: string, { code, message }: z.output<typeof Fault>): Error {
  const text = `Centrifugo refused ${what}: ${code} ${message}`.trimEnd()
  return code === BAD_REQUEST ? new CentrifugoRefused(text) : new CentrifugoFailed(text)
}

function checked<S extends z.ZodType>(method: string, schema: S, result: unknown): z.output<S> {
  const known = schema.safeParse(result)
  if (known.success) return known.data
  throw new CentrifugoFailed(`Centrifugo answered ${method} in a form that is not known`)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
