// The real-time client of JasaWeb: one connection that keeps itself alive, typed messages, channels, acknowledgements.
import { createAcknowledgements } from './acknowledgements.ts'
import { createChannels, type SubscribeOptions } from './channels.ts'
import { createConnection, type State } from './connection.ts'
import type { ChannelName, EventName, Handler, LiveMessage, MessageFor, MessageType } from './message.ts'
import { baseOf, createTickets, sessionTicket, TokenRefused, type Ticket } from './tickets.ts'
import { realTiming, type Timing } from './timing.ts'
import type { Ending, TransportName } from './transport.ts'
import { watchPage } from './wake.ts'

export type { SubscribeOptions } from './channels.ts'
export type { State } from './connection.ts'
export type {
  ChannelName,
  EventName,
  Handler,
  LiveEvents,
  LiveMessage,
  MessageFor,
  MessageType,
  Payload,
} from './message.ts'
export type { Ticket } from './tickets.ts'
export type { Timing } from './timing.ts'
export type { Ending, TransportName } from './transport.ts'
export { TokenRefused }

export interface ClientOptions {
  /** Where JasaWeb is, such as `https://studio.example`; the page's own origin unless given. */
  url?: string
  /**
   * Gets what opens a connection, as `GET /api/websocket/token` answers it. Unless given, that is asked with the session cookie.
   * Throw a `TokenRefused` with 401 or 403 when there will be none.
   */
  token?: () => Promise<Ticket>
  /** Those that may be used, WebSocket first where it works; both unless given. */
  transports?: TransportName[]
  /** Come back by itself after a loss; true unless given. */
  autoReconnect?: boolean
  /** The longest first pause before coming back, in milliseconds; it doubles up to 20 s. 500 unless given. */
  reconnectInterval?: number
  /** Milliseconds between signs of life that are asked for; 25,000 unless given. */
  heartbeatInterval?: number
  /** Milliseconds between renewals of the token; at four fifths of its life unless given. */
  tokenRefreshInterval?: number
  /** Acknowledge each message once its handlers are done; true unless given. */
  acknowledge?: boolean
  /** For other environments than browsers and Node, and for tests. */
  WebSocket?: typeof WebSocket
  fetch?: typeof fetch
  timing?: Timing
}

export interface ClientStats {
  state: State
  /** Null while there is none. */
  transport: TransportName | null
  connectedSince: Date | null
  reconnects: number
  /** Messages since the client was made. */
  received: number
  acknowledged: number
  /** The median of the last pings' round trips, in milliseconds; null before the first. */
  latency: number | null
  lastMessageAt: Date | null
  /** Received, over all connections. */
  bytes: number
}

export interface Client {
  readonly state: State
  connect(): void
  close(): void
  /** Messages of a type or of an event. Returns how to stop. */
  on<W extends MessageType | EventName>(what: W, handler: Handler<MessageFor<W>>): () => void
  /** All messages. Returns how to stop. */
  onMessage(handler: Handler<LiveMessage>): () => void
  /** What a channel brings: the messages about its project, invoice or user. Returns how to unsubscribe. */
  subscribe(channel: ChannelName, handler: Handler<LiveMessage>, options?: SubscribeOptions): () => void
  /** Says that everything up to this message was received. Needed only without automatic acknowledgement. */
  ack(id: string): void
  /** `ending` tells why it was closed, when the server did. Returns how to stop. */
  onState(handler: (state: State, ending?: Ending) => void): () => void
  /** Messages were missed that cannot be had any more: load anew what you show. Returns how to stop. */
  onGap(handler: () => void): () => void
  stats(): ClientStats
}

const everything = '*'
const samples = 20
const mostUncounted = 1_000

