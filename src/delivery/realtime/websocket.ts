// WebSocket: the upgrade with everything that may refuse it, and a transport that writes frames made by us. `ws` reads, checks
// and closes; what is sent goes past it, so that a frame is built once for all who get it.
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { RawData, WebSocket } from 'ws'
import { gone } from './codes.ts'
import type { Close } from './codes.ts'
import type { Connection, Transport } from './connection.ts'
import { forms } from './frames.ts'
import type { Form } from './frames.ts'

export const LARGEST_MESSAGE = 65_536
const PATIENCE_MS = 2_000
/** Who has not taken so much gets no answers to its pings. */
const MOST_UNTAKEN = 65_536
const NOTHING = Buffer.alloc(0)

/** The subprotocol that a client names beside its token, and that is all it is told of. */
export const SUBPROTOCOL = 'jasaweb.v1'

export class SocketTransport implements Transport {
  readonly form: Form
  readonly #socket: WebSocket
  readonly #raw: Socket

  constructor(socket: WebSocket, raw: Socket, form: Form) {
    this.#socket = socket
    this.#raw = raw
    this.form = form
  }
  get buffered(): number {
    return this.#raw.writableLength
  }
  write(bytes: Buffer): void {
    if (this.#socket.readyState === 1) this.#raw.write(bytes)
  }
  whenTaken(taken: () => void): void {
    this.#raw.write(NOTHING, (error) => {
      if (!error) taken()
    })
  }
  ping(): void {
    if (this.#socket.readyState === 1) this.#socket.ping()
  }
  close({ code, reason }: Close): void {
    this.#socket.close(code, reason)
    // A peer that does not answer the goodbye, or does not even read it, is not waited for.
    setTimeout(() => this.#socket.terminate(), PATIENCE_MS).unref()
  }
  cut(): void {
    this.#socket.terminate()
  }
}

/** What happens to a connection's socket. Shared by all sockets: there are no closures of their own. */
export interface SocketEvents {
  text(connection: Connection, text: string): void
  binary(connection: Connection): void
  /** The answer to a ping, or a sign of life that nobody asked for. */
  ponged(connection: Connection): void
  /** A ping; answered unless this returns false. */
  pinged(connection: Connection): boolean
  gone(connection: Connection, close: Close): void
  failed(error: Error): void
}

export interface Sockets {
  /**
   * Takes a request over; `lines` puts several messages into one frame. Calls `opened` before it returns, or never when the
   * handshake was not one, which it has then answered.
   */
  open(
    request: IncomingMessage,
    raw: Duplex,
    head: Buffer,
    style: 'lines' | 'frames',
    opened: (transport: SocketTransport) => Connection,
  ): void
  close(): void
}

const OWNER = Symbol('the connection of a socket')
type Owned = WebSocket & { [OWNER]: Connection }

export function createSockets(events: SocketEvents): Sockets {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    // By itself it would answer as many as come, also to somebody who does not read the answers.
    autoPong: false,
    maxPayload: LARGEST_MESSAGE,
    // A window for each message: nothing is kept between them, on neither side.
    perMessageDeflate: { serverNoContextTakeover: true, clientNoContextTakeover: true, concurrencyLimit: 4 },
    handleProtocols: (protocols) => (protocols.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  })
  function onMessage(this: WebSocket, data: RawData, isBinary: boolean): void {
    const { [OWNER]: connection } = this as Owned
    if (isBinary) events.binary(connection)
    else events.text(connection, (data as Buffer).toString())
  }
  function onPong(this: WebSocket): void {
    events.ponged((this as Owned)[OWNER])
  }
  function onPing(this: WebSocket, data: Buffer): void {
    const { [OWNER]: connection } = this as Owned
    if (events.pinged(connection) && connection.transport.buffered < MOST_UNTAKEN && this.readyState === 1)
      this.pong(data)
  }
  function onClose(this: WebSocket, code: number): void {
    // What we close with is on record by now; what a peer says when it leaves is its own affair.
    events.gone((this as Owned)[OWNER], { ...gone, reason: wayOut(code) })
  }
  const onError = (error: Error) => events.failed(error)
  return {
    open(request, raw, head, style, opened) {
      server.handleUpgrade(request, raw, head, (socket) => {
        const transport = new SocketTransport(socket, raw as Socket, formFor(socket, style))
        Object.assign(socket, { [OWNER]: opened(transport) })
        socket.on('message', onMessage)
        socket.on('ping', onPing)
        socket.on('pong', onPong)
        socket.on('close', onClose)
        socket.on('error', onError)
      })
    },
    close: () => server.close(),
  }
}

/** Codes that the protocol itself closes with. */
const wayOut = (code: number): string =>
  ({ 1002: 'malformed frame', 1007: 'invalid UTF-8', 1009: 'message too big' })[code] ?? gone.reason

/** Deflated frames suit a peer that agreed to the extension and keeps the usual window. */
function formFor(socket: WebSocket, style: 'lines' | 'frames'): Form {
  const agreed = /permessage-deflate/.test(socket.extensions) && !/server_max_window_bits/.test(negotiated(socket))
  if (style === 'lines') return agreed ? forms.linesDeflated : forms.lines
  return agreed ? forms.framesDeflated : forms.frames
}

function negotiated(socket: WebSocket): string {
  const { _extensions: extensions = {} } = socket as WebSocket & {
    _extensions?: Record<string, { params?: Record<string, unknown> } | undefined>
  }
  return Object.keys(extensions['permessage-deflate']?.params ?? {}).join(' ')
}
