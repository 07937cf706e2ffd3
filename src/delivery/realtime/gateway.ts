// The real-time gateway, put together: doors for each protocol, one core behind them, and the beat that looks after both.
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import type { RecordBatch } from '../../domains/realtime/records/contract.ts'
import type { NodeFigures, Protocol } from '../../domains/realtime/contract.ts'
import type { Clock } from '../../platform/clock.ts'
import type { StoredEvent } from '../../platform/events/log.ts'
import { newId } from '../../platform/ids.ts'
import type { Tokens } from '../../platform/tokens.ts'
import { createLoop } from '../../platform/worker.ts'
import { createAdmission } from './admission.ts'
import { createAllowance } from './allowance.ts'
import type { Broker } from './broker/broker.ts'
import { createCentrifugo } from './centrifugo.ts'
import { closes, Disconnect } from './codes.ts'
import { Connection } from './connection.ts'
import type { Reader, Speech } from './connection.ts'
import { Core } from './core.ts'
import type { Effect, Inbox, Policy } from './core.ts'
import { asRefused, Door, problemOf, Refused, shownBy } from './door.ts'
import { drain } from './drain.ts'
import { Figures } from './figures.ts'
import { messageOf } from './message.ts'
import { createPlain } from './plain.ts'
import { pulse, pulseTimes } from './pulse.ts'
import type { PulseTimes } from './pulse.ts'
import { Recorder } from './recorder.ts'
import type { Position } from './recovery.ts'
import { addressOf, positionFrom, Streams } from './stream.ts'
import { createSockets } from './websocket.ts'
import type { SocketTransport } from './websocket.ts'

export interface GatewayOptions {
  /** This process, among all gateways. */
  node: RecordBatch['node']
  broker: Broker
  tokens: Pick<Tokens, 'verify'>
  policy: Policy
  inbox: Inbox
  effect(stored: StoredEvent): Effect | null
  /** What happened in the last minutes, of which tokens in use may not know. */
  happened(): Promise<StoredEvent[]>
  record(batch: RecordBatch): Promise<void>
  csrfOf(sessionId: string): string
  /** Vouches for a text that is given away and comes back, to every gateway of the installation. */
  sign(text: string): string
  clientAddress(peer: string | undefined, forwarded: string | undefined): string
  origins: ReadonlySet<string>
  limits: { connectionsPerUser: number; connectionsPerAddress: number; messagesPerMinute: number; channels: number }
  version: string
  clock: Clock
  log: Logger
  random: () => number
  times?: Partial<PulseTimes>
  /** Monotonic milliseconds. */
  now?: () => number
}

export interface Gateway {
  readonly connections: number
  readonly core: Core
  figures(): NodeFigures
  /** Follows the log from now on. */
  start(): Promise<void>
  /** Takes over the upgrades of a server. */
  attach(server: Server): void
  /** Takes a request when it is one of ours. */
  handle(request: IncomingMessage, response: ServerResponse): boolean
  /** Sends everybody away, at a pace at which they can come back elsewhere within `milliseconds`, and stops. */
  stop(milliseconds?: number): Promise<void>
}

/** Characters of commands that may wait while one is being answered. */
const MOST_UNREAD = 262_144

