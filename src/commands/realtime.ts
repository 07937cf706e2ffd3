// `jasaweb start --role realtime`: a process that holds live connections and nothing else. What it loads decides how many fit
// into a machine, so it is put together by hand, from the log and the gateway; `npm run build` makes one file of it
// (docs/decisions/0006-gateway-bundle.md).
import { readConfig } from '../config.ts'
import type { Config } from '../config.ts'
import { ConnectionsRecorded } from '../domains/realtime/contract.ts'
import { createHealth } from '../delivery/http/readiness.ts'
import { serveGateway } from '../delivery/realtime/server.ts'
import { buildGateway } from '../gateway.ts'
import { openKeys } from '../keys.ts'
import { systemClock } from '../platform/clock.ts'
import { openDatabase } from '../platform/database.ts'
import { openEventLog } from '../platform/events/log.ts'
import { openServer, whenMigrated } from './database.ts'
import { logFor } from './log.ts'
import { step } from './progress.ts'
import { stopOnSignal } from './stopping.ts'

/** For ownership of channels, inboxes, records and the log: no more than a few at once. */
const CONNECTIONS = 4

/** The gateway keeps the latest messages itself. */
const EVENTS = 250

/** Serves until a signal comes. `prepare` sees to it that the database is up to date. */
export async function holdConnections(
  config: Config = readConfig(),
  prepare: (url: string) => Promise<void> = whenMigrated,
): Promise<void> {
  const log = logFor(config)
  const server = await step(config.DATABASE_URL ? 'Connecting to PostgreSQL' : 'Starting PostgreSQL', () =>
    openServer(config, log),
  )
  await step('Bringing the database up to date', () => prepare(server.url))
  const database = openDatabase({ url: server.url, poolSize: Math.min(CONNECTIONS, config.DATABASE_POOL), log })
  const clock = systemClock
  const events = openEventLog({ database, clock, log, kept: EVENTS })
  events.declare([ConnectionsRecorded])
  const keys = await openKeys(config, database, clock)
  const gateway = await buildGateway({
    config,
    database,
    events,
    keys,
    clock,
    random: Math.random,
    log,
  })
  await gateway.start()
  const health = createHealth({
    checks: { database: () => database.ping(), events: gateway.check },
    failed: (check, error) => log.warn({ err: error, check }, 'a readiness check failed'),
  })
  const door = await serveGateway(gateway, { host: config.HOST, port: config.PORT, health })
  stopOnSignal(async () => {
    health.drain()
    await gateway.stop(config.DRAIN_SECONDS * 1000)
    await door.stop()
    await events.close()
    await database.close()
    await server.stop()
  })
  console.log(`\n  JasaWeb holds live connections on port ${door.port}\n`)
}
