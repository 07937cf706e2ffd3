// For networks that let no WebSocket through: messages come down a response that does not end (server-sent events, or lines of
// JSON), commands go up as requests of their own to `/emulation`, which may arrive at another process.
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import type { Logger } from 'pino'
import { sameText } from '../../platform/crypto.ts'
import { newId } from '../../platform/ids.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Allowance, Spender } from './allowance.ts'
import { gone } from './codes.ts'
import type { Close } from './codes.ts'
import { Connection, readerOf } from './connection.ts'
import type { Reader, Speech, Transport } from './connection.ts'
import type { Core } from './core.ts'
import { asRefused, problemOf, Refused } from './door.ts'
import type { Door } from './door.ts'
import { forms } from './frames.ts'
import { firstChannels } from './joining.ts'
import type { Form } from './frames.ts'
import type { Plain } from './plain.ts'
import type { Position } from './recovery.ts'
import { LARGEST_MESSAGE } from './websocket.ts'

const NOTHING = Buffer.alloc(0)
const KEEP_ALIVE_MS = 10_000
const MOST_ELSEWHERE = 10_000

export class StreamTransport implements Transport {
  readonly form: Form
  readonly #response: ServerResponse

  constructor(response: ServerResponse, form: Form) {
    this.#response = response
    this.form = form
  }
  get buffered(): number {
    return this.#response.socket?.writableLength ?? 0
  }
  write(bytes: Buffer): void {
    if (!this.#response.writableEnded) this.#response.write(bytes)
  }
  whenTaken(taken: () => void): void {
    this.#response.socket?.write(NOTHING, (error) => {
      if (!error) taken()
    })
  }
  /** A comment: nothing to the reader, but a dead network is found by it. */
  ping(): void {
    if (this.form !== forms.stream) this.write(Buffer.from(':\n\n'))
  }
  close(_close: Close): void {
    this.#response.end()
    // Who takes nothing would keep the socket, and what is buffered for it.
    setTimeout(() => this.#response.destroy(), 2_000).unref()
  }
  cut(): void {
    this.#response.destroy()
  }
}

/** Commands of a stream's client. */
const Emulated = z.object({
  session: z.string().max(200),
  node: z.string().max(100).default(''),
  data: z.string().max(LARGEST_MESSAGE),
})

export interface StreamsOptions {
  core: Core
  door: Door
  clock: Clock
  log: Logger
  /** Monotonic milliseconds. */
  now: () => number
  node: string
  /** Vouches for a text that is given away and comes back. */
  sign(text: string): string
  /** For commands that go on to another process, of all of a user's streams. */
  allowance: Allowance
  speeches: { sse: Speech; stream: Speech; plain: Plain }
  admit(request: IncomingMessage, query: URLSearchParams): Promise<Reader>
  positionOf(query: URLSearchParams): Position | undefined
  receive(connection: Connection, text: string): void
}

export class Streams {
  readonly #sessions = new Map<string, Connection>()
  readonly #names = new WeakMap<Connection, string>()
  /** Users whose streams are at other processes and whose commands come here. */
  readonly #elsewhere = new Map<string, Spender>()
  readonly #options: StreamsOptions

  constructor(options: StreamsOptions) {
    this.#options = options
  }

