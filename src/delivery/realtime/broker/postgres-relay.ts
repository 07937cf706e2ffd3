// Commands for another node through a table and a bell of its own for each node, which nobody else hears.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Logger } from 'pino'
import type { Clock } from '../../../platform/clock.ts'
import type { Database } from '../../../platform/database.ts'
import { createLoop } from '../../../platform/worker.ts'
import type { Received } from './received.ts'

export interface PostgresRelay {
  send(node: string, session: string, data: string, command?: string): Promise<boolean>
  start(): Promise<void>
  stop(): Promise<void>
}

export interface PostgresRelayOptions {
  database: Database
  clock: Clock
  log: Logger
  /** This process. */
  node: string
  /** Whether a node has given a sign of life lately. */
  isAlive(node: string): Promise<boolean>
  received: Received
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** Bounds how long a lost ring of the bell goes unnoticed. */
const BACKSTOP_MS = 5_000
const SWEEP_MS = 30_000
/** Nobody waits for the answer of an older command; its node has died after it was asked for. */
const STALE_SECONDS = 60

export function createPostgresRelay(options: PostgresRelayOptions): PostgresRelay {
  const { database, clock, log, node, received } = options
  let silence: (() => Promise<void>) | undefined

  const reading = createLoop({
    name: 'realtime.relay',
    clock,
    log,
    every: BACKSTOP_MS,
    async turn() {
      const { rows } = await sql<{ command: string; session: string; data: string }>`
        with taken as (delete from realtime_relay where node = ${node} returning *)
        select command, session, data from taken order by id`.execute(database.db)
      for (const { command, session, data } of rows) received.take(command, session, data)
    },
  })
  const sweeping = createLoop({
    name: 'realtime.relay_sweep',
    clock,
    log,
    every: SWEEP_MS,
    async turn() {
      await sql`delete from realtime_relay where sent_at < clock_timestamp() - make_interval(secs => ${STALE_SECONDS})`.execute(
        database.db,
      )
    },
  })

  return {
    async send(to, session, data, command = randomUUID()) {
      // The name comes from a client.
      if (!UUID.test(to) || !(await options.isAlive(to))) return false
      await sql`insert into realtime_relay (node, command, session, data)
        values (${to}, ${command}, ${session}, ${data})`.execute(database.db)
      database.notify(bellOf(to))
      return true
    },
    async start() {
      reading.start()
      sweeping.start()
      silence = await database.listen(bellOf(node), () => reading.wake())
    },
    async stop() {
      await silence?.()
      await Promise.all([reading.stop(), sweeping.stop()])
    },
  }
}

const bellOf = (node: string) => `jasaweb_relay_${node.replaceAll('-', '')}`
