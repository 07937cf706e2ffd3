// The broker of an installation with many nodes: one reads the log for all, presence and places are shared, commands travel at
// once. Whatever Redis goes through, the log and the database stay behind it.
import { sql } from 'kysely'
import type { Database } from '../../../../platform/database.ts'
import { createLoop } from '../../../../platform/worker.ts'
import type { Broker } from '../broker.ts'
import type { BrokerOptions } from '../postgres.ts'
import { createPostgresRelay } from '../postgres-relay.ts'
import { Received } from '../received.ts'
import { createRedisConnection } from './connection.ts'
import { createRedisCounter } from './counter.ts'
import { createRedisFeed } from './feed.ts'
import type { RedisFeed } from './feed.ts'
import { Holdings, SIGN_MS } from './holdings.ts'
import { createLead } from './lead.ts'
import { createRedisPresence } from './presence.ts'
import { createRedisRelay } from './relay.ts'
import { tailOf } from './tailing.ts'

export interface RedisBrokerOptions extends BrokerOptions {
  url: string
  random: () => number
  /** Monotonic milliseconds. */
  now?: () => number
}
export interface RedisBroker extends Broker {
  readonly feed: RedisFeed
  /** Whether Redis is there just now. */
  readonly connected: boolean
}

/** After this every living node has found out that Redis is back. */
const SETTLED_MS = 5_000

export async function openRedisBroker(options: RedisBrokerOptions): Promise<RedisBroker> {
  const { events, node, url, clock, log, random, now = () => performance.now() } = options
  const epoch = await events.epoch()
  const prefix = `jasaweb:${epoch}:${await nameOfDatabase(options.database)}:`
  let readyAt = Infinity
  const connection = await createRedisConnection({
    url,
    log,
    random,
    ready() {
      readyAt = now()
      signing.wake()
      feed.ready()
    },
    lost() {
      readyAt = Infinity
      feed.lost()
    },
  })
  const client = () => connection.client
  const common = { ...options, prefix, client }

  const feed = createRedisFeed({
    ...common,
    epoch,
    now,
    channel: `${prefix}feed`,
    openTail: tailOf(options),
    lead: createLead(`${prefix}leader`, node),
    started() {
      connection.start(
        new Map([
          [`${prefix}feed`, feed.heard],
          [relay.channel, relay.heard],
        ]),
      )
      signing.start()
    },
  })
  const holdings = new Holdings(common)
  const presence = createRedisPresence({ ...common, holdings, isSettled: () => now() - readyAt > SETTLED_MS })
  const received = new Received()
  const postgresRelay = createPostgresRelay({ ...options, received })
  const relay = createRedisRelay({ ...common, received, otherwise: postgresRelay })
  const signing = createLoop({ name: 'realtime.sign', clock, log, every: SIGN_MS, turn: () => sign() })

  async function sign(): Promise<void> {
    try {
      await holdings.sign()
    } catch (error) {
      log.debug({ err: error }, 'Redis did not take this node’s sign of life')
    }
  }

  return {
    kind: 'redis',
    get connected() {
      return connection.client !== undefined
    },
    feed,
    presence,
    counter: createRedisCounter({ ...common, holdings }),
    relay: {
      send: relay.send,
      async start(receive) {
        received.start(receive)
        await postgresRelay.start()
      },
    },
    async stop() {
      await Promise.all([feed.stop(), signing.stop(), postgresRelay.stop()])
      await holdings.leave().catch((error: unknown) => log.debug({ err: error }, 'Redis was not told of the end'))
      await connection.stop()
    },
  }
}

/** Installations may share a Redis, and one may be made from a backup of another: then its log has the same name. */
async function nameOfDatabase({ db }: Database): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select concat(system_identifier, '-', (select oid from pg_database where datname = current_database())) as name
    from pg_control_system()`.execute(db)
  return rows[0]?.name ?? ''
}
