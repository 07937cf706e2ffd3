import pg from 'pg'
import { chooseAddress, connectionUrl, loopback, type Address } from './address.ts'
import type { Binaries } from './binaries.ts'
import { SUPERUSER, type Cluster } from './cluster.ts'
import { discardStalePidFile, findPostmaster, killOrphans, launch, whenReady, type Postmaster } from './postmaster.ts'
import { settingArguments } from './settings.ts'
import { setTimeout as wait } from 'node:timers/promises'

// Brings the cluster's server up, whatever state the last one was left in. To be called under the start lock.

export const DATABASE = 'jasaweb'

export interface ServerPlan {
  cluster: Cluster
  binaries: Binaries
  settings: Record<string, string>
  log: (line: string) => void
  onExit: (pid: number, how: string) => void
}

/** How long, in milliseconds, whatever a killed application or server has left may keep a new server out. */
const REMNANTS = 10_000
/** How PostgreSQL says so: processes of a killed server, or a server that a killed application had only just started. */
const KEPT_OUT = /pre-existing shared memory block|lock file "postmaster\.pid" (already exists|is empty)/

/** Adopts the running server, or starts one: at `address` when given, since connections in use may not move. */
export async function ensureRunning(plan: ServerPlan, address?: Address): Promise<Postmaster> {
  const { cluster, binaries, settings } = plan
  const until = performance.now() + REMNANTS
  for (;;) {
    const running = await whenReady(cluster.data)
    if (running) return running
    await discardStalePidFile(cluster.data)
    try {
      return await launch(
        cluster,
        binaries.postgres,
        address ?? (await newAddress(plan)),
        settingArguments(settings),
        plan.onExit,
      )
    } catch (error) {
      if (!(error instanceof Error && KEPT_OUT.test(error.message)) || performance.now() > until) throw error
      if (!findPostmaster(cluster.data)) killOrphans(cluster.data)
      await wait(50)
    }
  }
}

function newAddress({ cluster, settings }: ServerPlan): Promise<Address> {
  return settings.unix_socket_directories === '' ? loopback() : chooseAddress(cluster.data, cluster.account)
}

/** Proves that the server takes our password, and creates the application's database unless it exists. */
export async function createDatabase(address: Address, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: connectionUrl(address, SUPERUSER, password, 'postgres') })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE])
    if (!rowCount) await client.query(`create database ${DATABASE}`)
  } finally {
    await client.end()
  }
}
