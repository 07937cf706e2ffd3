// A small server of the plain protocol with a log in memory, for tests of clients: everything that a network and a server can
// do to a client is at hand, and nothing happens by itself.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { WebSocketServer } from 'ws'

interface Logged {
  position: number
  channels: readonly string[]
  document: object
}
interface Peer {
  transport: 'websocket' | 'sse'
  session: string
  channels: Set<string>
  sentTo: number
  say(document: object): void
  close(code: number, reason: string): void
}
export interface Command {
  type: string
  ref?: number
  channel?: string
  id?: string
  epoch?: string
  token?: string
}
export interface PlainServer {
  url: string
  /** Told to clients and settable at any time. */
  settings: {
    epoch: string
    /** Seconds. */
    expiresIn: number
    /** Positions up to here are out of reach. */
    forgotten: number
    /** Statuses other than 200 refuse; an upgrade with 0 is not answered. */
    tokenStatus: number
    upgradeStatus: number
    streamStatus: number
    /** Of commands by POST. */
    commandStatus: number
    /** Seconds, said with a refusal. */
    retryAfter: number | null
    /** Commands that are not answered, or answered with an error. */
    silent: boolean
    refuse: ((command: Command) => { code: number; temporary: boolean; retryAfter?: number } | undefined) | null
  }
  tokens: number
  peers: Set<Peer>
  /** HTML and JavaScript by path, for browsers. */
  pages: Map<string, string>
  /** The targets of all openings. */
  opened: string[]
  commands: Command[]
  acknowledged: number
  publish(channels: string[], event?: string, data?: unknown): number
  /** A new log begins. */
  begin(epoch: string, position: number): void
  /** Ends every TCP connection without a word. */
  cut(): void
  close(): Promise<void>
}

/** The channels every connection has. */
const own = ['user:me', 'system']

