// A small HTTP server that behaves as the HTTP API of Centrifugo is documented to, and fails as it is told. It is no Centrifugo:
// what it cannot show is whether the documentation is right.
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'

export const CENTRIFUGO_KEY = 'kunci-centrifugo'
const WINDOW_MS = 300_000

export interface Published {
  channel: string
  data: { type: string; payload: { event: string; data: unknown }; timestamp: string; id: string }
}
export type Trouble =
  | { kind: 'status'; status: number }
  | { kind: 'error'; code: number }
  | { kind: 'channel'; channel: string; code: number }
  | { kind: 'silence' }
  | { kind: 'nonsense' }

const Broadcast = z.object({ channels: z.array(z.string()), data: z.unknown(), idempotency_key: z.string() })
const Presence = z.object({ channel: z.string() })

export async function startCentrifugo() {
  const published: Published[] = []
  const commands: { method: string; body: unknown }[] = []
  const presence = new Map<string, { client: string; user: string; conn_info?: unknown }[]>()
  const seen = new Map<string, number>()
  let trouble: Trouble | undefined
  let calls = 0
  let keepsPresence = true

  function publish(channel: string, data: unknown, key: string): object {
    if (trouble?.kind === 'channel' && trouble.channel === channel)
      return { error: { code: trouble.code, message: 'as told' } }
    // "Acts per channel", for five minutes.
    const name = `${channel} ${key}`
    if ((seen.get(name) ?? 0) > Date.now() - WINDOW_MS) return { result: {} }
    seen.set(name, Date.now())
    published.push({ channel, data: data as Published['data'] })
    return { result: {} }
  }

  function answerTo(method: string, body: unknown): object {
    if (trouble?.kind === 'error') return { error: { code: trouble.code, message: 'as told' } }
    switch (method) {
      case 'broadcast': {
        const { channels, data, idempotency_key: key } = Broadcast.parse(body)
        return { result: { responses: channels.map((channel) => publish(channel, data, key)) } }
      }
      case 'presence': {
        if (!keepsPresence) return { error: { code: 108, message: 'not available' } }
        const clients = presence.get(Presence.parse(body).channel) ?? []
        return { result: { presence: Object.fromEntries(clients.map((each) => [each.client, each])) } }
      }
      case 'disconnect':
      case 'refresh':
        commands.push({ method, body })
        return { result: {} }
      default:
        return { error: { code: 104, message: 'method not found' } }
    }
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    calls++
    const parts: Buffer[] = []
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
    if (trouble?.kind === 'silence') return
    if (trouble?.kind === 'nonsense') return void response.end('<h1>Welcome to nginx</h1>')
    if (request.method !== 'POST' || request.headers['x-api-key'] !== CENTRIFUGO_KEY)
      return void response.writeHead(401).end('Unauthorized')
    if (trouble?.kind === 'status') return void response.writeHead(trouble.status).end('as told')
    const [, method = ''] = /^\/api\/(\w+)$/.exec(request.url ?? '') ?? []
    const answer = answerTo(method, JSON.parse(Buffer.concat(parts).toString()))
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  }

  const server = createServer((request, response) => void handle(request, response).catch(() => response.destroy()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    published,
    commands,
    presence,
    calls: () => calls,
    /** Undefined: it works again. */
    suffer(what?: Trouble) {
      trouble = what
    },
    withoutPresence() {
      keepsPresence = false
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
export type TestCentrifugo = Awaited<ReturnType<typeof startCentrifugo>>
