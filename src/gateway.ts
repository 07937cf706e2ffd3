// A gateway on the machines it needs and no others: the same in a process that does everything and in one that does only this,
// which must stay small (test/realtime/role.test.ts lists what it may load).
import { hostname } from 'node:os'
import type { Config } from './config.ts'
import { createClientAddress } from './delivery/http/client-address.ts'
import type { HealthCheck } from './delivery/http/readiness.ts'
import type { Broker } from './delivery/realtime/broker/broker.ts'
import { openPostgresBroker } from './delivery/realtime/broker/postgres.ts'
import { createGateway } from './delivery/realtime/gateway.ts'
import type { Gateway } from './delivery/realtime/gateway.ts'
import { feedCheck } from './delivery/realtime/feed-check.ts'
import { csrfOf } from './domains/realtime/csrf.ts'
import { createInbox } from './domains/realtime/inbox/inbox.ts'
import { createChannelPolicy } from './domains/realtime/policy.ts'
import { createRecords } from './domains/realtime/records/records.ts'
import { rightsChange, rightsEvents } from './domains/realtime/rights.ts'
import type { Keys } from './keys.ts'
import type { Clock } from './platform/clock.ts'
import { hmac } from './platform/crypto.ts'
import type { Database } from './platform/database.ts'
import type { EventLog } from './platform/events/log.ts'
import { newId } from './platform/ids.ts'
import type { Logger } from './platform/log.ts'

export interface GatewayParts {
  config: Config
  database: Database
  events: EventLog
  keys: Pick<Keys, 'tokens' | 'csrfKey'>
  clock: Clock
  random: () => number
  log: Logger
}

/** Longer than a token lives. */
const REMEMBERED_MS = 360_000
const MOST_CHANNELS = 128
const VERSION = '0.1.0'

export interface RunningGateway extends Gateway {
  /** Fails when this process no longer gets what is committed. */
  check: HealthCheck
}

export async function buildGateway(parts: GatewayParts): Promise<RunningGateway> {
  const { config, database, events, keys, clock, random, log } = parts
  const records = createRecords({ database, events, clock })
  const node = { id: newId(clock), name: `${hostname()} ${process.pid}`, startedAt: clock.now() }
  const broker = await openBroker(parts, records, node.id)
  const gateway = createGateway({
    node,
    broker,
    tokens: keys.tokens,
    policy: createChannelPolicy(database.db),
    inbox: createInbox({ database, events, clock }),
    effect: rightsChange,
    happened: () => events.since(rightsEvents, new Date(clock.now().getTime() - REMEMBERED_MS)),
    record: (batch) => records.record(batch),
    csrfOf: (sessionId) => csrfOf(keys.csrfKey, sessionId),
    sign: (text) => hmac(keys.csrfKey, `realtime stream:${text}`),
    clientAddress: createClientAddress(config.TRUSTED_PROXIES),
    origins: new Set([new URL(config.PUBLIC_URL).origin, ...config.REALTIME_ORIGINS]),
    limits: {
      connectionsPerUser: config.REALTIME_CONNECTIONS_PER_USER,
      connectionsPerAddress: config.REALTIME_CONNECTIONS_PER_ADDRESS,
      messagesPerMinute: config.REALTIME_MESSAGES_PER_MINUTE,
      channels: MOST_CHANNELS,
    },
    version: VERSION,
    clock,
    log,
    random,
  })
  const { stop } = gateway
  return Object.assign(gateway, {
    check: feedCheck({ feed: broker.feed, horizon: () => events.horizon() }),
    async stop(milliseconds?: number) {
      await stop(milliseconds)
      await records
        .goodbye(node.id)
        .catch((error: unknown) => log.warn({ err: error }, 'this gateway could not sign off'))
    },
  })
}

async function openBroker(
  { config, database, events, clock, log, random }: GatewayParts,
  records: ReturnType<typeof createRecords>,
  node: string,
): Promise<Broker> {
  const { presentIn, isAlive } = records
  const common = { events, database, clock, log, node, presentIn, isAlive }
  if (config.REALTIME_BROKER !== 'redis' || config.REDIS_URL === undefined)
    return openPostgresBroker(common, config.REALTIME_BROKER === 'centrifugo' ? 'centrifugo' : 'postgres')
  const { openRedisBroker } = await import('./delivery/realtime/broker/redis/broker.ts')
  return openRedisBroker({ ...common, random, url: config.REDIS_URL })
}
