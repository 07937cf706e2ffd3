// The database of a command: the server of DATABASE_URL, or the embedded one, started and brought up to date.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from '../config.ts'
import type { Logger } from '../platform/log.ts'
import { MigrationRefused, migrate } from '../platform/migrate.ts'
import { OperatorError } from './operator-error.ts'
import { step } from './progress.ts'

export interface RunningDatabase {
  url: string
  /** Stops the embedded server; leaves any other alone. */
  stop(): Promise<void>
}

export const migrations = new URL('../migrations/', import.meta.url)

export async function openServer(config: Config, log: Logger): Promise<RunningDatabase> {
  if (config.DATABASE_URL) return { url: config.DATABASE_URL, stop: async () => {} }
  const { startPostgres } = await import('../platform/postgres/supervisor.ts')
  const server = await startPostgres({
    dataDir: `${config.DATA_DIR}/postgres`,
    log: (line) => log.info({ from: 'postgres' }, line),
    onUnexpectedExit: (reason) => log.error({ reason }, 'PostgreSQL ended unexpectedly and is being restarted'),
  })
  return { url: server.url(), stop: () => server.stop() }
}

/** Resolves once another process has brought the database to the shape that a gateway needs. */
export async function whenMigrated(url: string): Promise<void> {
  const { default: pg } = await import('pg')
  for (;;) {
    const client = new pg.Client({ connectionString: url, application_name: 'jasaweb waits' })
    try {
      await client.connect()
      const { rows } = await client.query<{ there: boolean }>(
        `select to_regclass('realtime_inboxes') is not null as there`,
      )
      if (rows[0]?.there) return
    } finally {
      await client.end().catch(() => undefined)
    }
    await sleep(250)
  }
}

/** The server with all migrations applied. */
export async function readyDatabase(config: Config, log: Logger): Promise<RunningDatabase> {
  const server = await step(config.DATABASE_URL ? 'Connecting to PostgreSQL' : 'Starting PostgreSQL', () =>
    openServer(config, log),
  )
  try {
    await step('Bringing the database up to date', () => bringUpToDate(server.url, log))
  } catch (error) {
    await server.stop()
    throw error
  }
  return server
}

/** Applies the migrations that are missing. */
export async function bringUpToDate(url: string, log: Logger): Promise<void> {
  try {
    await migrate({ url, folder: migrations, log })
  } catch (error) {
    throw error instanceof MigrationRefused ? new OperatorError(error.message) : error
  }
}
