// The socket: listens, is patient with no one, and at the end lets running requests finish.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { getRequestListener, RequestError } from '@hono/node-server'
import type { Logger } from '../../platform/log.ts'

export interface ServeOptions {
  host: string
  /** 0 for any free port. */
  port: number
  log: Logger
  /** Milliseconds that running requests get at a stop; 10,000 unless given. */
  drainMs?: number
  /** Milliseconds for the head of a request, and for all of it: slow senders must not hold connections. */
  headersMs?: number
  requestMs?: number
  /** Sees each request first, and answers true when it has taken it. */
  before?: (request: IncomingMessage, response: ServerResponse) => boolean
}

export interface HttpServer {
  readonly server: Server
  readonly port: number
  /** Stops accepting, lets requests finish, then closes what is left. Resolves when nothing is open any more. */
  stop(): Promise<void>
}

interface FetchApp {
  fetch(request: Request, env: never): Response | Promise<Response>
}

/** Rejects with a sentence for the operator when the address cannot be had. */
export async function serve(app: FetchApp, options: ServeOptions): Promise<HttpServer> {
  const { host, port, log, drainMs = 10_000, headersMs = 10_000, requestMs = 30_000 } = options
  const listener = getRequestListener((request, env) => app.fetch(request, env as never), {
    errorHandler(error) {
      if (error instanceof RequestError) return plainProblem(400, 'Bad Request')
      log.error({ err: error }, 'an answer could not be sent')
      return plainProblem(500, 'Internal Server Error')
    },
  })
  const server = createServer(
    {
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      keepAliveTimeout: 65_000,
      connectionsCheckingInterval: Math.min(1_000, headersMs),
      maxHeaderSize: 16 * 1024,
      // Clients that offer HTTP/2 over an upgrade (`h2c`) mean a plain request, which nobody answers once it was upgraded.
      shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
    },
    (incoming, outgoing) => {
      if (!options.before?.(incoming, outgoing)) void listener(incoming, outgoing)
    },
  )
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.on('clientError', refuse)
  await listening(server, host, port)
  const address = server.address() as AddressInfo
  return { server, port: address.port, stop: once(() => drain(server, sockets, drainMs, log)) }
}

function listening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => reject(new Error(reasonOf(error, host, port), { cause: error }))
    server.once('error', failed)
    server.listen(port, host, () => {
      server.off('error', failed)
      resolve()
    })
  })
}

function reasonOf(error: NodeJS.ErrnoException, host: string, port: number): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `Port ${port} is in use: stop the program that uses it, or set PORT to another number.`
    case 'EACCES':
      return `This user may not use port ${port}: set PORT to a number above 1023.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is not an address of this machine: set HOST to one that is, or to 0.0.0.0 for all.`
    default:
      return `Cannot listen on ${host}:${port}: ${error.message}`
  }
}

async function drain(server: Server, sockets: Set<Socket>, patience: number, log: Logger): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // A connection that finishes its request now would wait for another one.
  const idle = setInterval(() => server.closeIdleConnections(), 25)
  const late = setTimeout(() => {
    log.warn({ connections: sockets.size }, 'connections were closed before they were done')
    for (const socket of sockets) socket.destroy()
  }, patience)
  server.closeIdleConnections()
  await closed
  clearInterval(idle)
  clearTimeout(late)
}

const once = <T>(work: () => Promise<T>) => {
  let running: Promise<T> | undefined
  return () => (running ??= work())
}

// What is no HTTP, or too slow, or has a head that is too long, never reaches the application.
function refuse(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy()
  const [status, title] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? [431, 'Request Header Fields Too Large']
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? [408, 'Request Timeout']
        : [400, 'Bad Request']
  const body = JSON.stringify({ type: 'about:blank', title, status })
  socket.end(
    `HTTP/1.1 ${status} ${title}\r\nConnection: close\r\nContent-Type: application/problem+json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  )
}

const plainProblem = (status: number, title: string) =>
  new Response(JSON.stringify({ type: 'about:blank', title, status }), {
    status,
    headers: { 'content-type': 'application/problem+json', 'x-content-type-options': 'nosniff' },
  })
