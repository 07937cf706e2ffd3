// The HTTP server of a process that only holds live connections: besides them it answers for its health and its figures.
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { isNear } from '../http/near.ts'
import type { Health } from '../http/readiness.ts'
import { exposition, EXPOSITION_TYPE } from './exposition.ts'
import type { Gateway } from './gateway.ts'
import { addressOf } from './stream.ts'

export interface GatewayServer {
  readonly port: number
  readonly server: Server
  stop(): Promise<void>
}
export interface GatewayServerOptions {
  host: string
  /** 0 for any free port. */
  port: number
  health: Health
}

export async function serveGateway(gateway: Gateway, options: GatewayServerOptions): Promise<GatewayServer> {
  const { health } = options
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 65_000, maxHeaderSize: 16 * 1024 },
    (request, response) => {
      if (gateway.handle(request, response)) return
      answer(request, response).catch(() => send(response, 503, { status: 'unavailable' }))
    },
  )
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    request.resume()
    switch (addressOf(request).pathname) {
      case '/health/live':
        return send(response, 200, { status: 'ok' })
      case '/health/ready':
        return ready(response)
      case '/metrics':
        if (!isNear(request)) return send(response, 404, { status: 'not found' })
        return figures(response)
      default:
        return send(response, 404, { status: 'not found' })
    }
  }
  async function ready(response: ServerResponse): Promise<void> {
    const { ready: isReady, checks } = await health.readiness()
    send(response, isReady ? 200 : 503, { status: isReady ? 'ok' : 'unavailable', checks })
  }
  function figures(response: ServerResponse): void {
    const headers = { 'content-type': EXPOSITION_TYPE, 'cache-control': 'no-store' }
    response.writeHead(200, headers).end(exposition(gateway.figures()))
  }

  gateway.attach(server)
  server.listen(options.port, options.host)
  await once(server, 'listening')
  return {
    server,
    port: (server.address() as AddressInfo).port,
    async stop() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent) return void response.destroy()
  const retry = status === 503 ? { 'retry-after': '5' } : {}
  response
    .writeHead(status, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...retry,
    })
    .end(JSON.stringify(body))
}