export function createGateway(options: GatewayOptions): Gateway {
  const { broker, clock, log, policy, random, now = () => performance.now() } = options
  const date = () => clock.now().getTime()
  const times = { ...pulseTimes, ...options.times }
  const recorder = new Recorder({ node: options.node, write: options.record, now: () => clock.now(), log })
  const admission = createAdmission({ tokens: options.tokens, now: date })
  const allowance = createAllowance(options.limits.messagesPerMinute, now)
  const { inbox, effect, limits } = options
  let core: Core | undefined
  const theCore = (): Core => {
    if (!core) throw new Error('the gateway was used before it was started')
    return core
  }
  const door = new Door({ ...options, connectionsPerAddress: limits.connectionsPerAddress })

  function assemble() {
    const made = new Core({ broker, admission, policy, inbox, message: messageOf, effect, recorder, limits, log })
    const common = { core: made, allowance, log, now: () => clock.now() }
    const centrifugo = (protocol: Protocol, streamed: boolean) =>
      createCentrifugo(protocol, {
        ...common,
        version: `jasaweb ${options.version}`,
        pingSeconds: Math.round(times.ping / 1000),
        session: streamed ? (connection) => streams.session(connection) : null,
      })
    const speeches = {
      centrifugo: centrifugo('centrifugo', false),
      plain: createPlain('plain', { ...common, streamed: false }),
    }
    const streams = new Streams({
      core: made,
      door,
      clock,
      log,
      now,
      node: options.node.id,
      sign: (text) => options.sign(text),
      allowance: createAllowance(limits.messagesPerMinute * limits.connectionsPerUser, now),
      speeches: {
        sse: centrifugo('centrifugo_sse', true),
        stream: centrifugo('centrifugo_stream', true),
        plain: createPlain('plain_sse', { ...common, streamed: true }),
      },
      admit,
      positionOf,
      receive,
    })
    const figures = new Figures({ core: made, recorder, allowance, now })
    return { core: made, speeches, streams, figures }
  }
  let parts: ReturnType<typeof assemble> | undefined
  const theParts = () => {
    if (!parts) throw new Error('the gateway was used before it was started')
    return parts
  }

  const sockets = createSockets({
    text: (connection, text) => receive(connection, text),
    binary: (connection) => theCore().close(connection, closes.wrongProtocol),
    ponged: (connection) => void spent(connection, allowance.takeSilently),
    pinged: (connection) => spent(connection, allowance.take),
    gone: (connection, close) => theCore().closed(connection, close),
    failed: (error) => log.debug({ err: error }, 'a live connection failed'),
  })

  function heard(connection: Connection): void {
    connection.heardAt = now()
    if (connection.reader && !connection.closed) recorder.heard(connection)
  }

  /** A sign of life of the transport; false when there was no allowance left for it. */
  function spent(connection: Connection, take: (connection: Connection) => void): boolean {
    heard(connection)
    try {
      take(connection)
      return true
    } catch (error) {
      if (error instanceof Disconnect) theCore().close(connection, error.close)
      return false
    }
  }

  /** Frames of a connection are handled one after the other; most are done at once. */
  function receive(connection: Connection, text: string): void {
    heard(connection)
    connection.unread += text.length
    if (connection.unread > MOST_UNREAD) return theCore().close(connection, closes.tooManyRequests)
    const before = connection.turn
    const turn = before ? before.then(() => handled(connection, text)) : handled(connection, text)
    connection.turn = turn
    void turn.then(() => {
      if (connection.turn === turn) connection.turn = undefined
    })
  }
  async function handled(connection: Connection, text: string): Promise<void> {
    connection.unread -= text.length
    if (connection.closed) return
    try {
      await connection.speech.receive(connection, text)
    } catch (error) {
      log.error({ err: error }, 'a live connection failed')
      theCore().close(connection, closes.serverError)
    }
  }

  /** Who the request's token belongs to, with one of their places taken. */
  async function admit(request: IncomingMessage, query: URLSearchParams): Promise<Reader> {
    const shown = shownBy(request, query)
    const reader = await admission.reader(shown.token ?? '')
    door.checkCsrf(shown, reader.sessionId)
    await theCore().reserve(reader)
    return reader
  }

  function refused(request: IncomingMessage, error: Refused, protocol: Protocol): void {
    recorder.refused({ address: door.address(request), protocol }, error.status, error.message)
  }

  async function upgrade(request: IncomingMessage, raw: Duplex, head: Buffer): Promise<void> {
    const { pathname, query } = addressOf(request)
    const plain = pathname === '/ws'
    raw.on('error', (error) => log.debug({ err: error }, 'a connection failed before it was live'))
    let place: string | undefined
    try {
      door.origin(request)
      place = await door.place(door.address(request))
      // In the other protocol the token may as well come with the first command.
      const reader = plain || shownBy(request, query).token !== null ? await admit(request, query) : null
      open(request, raw, head, { plain, place, reader, query })
    } catch (error) {
      if (place !== undefined) door.leave(place)
      const known = asRefused(error)
      if (!known) log.error({ err: error }, 'a live connection could not be opened')
      const answer = known ?? new Refused(503, 'unavailable', 'Try again in a moment.', 2)
      refused(request, answer, plain ? 'plain' : 'centrifugo')
      refuse(raw, answer)
    }
  }

  function open(
    request: IncomingMessage,
    raw: Duplex,
    head: Buffer,
    { plain, place, reader, query }: { plain: boolean; place: string; reader: Reader | null; query: URLSearchParams },
  ): void {
    const { core: made, speeches } = theParts()
    let opened: Connection | undefined
    const since = positionOf(query)
    sockets.open(request, raw, head, plain ? 'frames' : 'lines', (transport) => {
      opened = connectionOf(request, plain ? speeches.plain : speeches.centrifugo, transport, place)
      made.hub.add(opened)
      if (reader) made.own(opened, reader)
      return opened
    })
    if (!opened) {
      door.leave(place)
      if (reader) made.free(reader)
      return
    }
    if (door.draining) return made.close(opened, closes.shutdown)
    if (!plain || !reader) return
    const connection = opened
    const entering = speeches.plain.enter(connection, since).then(
      ({ recovered }) => {
        // Unless commands wait their turn already.
        if (connection.turn === entering) connection.turn = undefined
        // Who asked for a position is told whether it could be had.
        if (recovered === null) return
        made.outlet.say(
          connection,
          JSON.stringify({ type: 'resumed', recovered, ...speeches.plain.standing(connection) }),
        )
      },
      (error: unknown) => made.fail(connection, error),
    )
    connection.turn = entering
  }

  function connectionOf(
    request: IncomingMessage,
    speech: Speech,
    transport: SocketTransport,
    place: string,
  ): Connection {
    const connection = new Connection({
      id: newId(clock),
      speech,
      transport,
      address: door.address(request),
      userAgent: request.headers['user-agent']?.slice(0, 300) ?? null,
      now: now(),
    })
    connection.countedAs = place
    return connection
  }

  const beat = createLoop({
    name: 'realtime.beat',
    clock,
    log,
    every: 1_000,
    async turn() {
      const { core: made, figures } = theParts()
      admission.forget()
      figures.beat()
      // Not waited for: a database that hangs must not hold up the pings.
      void recorder.hand(figures.read())
      await pulse(made, times, now(), date())
    },
  })

  return {
    get connections() {
      return core?.hub.size ?? 0
    },
    get core() {
      return theCore()
    },
    figures: () => theParts().figures.read(),
    async start() {
      let waiting: Parameters<Core['deliver']>[0][] | undefined = []
      // From here on nothing is missed; what comes before all is ready waits.
      await broker.feed.start((batch) => (waiting ? void waiting.push(batch) : theCore().deliver(batch)))
      parts = assemble()
      core = parts.core
      core.remember(await options.happened())
      const early = waiting
      waiting = undefined
      for (const batch of early) core.deliver(batch)
      await broker.relay.start((session, data) => void theParts().streams.relayed(session, data))
      beat.start()
    },
    attach(server) {
      server.on('upgrade', (request: IncomingMessage, raw: Duplex, head: Buffer) => {
        const { pathname } = addressOf(request)
        if (pathname === '/ws' || pathname === '/connection/websocket') return void upgrade(request, raw, head)
        // Somebody else's, such as the live reload of development; nobody's when we are the only listener.
        if (server.listenerCount('upgrade') === 1) refuse(raw, new Refused(404, 'not_found', 'There is nothing here.'))
      })
    },
    handle: (request, response) => parts?.streams.handle(request, response) ?? false,
    async stop(milliseconds = 0) {
      if (!parts) return
      door.draining = parts.figures.draining = true
      await drain(parts.core, { within: milliseconds, random, clock })
      await beat.stop()
      // What could not be handed over before goes first, alone.
      await recorder.hand(parts.figures.read())
      await recorder.hand(parts.figures.read())
      await broker.stop()
      sockets.close()
    },
  }
}

/** The position that the address names. */
function positionOf(query: URLSearchParams): Position | undefined {
  const id = query.get('resume')
  return id === null || id === '' ? undefined : positionFrom(id, query.get('epoch') ?? '')
}

/** Half-closing alone would leave a socket that nobody watches: the other side need not hang up. */
function refuse(raw: Duplex, answer: Refused): void {
  const { headers, body } = problemOf(answer)
  const lines = Object.entries({ connection: 'close', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
  raw.end(`HTTP/1.1 ${answer.status} ${answer.code}\r\n${lines.join('')}\r\n${body}`)
  raw.resume()
  setTimeout(() => raw.destroy(), 1_000).unref()
}
