import { execFile, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Address } from './address.ts'
import { pathForServer, serverEnvironment, type Cluster } from './cluster.ts'

// PostgreSQL's main process: started, recognised by its pid file whoever started it, and stopped.

export interface Postmaster {
  pid: number
  address: Address
  ready: boolean
}

/** What the pid file tells, whether or not that process still lives; null when there is no (complete) file. */
export function readPidFile(data: string): Postmaster | null {
  let lines: string[]
  try {
    lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return null
  }
  const [pid, , , port, socketFolder, , , status] = lines.map((line) => line.trim())
  if (!pid || !port) return null
  return {
    pid: Math.abs(Number(pid)),
    address: { port: Number(port), socketFolder: socketFolder === '/proc/self/cwd' ? data : socketFolder || undefined },
    ready: status === 'ready',
  }
}

/** The living server of this data folder, if any. */
export function findPostmaster(data: string): Postmaster | null {
  const found = readPidFile(data)
  return found && isPostmaster(found.pid, data) ? found : null
}

/** Whether the process is the server of this data folder: a pid alone proves nothing, since pids are used again. */
export function isPostmaster(pid: number, data: string): boolean {
  if (process.platform === 'linux') {
    try {
      const [, program, state] = /\((.*)\) (\S)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
      if (program !== 'postgres' || state === 'Z' || state === 'X') return false
      const home = statSync(`/proc/${pid}/cwd`)
      const own = statSync(data)
      return home.ino === own.ino && home.dev === own.dev
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'ENOENT' || code === 'ESRCH') return false
    }
  }
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** A pid file left by a crash makes PostgreSQL refuse to start when its pid now belongs to some other process. */
export function discardStalePidFile(data: string): void {
  if (!findPostmaster(data)) rmSync(join(data, 'postmaster.pid'), { force: true })
}

/** Starts a server in a session of its own (a terminal's Ctrl-C must not reach it). Resolves once it has been ready. */
export async function launch(
  cluster: Cluster,
  postgres: string,
  address: Address,
  settings: string[],
  onExit: (how: string) => void,
): Promise<Postmaster> {
  const { data, account } = cluster
  const named = pathForServer(data, account)
  const log = openSync(cluster.log, 'a', 0o600)
  const sockets = address.socketFolder === data ? named : (address.socketFolder ?? '')
  const where = ['-c', `unix_socket_directories=${quoted(sockets)}`, '-c', `port=${address.port}`]
  const listen = ['-c', `listen_addresses=${address.socketFolder ? '' : '127.0.0.1'}`]
  const child = spawn(postgres, ['-D', named, ...settings, ...where, ...listen], {
    cwd: data,
    env: serverEnvironment(),
    stdio: ['ignore', log, log],
    detached: true,
    windowsHide: true,
    ...account,
  })
  closeSync(log)
  child.unref()
  let ended: string | undefined
  child.once('error', (error) => (ended = error.message))
  child.once('exit', (code, signal) => {
    ended = signal ? `was killed by ${signal}` : `exited with code ${code}`
    onExit(ended)
  })
  for (;;) {
    const found = readPidFile(data)
    if (found?.ready && found.pid === child.pid) return found
    if (ended) throw new Error(`PostgreSQL did not start: it ${ended}`)
    await wait(3)
  }
}

/** Waits for a server that somebody else started; null when it dies before it is ready. */
export async function whenReady(data: string): Promise<Postmaster | null> {
  for (;;) {
    const found = findPostmaster(data)
    if (!found || found.ready) return found
    await wait(10)
  }
}

export type ShutdownMode = 'fast' | 'immediate'

/** Resolves when the server is gone. A fast shutdown that takes longer than `patience` ms is followed by an immediate one. */
export async function shutDown(cluster: Cluster, pgCtl: string, mode: ShutdownMode, patience = 30_000): Promise<void> {
  const { data } = cluster
  const found = findPostmaster(data)
  if (!found) return
  if (process.platform === 'win32')
    await new Promise((done) => execFile(pgCtl, ['stop', '-D', data, '-m', mode, '-W'], done))
  else process.kill(found.pid, mode === 'fast' ? 'SIGINT' : 'SIGQUIT')
  const until = performance.now() + patience
  while (isPostmaster(found.pid, data)) {
    if (performance.now() > until) {
      if (mode === 'fast') return shutDown(cluster, pgCtl, 'immediate')
      throw new Error(`PostgreSQL (process ${found.pid}) does not stop.`)
    }
    await wait(5)
  }
}

/** unix_socket_directories is a list: a folder with a comma or a space in its name has to be quoted. */
function quoted(folder: string): string {
  return folder && `"${folder.replaceAll('"', '""')}"`
}