  /**
   * What a client of a stream must name with its commands: signed with whose it is, so that nobody is asked about sessions that never
   * were, and nobody gets more done elsewhere by opening many.
   */
  session(connection: Connection): { session: string; node: string } {
    const { node } = this.#options
    const name = `${this.#names.get(connection)}.${readerOf(connection).userId}`
    return { session: `${name}.${this.#mark(name, node)}`, node }
  }
  #mark(name: string, node: string): string {
    return this.#options.sign(`${node} ${name}`)
  }

  /** A command that came to this process or to another; false when the stream has ended. */
  relayed(name: string, data: string): boolean {
    const connection = this.#sessions.get(name)
    if (connection) this.#options.receive(connection, data)
    return connection !== undefined
  }

  /** Takes a request when it is one of ours. */
  handle(request: IncomingMessage, response: ServerResponse): boolean {
    const { pathname, query } = addressOf(request)
    const answer = this.#answers[pathname]
    if (!answer) return false
    answer(request, response, query).catch((error: unknown) => this.#refuse(request, response, error))
    return true
  }

  readonly #answers: Partial<
    Record<string, (request: IncomingMessage, response: ServerResponse, query: URLSearchParams) => Promise<void>>
  > = {
    '/connection/sse': (request, response, query) => this.#events(request, response, query),
    '/connection/http_stream': (request, response) => this.#stream(request, response),
    '/emulation': (request, response) => this.#emulate(request, response),
  }

  async #events(request: IncomingMessage, response: ServerResponse, query: URLSearchParams): Promise<void> {
    if (this.#preflight(request, response, ['GET'])) return
    const { speeches, core, door } = this.#options
    const command = query.get('cf_connect')
    if (command !== null) {
      const connection = await this.#open(request, response, speeches.sse, forms.events, 'text/event-stream')
      return this.#options.receive(connection, command)
    }
    const place = await door.place(door.address(request))
    const reader = await this.#reader(request, query).catch((error: unknown) => {
      door.leave(place)
      throw error
    })
    const opening = this.#open(request, response, speeches.plain, forms.eventsWithId, 'text/event-stream', place)
    const connection = await opening.catch((error: unknown) => {
      core.free(reader)
      throw error
    })
    core.own(connection, reader)
    try {
      const since = lastEventId(request, query) ?? this.#options.positionOf(query)
      const { recovered } = await speeches.plain.enter(connection, since, channelsOf(query))
      const welcome = { ...this.session(connection), recovered, ...speeches.plain.standing(connection) }
      connection.transport.write(Buffer.from(`event: welcome\ndata: ${JSON.stringify(welcome)}\n\n`))
    } catch (error) {
      // The answer has begun: why it ends can only be said in it.
      core.fail(connection, error)
    }
  }

  /** Who reads, and may read the channels that the address names. */
  async #reader(request: IncomingMessage, query: URLSearchParams): Promise<Reader> {
    const { core, admit } = this.#options
    const reader = await admit(request, query)
    try {
      await firstChannels(core, reader, channelsOf(query))
    } catch (error) {
      core.free(reader)
      throw error
    }
    return reader
  }

  async #stream(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.#preflight(request, response, ['POST'])) return
    const command = await bodyOf(request)
    const { stream } = this.#options.speeches
    const connection = await this.#open(request, response, stream, forms.stream, 'application/json')
    this.#options.receive(connection, command)
  }

  async #emulate(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.#preflight(request, response, ['POST'])) return
    const parsed = Emulated.safeParse(jsonOf(await bodyOf(request)))
    if (!parsed.success) throw new Refused(400, 'malformed_request', 'The body is {session, node, data}.')
    const { session, data } = parsed.data
    const node = parsed.data.node === '' ? this.#options.node : parsed.data.node
    const [name = '', user = '', mark = ''] = session.split('.', 3)
    if (!sameText(mark, this.#mark(`${name}.${user}`, node)))
      throw new Refused(403, 'forbidden', 'There was no such session.')
    if (node === this.#options.node) {
      if (!this.relayed(name, data)) throw new Refused(404, 'not_found', 'This stream has ended.')
    } else await this.#relay(node, { name, user, data })
    response.writeHead(204, this.#headers(request)).end()
  }

  async #relay(node: string, { name, user, data }: { name: string; user: string; data: string }): Promise<void> {
    let spender = this.#elsewhere.get(user)
    if (!spender) {
      if (this.#elsewhere.size >= MOST_ELSEWHERE) this.#elsewhere.delete(this.#elsewhere.keys().next().value ?? '')
      this.#elsewhere.set(user, (spender = { fullAt: 0, refused: 0 }))
    }
    this.#options.allowance.take(spender)
    if (!(await this.#options.core.options.broker.relay.send(node, name, data)))
      throw new Refused(404, 'not_found', 'The process that held this stream is gone.')
  }

  async #open(
    request: IncomingMessage,
    response: ServerResponse,
    speech: Speech,
    form: Form,
    contentType: string,
    place?: string,
  ): Promise<Connection> {
    const { core, door, clock, now } = this.#options
    const address = door.address(request)
    const countedAs = place ?? (await door.place(address))
    // Who left meanwhile is not told again: `close` was before we listened for it.
    if (response.destroyed || door.draining) {
      door.leave(countedAs)
      throw new Refused(503, 'unavailable', 'Come back in a moment.', door.secondsBack)
    }
    // One that waits its turn behind another answer on the same connection would be kept by us, without end.
    if (!response.socket) {
      door.leave(countedAs)
      throw new Refused(400, 'malformed_request', 'A stream needs a connection of its own.')
    }
    const connection = new Connection({
      id: newId(clock),
      speech,
      transport: new StreamTransport(response, form),
      address,
      userAgent: request.headers['user-agent']?.slice(0, 300) ?? null,
      now: now(),
    })
    connection.countedAs = countedAs
    const name = randomUUID()
    this.#sessions.set(name, connection)
    this.#names.set(connection, name)
    // Clients of a stream need not answer anything: a network that is gone is found by the kernel, or by the token's end.
    response.socket.setKeepAlive(true, KEEP_ALIVE_MS)
    core.hub.add(connection)
    response.on('close', () => {
      this.#sessions.delete(name)
      core.closed(connection, gone)
    })
    response.on('error', () => core.closed(connection, gone))
    response.writeHead(200, {
      ...this.#headers(request),
      'content-type': contentType,
      // Proxies hand on what they get as it comes.
      'x-accel-buffering': 'no',
    })
    response.flushHeaders()
    return connection
  }

  #headers(request: IncomingMessage): Record<string, string> {
    const origin = this.#options.door.origin(request)
    return {
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      vary: 'origin',
      ...(origin === null
        ? {}
        : { 'access-control-allow-origin': origin, 'access-control-expose-headers': 'retry-after' }),
    }
  }

  /** Answers what is no request for the thing itself; throws when the site or the method is refused. */
  #preflight(request: IncomingMessage, response: ServerResponse, methods: string[]): boolean {
    const headers = this.#headers(request)
    if (request.method === 'OPTIONS') {
      const allow = {
        'access-control-allow-methods': methods.join(', '),
        'access-control-allow-headers': 'content-type',
      }
      response.writeHead(204, { ...headers, ...allow, 'access-control-max-age': '86400' }).end()
      return true
    }
    if (!methods.includes(request.method ?? ''))
      throw new Refused(405, 'method_not_allowed', `Use ${methods.join(', ')}.`)
    return false
  }

  #refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    const refused = asRefused(error)
    const { door, core } = this.#options
    const protocol = addressOf(request).pathname === '/connection/http_stream' ? 'centrifugo_stream' : 'plain_sse'
    const { status: code, message } = refused ?? { status: 503, message: 'unavailable' }
    core.options.recorder.refused({ address: door.address(request), protocol }, code, message)
    if (!refused) this.#options.log.error({ err: error }, 'a stream could not be opened')
    if (response.headersSent || response.destroyed) return void response.destroy()
    const { headers, body } = problemOf(refused ?? new Refused(503, 'unavailable', 'Try again in a moment.', 2))
    // Without this a page of an allowed site could not read why it was refused.
    const { origin } = request.headers
    const cors = origin !== undefined && refused?.code !== 'cross_site_request' ? this.#headers(request) : {}
    response.writeHead(refused?.status ?? 503, { ...cors, ...headers }).end(body)
    request.resume()
  }
}

export function addressOf(request: IncomingMessage): { pathname: string; query: URLSearchParams } {
  const [pathname = '/', query = ''] = (request.url ?? '/').split('?', 2)
  return { pathname, query: new URLSearchParams(query) }
}

const channelsOf = (query: URLSearchParams) => (query.get('channels') ?? '').split(',').filter((name) => name !== '')

/** A position as an address or a header names it; one that cannot be read is none of this log. */
export const positionFrom = (id: string, epoch = ''): Position =>
  /^\d{1,15}$/.test(id) ? { offset: Number(id), epoch } : { offset: 0, epoch: 'unreadable' }

function lastEventId({ headers }: IncomingMessage, query: URLSearchParams): Position | undefined {
  const id = headers['last-event-id']
  return typeof id === 'string' && id !== '' ? positionFrom(id, query.get('epoch') ?? '') : undefined
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length
    // Twice a message: JSON inside JSON has its quotes escaped.
    if (length > LARGEST_MESSAGE * 2) throw new Refused(413, 'body_too_large', 'A message may have 64 KB.')
    parts.push(part)
  }
  return Buffer.concat(parts).toString()
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
