// The gateway on a real port, over a log in memory and with a small policy: `project:<name>` belongs to the user of that name.
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Effect } from '../../../src/delivery/realtime/core.ts'
import { createGateway } from '../../../src/delivery/realtime/gateway.ts'
import type { Gateway, GatewayOptions } from '../../../src/delivery/realtime/gateway.ts'
import type { RecordBatch } from '../../../src/domains/realtime/records/contract.ts'
import { systemClock } from '../../../src/platform/clock.ts'
import type { Clock } from '../../../src/platform/clock.ts'
import type { Role } from '../../../src/platform/contract/operation.ts'
import type { StoredEvent } from '../../../src/platform/events/log.ts'
import { hmac } from '../../../src/platform/crypto.ts'
import { newId } from '../../../src/platform/ids.ts'
import { newSigningKey, openTokens } from '../../../src/platform/tokens.ts'
import { quiet } from '../database.ts'
import { createMemoryLog } from './log.ts'
import type { Made, MemoryLog } from './log.ts'

export interface TestGateway {
  gateway: Gateway
  log: MemoryLog
  port: number
  url: string
  clock: Clock
  records: RecordBatch[]
  inboxes: Map<string, number>
  token(user: string, options?: { role?: Role; sid?: string; seconds?: number; channel?: string }): Promise<string>
  csrf(sid: string): string
  /** Something happens in the project of that user. */
  change(project: string, text: string, note?: string | null): StoredEvent
  tell(text: string): StoredEvent
  effect(effect: Effect): void
  /** Cuts every TCP connection. */
  cutAll(): void
  close(): Promise<void>
}

export async function openGateway(
  options: Partial<Omit<GatewayOptions, 'limits' | 'log'>> & {
    limits?: Partial<GatewayOptions['limits']>
    log?: MemoryLog
    signingKey?: string
  } = {},
): Promise<TestGateway> {
  const clock = options.clock ?? systemClock
  const log = options.log ?? createMemoryLog()
  const signingKey = options.signingKey ?? (await sharedKey)
  const tokens = await openTokens({ signingKey, issuer: 'https://agency.test', clock })
  const csrf = (sid: string) => `csrf-of-${sid}`
  const records: RecordBatch[] = []
  const inboxes = new Map<string, number>()
  const sockets = new Set<Socket>()
  const { log: _log, signingKey: _key, limits, ...rest } = options
  const gateway = createGateway({
    node: { id: newId(clock), name: 'test', startedAt: clock.now() },
    broker: log.broker,
    tokens,
    policy: {
      ownChannels: ({ userId, role }) => [`user:${userId}`, 'system', ...(role === 'admin' ? ['admin'] : [])],
      isChannel: (channel) => /^((user|project):[a-z0-9-]+|system|admin)$/.test(channel),
      mayRead: ({ userId, role }, channel) =>
        Promise.resolve(
          role === 'admin' || channel === `project:${userId}` || channel.startsWith(`project:${userId}-`),
        ),
      maySeePresence: ({ role }) => role === 'admin',
    },
    inbox: {
      channelOf: (userId) => `user:${userId}`,
      cursorOf: (userId) => Promise.resolve(inboxes.get(userId) ?? log.broker.feed.position()),
      acknowledge: (userId, position) => Promise.resolve(void inboxes.set(userId, position)),
    },
    effect: (stored) => (stored.type === 'effect' ? (stored.data as Effect) : null),
    happened: () => Promise.resolve([]),
    record: (batch) => Promise.resolve(void records.push(batch)),
    csrfOf: csrf,
    sign,
    clientAddress: (peer) => peer ?? '',
    origins: new Set(['https://agency.test']),
    limits: { connectionsPerUser: 10, connectionsPerAddress: 10, messagesPerMinute: 100, channels: 128, ...limits },
    version: '0',
    clock,
    log: quiet,
    random: Math.random,
    ...rest,
  })
  await gateway.start()
  const server = createServer((request, response) => {
    if (!gateway.handle(request, response)) response.writeHead(404).end()
  })
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  gateway.attach(server)
  const port = await listen(server)
  const committed = (made: Made): StoredEvent => log.commit(made)[0]!
  return {
    gateway,
    log,
    port,
    url: `http://127.0.0.1:${port}`,
    clock,
    records,
    inboxes,
    csrf,
    token: (user, { role = 'client', sid = `s-${user}`, seconds = 300, channel } = {}) =>
      tokens.issue({ sub: user, sid }, 'realtime', seconds, { role, ...(channel ? { channel } : {}) }),
    change: (project, text, note = null) =>
      committed({
        type: 'project.changed',
        subject: `project:${project}`,
        data: { project, text, note },
        channels: [`project:${project}`, `user:${project}`, 'admin'],
        live: 'project_update',
        shown: { project, text, note: null },
      }),
    tell: (text) =>
      committed({
        type: 'news.told',
        subject: 'news',
        data: { project: '', text, note: null },
        channels: ['system'],
        live: 'system_notification',
      }),
    effect: (effect) => void committed({ type: 'effect', subject: 'x', data: effect, channels: [] }),
    cutAll() {
      for (const socket of sockets) socket.destroy()
    },
    async close() {
      await gateway.stop()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

const sharedKey = newSigningKey()

/** What a gateway of the tests vouches for. */
export const sign = (text: string): string => hmac(Buffer.from('tests'), text)

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)))
}
