import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import { connectionUrl } from './address.ts'
import { findPackage, prepareBinaries } from './binaries.ts'
import { openCluster, readPassword, SUPERUSER, type Cluster } from './cluster.ts'
import { lock, tryLock } from './file-lock.ts'
import { guard } from './guard.ts'
import { initialiseCluster } from './initdb.ts'
import { isPostmaster, shutDown, type Postmaster } from './postmaster.ts'
import { createDatabase, DATABASE, ensureRunning, type ServerPlan } from './server.ts'
import { boundLog } from './server-log.ts'
import { countUsers, joinUsers, type Membership } from './users.ts'

// The embedded PostgreSQL. The server is a process of its own that outlives a killed application; any number of
// application processes share it, each of them revives it when it dies, and the last one to stop stops it.

export interface PostgresServer {
  /** connection URL for a database of the cluster */
  url(database?: string): string
  /** Stops using the server, and stops the server itself when nobody else uses it. */
  stop(): Promise<void>
}

export interface PostgresOptions {
  /** Folder for everything that belongs to the server; made when absent. */
  dataDir: string
  /** Told what takes long, what went wrong, and what is done about it. */
  log?: (line: string) => void
  /** Overrides of PostgreSQL's settings. An empty `unix_socket_directories` makes it listen on loopback. */
  settings?: Record<string, string>
  /** Told when the server died although nobody stopped it; it is then being restarted at the same address. */
  onUnexpectedExit?: (reason: string) => void
}

/** Starts, or shares, the server of a data folder. Rejects with a sentence for the operator when that is impossible. */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const cluster = openCluster(options.dataDir)
  const exits = new Map<number, string>()
  const plan: ServerPlan = {
    cluster,
    settings: options.settings ?? {},
    binaries: prepareBinaries(findPackage(), cluster.account),
    log: options.log ?? (() => {}),
    onExit: (pid, how) => exits.set(pid, how),
  }
  // Joined before the lock is asked for: whoever stops the server meanwhile sees that it is still wanted.
  const membership = joinUsers(cluster.users)
  try {
    const { running, password } = await underLock(plan, () => bringUp(plan))
    return supervise(plan, options, membership, running, password, exits)
  } catch (error) {
    await retire(plan, membership).catch(() => {})
    throw error
  }
}

async function bringUp(plan: ServerPlan): Promise<{ running: Postmaster; password: string }> {
  const { cluster, binaries, settings } = plan
  boundLog(cluster.log)
  await initialiseCluster(cluster, binaries.initdb, settings.fsync !== 'off')
  const password = readPassword(cluster)
  const running = await ensureRunning(plan)
  await createDatabase(running.address, password)
  return { running, password }
}

function supervise(
  plan: ServerPlan,
  options: PostgresOptions,
  membership: Membership,
  first: Postmaster,
  password: string,
  exits: Map<number, string>,
): PostgresServer {
  const { cluster, log } = plan
  const stopping = new AbortController()
  let running = first
  const watching = guard(
    {
      alive: () => isPostmaster(running.pid, cluster.data),
      lost() {
        const reason = `PostgreSQL (process ${running.pid}) ${exits.get(running.pid) ?? 'is gone'}`
        log(`${reason}; restarting it`)
        try {
          options.onUnexpectedExit?.(reason)
        } catch (error) {
          log(`The listener for an unexpected exit failed: ${String(error)}`)
        }
      },
      async revive() {
        running = await underLock(plan, () => ensureRunning(plan, running.address), stopping.signal)
        log(`PostgreSQL runs again (process ${running.pid})`)
      },
      failed: (error, retryIn) =>
        log(`${error instanceof Error ? error.message : String(error)}\nNext attempt in ${retryIn} ms`),
    },
    idleClock,
    stopping.signal,
  )
  const upkeep = setInterval(() => tidyLog(cluster), 60_000).unref()
  let stopped: Promise<void> | undefined
  const stop = async () => {
    clearInterval(upkeep)
    stopping.abort()
    await watching
    await retire(plan, membership)
  }
  return {
    url: (database = DATABASE) => connectionUrl(running.address, SUPERUSER, password, database),
    stop: () => (stopped ??= stop()),
  }
}

/** Leaves the server, and stops it when nobody else uses it. */
function retire(plan: ServerPlan, membership: Membership): Promise<void> {
  return underLock(plan, async () => {
    membership.leave()
    if (countUsers(plan.cluster.users) === 0) await shutDown(plan.cluster, plan.binaries.pgCtl, 'fast')
  })
}

/** Stops the server of a data folder whose users all died. False when somebody uses it. */
export async function stopAbandonedPostgres(dataDir: string): Promise<boolean> {
  if (!existsSync(dataDir)) return true
  const cluster = openCluster(dataDir)
  const held = tryLock(cluster.startLock)
  if (!held) return false
  try {
    if (countUsers(cluster.users) > 0) return false
    await shutDown(cluster, prepareBinaries(findPackage(), cluster.account).pgCtl, 'immediate')
    return true
  } finally {
    held.release()
  }
}

async function underLock<T>({ cluster, log }: ServerPlan, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const slow = setInterval(() => log('Waiting for PostgreSQL: it is being started or stopped'), 5_000)
  try {
    const held = await lock(cluster.startLock, signal)
    try {
      return await work()
    } finally {
      held.release()
    }
  } finally {
    clearInterval(slow)
  }
}

/** Several processes share the log: only one at a time moves it aside. */
function tidyLog(cluster: Cluster): void {
  const held = tryLock(cluster.startLock)
  if (!held) return
  boundLog(cluster.log)
  held.release()
}

/** Watching alone is no reason for the process to go on living. */
const idleClock: Clock = {
  now: () => new Date(),
  wait: (ms, signal) => sleep(ms, undefined, { ref: false, ...(signal ? { signal } : {}) }),
}
