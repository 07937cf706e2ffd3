// `/ws`: pushes committed events to the people who may see them, as `{type, payload, timestamp, id}`. It reads the event log
// and nothing else, so nothing is shown that was not committed.
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'
import type { Account } from '../../platform/contract/call.ts'
import type { EventType } from '../../platform/contract/event.ts'
import { sameText } from '../../platform/crypto.ts'
import type { EventLog, StoredEvent } from '../../platform/events/log.ts'
import type { Following } from '../../platform/events/follower.ts'
import type { Tokens } from '../../platform/tokens.ts'
import { Hub, SIGNED_OUT, MOST_BUFFERED, SHUTTING_DOWN } from './hub.ts'
import type { Connection } from './hub.ts'

export interface GatewayOptions {
  events: EventLog
  /** Every declared event by name. */
  types: Map<string, EventType>
  tokens: Tokens
  accountOfSession(sessionId: string): Promise<Account | null>
  channelsOf(account: Account): string[]
  csrfOf(sessionId: string): string
  /** Origins of pages that may connect, besides the host's own. */
  allowedOrigin: string
  log: Logger
  /** Milliseconds between pings; 25 seconds unless given. */
  pingEvery?: number
}
const MOST_PER_USER = 10
const PING_EVERY = 25_000
const LARGEST_MESSAGE = 65_536
const SESSIONS_ENDED = 'user.sessions_ended'

export interface Gateway {
  readonly connections: number
  attach(server: Server): Promise<void>
  stop(): Promise<void>
}

export function createGateway(options: GatewayOptions): Gateway {
  const { events, types, tokens, log } = options
  const hub = new Hub()
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE, perMessageDeflate: false })
  let following: Following | undefined

  function deliver(batch: StoredEvent[]): void {
    for (const event of batch) {
      const type = types.get(event.type)
      if (!type) continue
      if (event.type === SESSIONS_ENDED) hub.endSessions((event.data as { sessionIds: string[] }).sessionIds)
      if (!type.live) continue
      const message = {
        type: type.live,
        payload: { event: event.type, data: event.data },
        timestamp: event.occurredAt.toISOString(),
        id: String(event.position),
      }
      hub.send(type.reaches(event.data), JSON.stringify(message))
    }
  }

  /** Who connects; a status to refuse with otherwise. */
  async function admit(request: IncomingMessage): Promise<{ account: Account; sessionId: string } | number> {
    const { origin, host } = request.headers
    if (origin && origin !== options.allowedOrigin && hostOf(origin) !== host) return 403
    const query = new URLSearchParams(request.url?.split('?')[1])
    const claims = await tokens.verify(query.get('token') ?? '', 'realtime')
    if (!claims) return 401
    if (!sameText(query.get('csrf') ?? '', options.csrfOf(claims.sid))) return 403
    const account = await options.accountOfSession(claims.sid)
    if (!account || account.id !== claims.sub) return 401
    return hub.ofUser(account.id) >= MOST_PER_USER ? 429 : { account, sessionId: claims.sid }
  }

  function open(socket: WebSocket, { account, sessionId }: { account: Account; sessionId: string }): void {
    const connection: Connection = { socket, userId: account.id, sessionId, channels: options.channelsOf(account) }
    let heard = true
    hub.add(connection)
    socket.on('close', () => {
      clearInterval(pulse)
      hub.remove(connection)
    })
    socket.on('error', (error) => log.debug({ err: error }, 'a live connection failed'))
    const listening = () => void (heard = true)
    socket.on('pong', listening)
    socket.on('message', (data) => {
      listening()
      if (!(data as Buffer).includes('"ping"')) return
      // Who keeps asking but does not read the answers would fill our memory with them.
      if (socket.bufferedAmount > MOST_BUFFERED) socket.terminate()
      else socket.send('{"type":"pong"}')
    })
    // A socket that was silent since the last ping is half-open.
    const pulse = setInterval(() => {
      if (!heard) return socket.terminate()
      heard = false
      socket.ping()
      endWithSession(connection)
    }, options.pingEvery ?? PING_EVERY)
  }

  /** A session that runs out says nothing, unlike one that is ended. */
  function endWithSession({ socket, sessionId }: Connection): void {
    options.accountOfSession(sessionId).then(
      (account) => {
        if (!account) socket.close(SIGNED_OUT, 'signed out')
      },
      (error: unknown) => log.debug({ err: error }, 'a session is looked at again with the next ping'),
    )
  }

  async function upgrade(request: IncomingMessage, raw: Duplex, head: Buffer): Promise<void> {
    raw.on('error', (error) => log.debug({ err: error }, 'a connection failed before it was live'))
    const admitted = await admit(request)
    if (typeof admitted === 'number') return refuse(raw, admitted)
    sockets.handleUpgrade(request, raw, head, (socket) => open(socket, admitted))
  }

  return {
    get connections() {
      return hub.size
    },
    async attach(server) {
      following = await events.follow({ handle: deliver })
      server.on('upgrade', (request: IncomingMessage, raw: Duplex, head: Buffer) => {
        if (pathOf(request.url) !== '/ws') {
          // Somebody else's, such as the live reload of development; nobody's when we are the only listener.
          if (server.listenerCount('upgrade') === 1) refuse(raw, 404)
          return
        }
        upgrade(request, raw, head).catch((error: unknown) => {
          log.error({ err: error }, 'a live connection could not be opened')
          refuse(raw, 503)
        })
      })
    },
    async stop() {
      hub.closeAll(SHUTTING_DOWN, 'shutdown')
      await following?.stop()
      for (const { socket } of hub) socket.terminate()
    },
  }
}

const pathOf = (url: string | undefined) => url?.split('?')[0]
const hostOf = (origin: string) => (URL.canParse(origin) ? new URL(origin).host : null)
const reasons: Record<number, string> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
}

function refuse(raw: Duplex, status: number): void {
  // An upgraded socket may stay half-open: one that never says goodbye would be kept for ever.
  raw.once('finish', () => raw.destroy())
  raw.end(`HTTP/1.1 ${status} ${reasons[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
