import { statSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { chooseAddress, connectionUrl, loopback, type Address } from './address.ts'
import { findPackage, prepareBinaries, type Binaries } from './binaries.ts'
import { initialiseCluster, openCluster, readPassword, SUPERUSER, type Cluster } from './cluster.ts'
import { lock } from './file-lock.ts'
import {
  discardStalePidFile,
  findPostmaster,
  isPostmaster,
  launch,
  readPidFile,
  shutDown,
  whenReady,
  type Postmaster,
} from './postmaster.ts'
import { boundLog, logTail } from './server-log.ts'
import { settingArguments } from './settings.ts'
import { joinUsers } from './users.ts'

export interface PostgresServer {
  /** connection URL for a database of the cluster */
  url(database?: string): string
  stop(): Promise<void>
}
export interface PostgresOptions {
  dataDir: string
  log?: (line: string) => void
  settings?: Record<string, string>
  onUnexpectedExit?: (reason: string) => void
}

const DATABASE = 'jasaweb'

export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const cluster = openCluster(options.dataDir)
  const membership = joinUsers(cluster.users)
  const binaries = prepareBinaries(findPackage(), cluster.account)
  const held = await lock(cluster.startLock)
  let running: Postmaster
  let password: string
  try {
    await initialiseCluster(cluster, binaries.initdb, options.settings?.fsync !== 'off')
    password = readPassword(cluster)
    running = (await whenReady(cluster.data)) ?? (await start())
    await createDatabase()
  } finally {
    held.release()
  }

  async function start(): Promise<Postmaster> {
    discardStalePidFile(cluster.data)
    const address =
      options.settings?.unix_socket_directories === ''
        ? await loopback()
        : await chooseAddress(cluster.data, cluster.account)
    return launch(cluster, binaries.postgres, address, settingArguments(options.settings ?? {}), () => {})
  }
  async function createDatabase(): Promise<void> {
    const client = new pg.Client({ connectionString: connectionUrl(running.address, SUPERUSER, password, 'postgres') })
    await client.connect()
    try {
      const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE])
      if (!rowCount) await client.query(`create database ${DATABASE}`)
    } finally {
      await client.end()
    }
  }
  return {
    url: (database = DATABASE) => connectionUrl(running.address, SUPERUSER, password, database),
    async stop() {
      const held = await lock(cluster.startLock)
      try {
        if (!membership.others()) await shutDown(cluster, binaries.pgCtl, 'fast')
        membership.leave()
      } finally {
        held.release()
      }
    },
  }
}