export function createClient(options: ClientOptions = {}): Client {
  const { timing = realTiming, transports = ['websocket', 'sse'], acknowledge = true } = options
  const fetch: typeof globalThis.fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init))
  const page = () => (typeof location === 'undefined' ? undefined : location.origin)
  const here = () => {
    const base = options.url ?? page()
    if (base === undefined) throw new TypeError('Outside of a page the client needs a url or a token with one.')
    return base
  }
  const handlers = new Map<string, Set<Handler<LiveMessage>>>()
  const onState = new Set<(state: State, ending?: Ending) => void>()
  const onGap = new Set<() => void>()
  const counts = { lives: 0, received: 0, acknowledged: 0, bytes: 0 }
  const latencies: number[] = []
  let uncounted: number[] = []
  let liveSince: number | undefined
  let lastMessageAt: number | undefined
  /** Fulfilled when the handlers of all messages so far are done. */
  let handled: Promise<unknown> = Promise.resolve()
  let stopWatching = () => {}

  const channels = createChannels(timing)
  const acknowledgements = createAcknowledgements(timing, (id) => {
    const before = uncounted.length
    uncounted = uncounted.filter((each) => each > id)
    counts.acknowledged += before - uncounted.length
  })
  const connection = createConnection({
    base: (ticket) => options.url ?? (options.token && baseOf(ticket)) ?? here(),
    tickets: createTickets(options.token ?? sessionTicket(fetch, here), timing),
    transports,
    Socket: options.WebSocket ?? globalThis.WebSocket,
    fetch,
    timing,
    autoReconnect: options.autoReconnect ?? true,
    reconnectInterval: options.reconnectInterval ?? 500,
    heartbeat: options.heartbeatInterval ?? 25_000,
    refreshInterval: options.tokenRefreshInterval,
    enter: (line) => channels.enter(line),
    leave() {
      channels.leave()
      acknowledgements.leave()
    },
    live(line) {
      counts.lives += 1
      acknowledgements.enter(line)
    },
    state(state, ending) {
      liveSince = state === 'live' ? timing.now() : undefined
      if (state === 'closed') stopWatching()
      for (const handler of onState) void attempt(() => handler(state, ending))
    },
    message,
    gap(anew) {
      if (anew) acknowledgements.forget()
      for (const handler of onGap) void attempt(handler)
    },
    notice({ type, channel, code = 0, message: reason = '' }) {
      if (type === 'unsubscribed' && channel !== undefined) channels.taken(channel, code, reason)
    },
    heard: (bytes) => void (counts.bytes += bytes),
    latency(milliseconds) {
      latencies.push(milliseconds)
      if (latencies.length > samples) latencies.shift()
    },
  })

  function message(received: LiveMessage): void {
    counts.received += 1
    lastMessageAt = timing.now()
    uncounted.push(Number(received.id))
    if (uncounted.length > mostUncounted) uncounted.shift()
    const { type, payload } = received
    const concerned = [
      ...[type, payload.event, everything].flatMap((name) => [...(handlers.get(name) ?? [])]),
      ...channels.handlersFor(received),
    ]
    const results = concerned.map((handler) => attempt(() => handler(received)))
    if (!acknowledge) return
    const done = Promise.all(results)
    const settle = acknowledgements.handling(received.id)
    handled = handled.then(async () => settle(!(await done).includes(failed)))
  }
  function hear(name: string, handler: Handler<never>): () => void {
    const known = handlers.get(name) ?? new Set()
    handlers.set(name, known)
    return added(known, handler as Handler<LiveMessage>)
  }

  return {
    get state() {
      return connection.state
    },
    connect() {
      if (connection.state !== 'closed') return
      connection.connect()
      stopWatching = watchPage(
        () => connection.wake(),
        () => acknowledgements.flush(),
      )
    },
    close() {
      acknowledgements.flush()
      connection.close()
    },
    on: (what, handler) => hear(what, handler),
    onMessage: (handler) => hear(everything, handler),
    subscribe: (channel, handler, more = {}) => channels.add(channel, handler, more),
    ack: (id) => acknowledgements.upTo(id),
    onState: (handler) => added(onState, handler),
    onGap: (handler) => added(onGap, handler),
    stats: () => ({
      state: connection.state,
      transport: connection.transport,
      connectedSince: dateOf(liveSince),
      reconnects: Math.max(0, counts.lives - 1),
      received: counts.received,
      acknowledged: counts.acknowledged,
      latency: latencies.toSorted((a, b) => a - b)[latencies.length >> 1] ?? null,
      lastMessageAt: dateOf(lastMessageAt),
      bytes: counts.bytes,
    }),
  }
}

const dateOf = (time: number | undefined) => (time === undefined ? null : new Date(time))

/** Adds a function, which may be there already, and returns how to take it out again. */
function added<A extends unknown[], R>(set: Set<(...args: A) => R>, one: (...args: A) => R): () => void {
  const entry = (...args: A) => one(...args)
  set.add(entry)
  return () => void set.delete(entry)
}

const failed = Symbol('failed')

/** A handler that fails is reported as any mistake of a page is, and keeps nothing from the others. */
function attempt(run: () => unknown): Promise<unknown> {
  return new Promise((resolve) => resolve(run())).catch((error: unknown) => {
    report(error)
    return failed
  })
}
function report(error: unknown): void {
  if (typeof reportError === 'function') return reportError(error)
  setTimeout(() => {
    throw error
  })
}