export async function createPlainServer(): Promise<PlainServer> {
  let log: Logged[] = []
  let position = 100
  let sessions = 0
  const sockets = new Set<Socket>()

  const server: PlainServer = {
    url: '',
    settings: {
      epoch: 'e1',
      expiresIn: 300,
      forgotten: 0,
      tokenStatus: 200,
      upgradeStatus: 200,
      streamStatus: 200,
      commandStatus: 204,
      retryAfter: null,
      silent: false,
      refuse: null,
    },
    tokens: 0,
    peers: new Set(),
    pages: new Map(),
    opened: [],
    commands: [],
    acknowledged: 100,
    publish(channels, event = 'project.started', data = {}) {
      position += 1 + (position % 3)
      const document = {
        type: event.startsWith('announcement') ? 'system_notification' : 'project_update',
        payload: { event, data },
        timestamp: '2026-11-28T00:00:00.000Z',
        id: String(position),
      }
      const logged = { position, channels, document }
      log.push(logged)
      for (const peer of server.peers) give(peer, logged)
      return position
    },
    begin(epoch, start) {
      server.settings.epoch = epoch
      log = []
      position = start
      server.acknowledged = start
    },
    cut() {
      server.peers.clear()
      for (const socket of sockets) socket.destroy()
    },
    async close() {
      server.cut()
      webSockets.close()
      http.close()
      await once(http, 'close')
    },
  }

  function give(peer: Peer, { position: at, channels, document }: Logged): void {
    if (at <= peer.sentTo || !channels.some((channel) => peer.channels.has(channel))) return
    peer.sentTo = at
    peer.say(document)
  }
  function enter(peer: Peer): void {
    server.peers.add(peer)
    for (const logged of log)
      if (logged.position > server.acknowledged && logged.channels.includes('user:me')) give(peer, logged)
    peer.sentTo = position
  }
  const standing = () => ({ id: String(position), epoch: server.settings.epoch, expiresIn: server.settings.expiresIn })

  function answer(peer: Peer, command: Command): object | null {
    const { settings } = server
    switch (command.type) {
      case 'subscribe':
        if (peer.channels.has(command.channel ?? '')) return { type: 'error', code: 105, temporary: false }
        peer.channels.add(command.channel ?? '')
        return { type: 'subscribed', channel: command.channel, ...standing() }
      case 'unsubscribe':
        peer.channels.delete(command.channel ?? '')
        return { type: 'unsubscribed', channel: command.channel }
      case 'ack':
        server.acknowledged = Math.max(server.acknowledged, Number(command.id))
        return { type: 'acknowledged', id: command.id }
      case 'resume': {
        if (command.id === undefined) return { type: 'resumed', recovered: true, ...standing() }
        const since = Number(command.id)
        const recovered = command.epoch === settings.epoch && since <= position && since >= settings.forgotten
        if (recovered) {
          peer.sentTo = since
          for (const logged of log) give(peer, logged)
          peer.sentTo = position
        }
        return { type: 'resumed', recovered, ...standing() }
      }
      case 'refresh':
        return { type: 'refreshed', expiresIn: settings.expiresIn }
      case 'ping':
        return { type: 'pong' }
      case 'pong':
        return null
      default:
        return { type: 'error', code: 104, temporary: false }
    }
  }
  function receive(peer: Peer, text: string): void {
    const command = JSON.parse(text) as Command
    server.commands.push(command)
    if (server.settings.silent) return
    const refused = server.settings.refuse?.(command)
    const said = refused ? { type: 'error', message: 'refused', ...refused } : answer(peer, command)
    if (said) peer.say({ ...said, ref: command.ref })
  }

  const http = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname === '/api/websocket/token') return token(response)
    const page = server.pages.get(pathname)
    if (page !== undefined) {
      const type = pathname.endsWith('.js') ? 'text/javascript' : 'text/html'
      return void response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(page)
    }
    server.opened.push(request.url ?? '')
    if (pathname === '/connection/sse') return stream(response)
    if (pathname === '/emulation') return void emulate(request, response)
    response.writeHead(404).end()
  })
  http.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })

  const retryAfter = (): Record<string, string> =>
    server.settings.retryAfter === null ? {} : { 'retry-after': String(server.settings.retryAfter) }
  function token(response: ServerResponse): void {
    server.tokens += 1
    response.writeHead(server.settings.tokenStatus, { 'content-type': 'application/json', ...retryAfter() })
    const { expiresIn } = server.settings
    response.end(
      JSON.stringify({ token: `t ${server.tokens}`, csrf: 'c&s', expiresIn, url: 'ws://elsewhere.invalid/ws' }),
    )
  }
  function stream(response: ServerResponse): void {
    const { streamStatus } = server.settings
    if (streamStatus !== 200) return void response.writeHead(streamStatus, retryAfter()).end()
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const event = (name: string, document: object) =>
      response.write(`${name === '' ? '' : `event: ${name}\n`}data: ${JSON.stringify(document)}\n\n`)
    const peer: Peer = {
      transport: 'sse',
      session: `s${++sessions}`,
      channels: new Set(own),
      sentTo: 0,
      say: (document) => event('payload' in document ? '' : 'reply', document),
      close(code, reason) {
        event('reply', { type: 'closed', code, reason, reconnect: code < 3500 })
        server.peers.delete(peer)
        response.end()
      },
    }
    response.on('close', () => server.peers.delete(peer))
    enter(peer)
    event('welcome', { session: peer.session, node: 'n1' })
  }
  async function emulate(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = ''
    for await (const part of request) body += String(part)
    const { session, node, data } = JSON.parse(body) as { session: string; node: string; data: string }
    const peer = [...server.peers].find((each) => each.session === session)
    if (!peer || node !== 'n1') return void response.writeHead(404).end()
    const { commandStatus } = server.settings
    if (commandStatus !== 204) return void response.writeHead(commandStatus, retryAfter()).end()
    response.writeHead(204).end()
    receive(peer, data)
  }

  const webSockets = new WebSocketServer({ noServer: true })
  http.on('upgrade', (request, socket, head) => {
    server.opened.push(request.url ?? '')
    const { upgradeStatus } = server.settings
    if (upgradeStatus === 0) return
    if (upgradeStatus !== 200) return void socket.end(`HTTP/1.1 ${upgradeStatus} No\r\nconnection: close\r\n\r\n`)
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      const peer: Peer = {
        transport: 'websocket',
        session: '',
        channels: new Set(own),
        sentTo: 0,
        say: (document) => webSocket.send(JSON.stringify(document)),
        close(code, reason) {
          server.peers.delete(peer)
          webSocket.close(code, reason)
        },
      }
      webSocket.on('message', (data) => receive(peer, (data as Buffer).toString()))
      webSocket.on('close', () => server.peers.delete(peer))
      webSocket.on('error', () => undefined)
      enter(peer)
    })
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  server.url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  return server
}
