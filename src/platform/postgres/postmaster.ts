import { execFile, spawn, spawnSync } from 'node:child_process'
import { closeSync, openSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { acceptsConnections, type Address } from './address.ts'
import { pathForServer, SERVER_ENVIRONMENT, type Cluster } from './cluster.ts'
import { logTail } from './server-log.ts'

// PostgreSQL's main process: started, recognised by its pid file whoever started it, and stopped.

export interface Postmaster {
  pid: number
  address: Address
  ready: boolean
}

/** Milliseconds within which PostgreSQL has surely filled the pid file that it made. */
const SETTLED = 2_000
const THROUGH_WORKING_FOLDER = '/proc/self/cwd'

/** What the pid file tells, whether or not that process still lives; null when there is no (complete) file. */
export function readPidFile(data: string): Postmaster | null {
  let lines: string[]
  try {
    lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return null
  }
  const [pid, , , port, socketFolder, , , status] = lines.map((line) => line.trim())
  if (!pid || !port || socketFolder === undefined) return null
  const folder = socketFolder === THROUGH_WORKING_FOLDER ? data : socketFolder || undefined
  return { pid: Number(pid), address: { port: Number(port), socketFolder: folder }, ready: status === 'ready' }
}

/** The living server of this data folder, if any. */
export function findPostmaster(data: string): Postmaster | null {
  const found = readPidFile(data)
  return found && isPostmaster(found.pid, data) && (process.platform !== 'darwin' || isNamedPostgres(found.pid))
    ? found
    : null
}

/** For systems without /proc, where a pid used again can at least be told by its program's name. */
export function isNamedPostgres(pid: number): boolean {
  return spawnSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.includes('postgres') ?? false
}

/** Whether the process is the server of this data folder: a pid alone proves nothing, since pids are used again. */
export function isPostmaster(pid: number, data: string): boolean {
  if (process.platform === 'linux') {
    const works = worksIn(pid, data)
    if (works !== undefined) return works
  }
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Whether a living process of Linux is a PostgreSQL one of this data folder; undefined when we may not know. */
function worksIn(pid: number, data: string): boolean | undefined {
  try {
    const [, program, state] = /\((.*)\) (\S)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
    if (program !== 'postgres' || state === 'Z' || state === 'X') return false
    const home = statSync(`/proc/${pid}/cwd`)
    const own = statSync(data)
    return home.ino === own.ino && home.dev === own.dev
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code === 'ENOENT' || code === 'ESRCH' ? false : undefined
  }
}

/**
 * Kills what a killed server left behind. Its idle processes end by themselves, but one amid a long query notices
 * nothing and keeps every new server out. Only to be called when there is no server of this data folder.
 */
export function killOrphans(data: string): void {
  if (process.platform !== 'linux') return
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (!(pid > 1) || worksIn(pid, data) !== true) continue
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended just now.
    }
  }
}

/**
 * Removes the lock files that a crash left: PostgreSQL refuses to start when their pid now belongs to some other
 * process. Throws when a server that cannot be seen (in another container, say) still answers on this data folder.
 */
export async function discardStalePidFile(data: string): Promise<void> {
  const file = join(data, 'postmaster.pid')
  const left = readPidFile(data)
  // One without content is being written right now, or was left by a crash of the whole machine.
  const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0)
  if (left ? isPostmaster(left.pid, data) : age < SETTLED) return
  const socket = left?.address.socketFolder && join(left.address.socketFolder, `.s.PGSQL.${left.address.port}`)
  if (socket) {
    if (await acceptsConnections(socket)) {
      throw new Error(
        `Another container or machine already runs PostgreSQL on ${data}: stop it first, or share its DATABASE_URL.`,
      )
    }
    for (const one of [socket, `${socket}.lock`]) rmSync(one, { force: true })
  }
  rmSync(file, { force: true })
}

/**
 * Starts a server in a session of its own, which a terminal's Ctrl-C does not reach, and resolves once it is ready.
 * `onExit` is told how it ended, whenever that is.
 */
export async function launch(
  cluster: Cluster,
  postgres: string,
  address: Address,
  settings: string[],
  onExit: (pid: number, how: string) => void,
): Promise<Postmaster> {
  const { data, account } = cluster
  const named = pathForServer(data, account)
  const logged = statSync(cluster.log).size
  const log = openSync(cluster.log, 'a', 0o600)
  const child = spawn(postgres, ['-D', named, ...settings, ...listening(address, data, named)], {
    cwd: data,
    env: SERVER_ENVIRONMENT,
    stdio: ['ignore', log, log],
    detached: true,
    windowsHide: true,
    ...account,
  })
  closeSync(log)
  child.unref()
  let ended: string | undefined
  child.once('error', (error) => (ended = `cannot be run: ${error.message}`))
  child.once('exit', (code, signal) => {
    ended = signal ? `was killed by ${signal}` : `exited with code ${code}`
    if (child.pid) onExit(child.pid, ended)
  })
  for (;;) {
    const found = readPidFile(data)
    if (found?.ready && found.pid === child.pid) return found
    if (ended) throw new Error(`PostgreSQL ${ended} while starting.\n${logTail(cluster.log, logged)}`)
    await wait(3)
  }
}

function listening(address: Address, data: string, named: string): string[] {
  const folder = address.socketFolder === data ? named : (address.socketFolder ?? '')
  // The setting is a list: a folder with a comma or a space in its name has to be quoted.
  const sockets = folder && `"${folder.replaceAll('"', '""')}"`
  const hosts = address.socketFolder ? '' : '127.0.0.1'
  const settings = [`unix_socket_directories=${sockets}`, `listen_addresses=${hosts}`, `port=${address.port}`]
  return settings.flatMap((setting) => ['-c', setting])
}

/** Waits for a server that somebody else started; null when there is none, or it dies before it is ready. */
export async function whenReady(data: string): Promise<Postmaster | null> {
  for (;;) {
    const found = findPostmaster(data)
    if (!found || found.ready) return found
    await wait(10)
  }
}

/** Resolves when the server is gone. A fast shutdown that takes longer than `patience` ms is followed by an immediate one. */
export async function shutDown(
  cluster: Cluster,
  pgCtl: string,
  mode: 'fast' | 'immediate',
  patience = 30_000,
): Promise<void> {
  const { data } = cluster
  const found = findPostmaster(data)
  if (!found) return
  if (process.platform === 'win32') {
    await new Promise((done) => execFile(pgCtl, ['stop', '-D', data, '-m', mode, '-W'], done))
  } else {
    process.kill(found.pid, mode === 'fast' ? 'SIGINT' : 'SIGQUIT')
  }
  const until = performance.now() + patience
  while (isPostmaster(found.pid, data)) {
    if (performance.now() > until) {
      if (mode === 'fast') return shutDown(cluster, pgCtl, 'immediate', patience)
      throw new Error(`PostgreSQL (process ${found.pid}) does not stop.`)
    }
    await wait(5)
  }
  if (found.address.socketFolder !== data) removeIfEmpty(found.address.socketFolder)
}

/** A folder that was made for the socket alone goes with it. */
function removeIfEmpty(folder: string | undefined): void {
  try {
    if (folder) rmdirSync(folder)
  } catch {
    // It serves something else too, or is gone already.
  }
}
