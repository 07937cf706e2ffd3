// The application as it runs for people: `jasaweb start` in a process of its own, with the embedded PostgreSQL of a data
// folder. For what only a real process can show: being killed, Ctrl-C, starting many times, and benchmarks.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { stopAbandonedPostgres } from '../../src/platform/postgres/supervisor.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
export const OWNER = { email: 'owner@agency.test', password: 'soto-ayam-lamongan-enak' }
const LONGEST_START_MS = 120_000

export interface Ending {
  code: number | null
  signal: NodeJS.Signals | null
}
export interface Application {
  url: string
  port: number
  pid: number
  /** Milliseconds from spawning to the first ready answer. */
  startedIn: number
  /** What it wrote so far. */
  output(): string
  isRunning(): boolean
  /** SIGKILL: nothing is tidied up. */
  kill(): Promise<Ending>
  /** SIGTERM, as a service manager stops it. */
  stop(): Promise<Ending>
  /** SIGINT to its whole process group, as Ctrl-C in a terminal does. */
  interrupt(): Promise<Ending>
}
export interface ApplicationOptions {
  dataDir: string
  port?: number
  /** Beside DATA_DIR, PORT and the owner's account. Of this process' own environment it gets only PATH and HOME. */
  env?: Record<string, string>
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return port
}

/** A folder of its own for an application; `remove` also stops a PostgreSQL that a killed application left there. */
export function dataFolder(name: string): { path: string; remove(): Promise<void> } {
  const path = mkdtempSync(join(tmpdir(), `jasaweb-${name}-`))
  return {
    path,
    async remove() {
      await stopAbandonedPostgres(join(path, 'postgres'))
      rmSync(path, { recursive: true, force: true })
    },
  }
}

/** A process that may not be ready yet. */
export interface Starting extends Omit<Application, 'startedIn'> {
  /** Rejects, with what it wrote, when it ends instead or takes two minutes. */
  ready(): Promise<Application>
}

export async function spawnApplication({ dataDir, port = 0, env = {} }: ApplicationOptions): Promise<Starting> {
  const chosen = port || (await freePort())
  const began = performance.now()
  // A group of its own for Ctrl-C; and by the channel it notices when this process is gone, and stops.
  const child = spawn(process.execPath, [join(root, 'src/main.ts'), 'start'], {
    cwd: root,
    detached: true,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DATA_DIR: dataDir,
      PORT: String(chosen),
      LOG_LEVEL: 'warn',
      OWNER_EMAIL: OWNER.email,
      OWNER_PASSWORD: OWNER.password,
      RATE_LIMIT_PER_MINUTE: '10000000',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let written = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part: Buffer) => (written += part.toString()))
  const ended = new Promise<Ending>((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })))
  const pid = child.pid ?? 0
  const isRunning = () => child.exitCode === null && child.signalCode === null
  const end = (signal: NodeJS.Signals, target = pid): Promise<Ending> => {
    if (isRunning()) process.kill(target, signal)
    return ended
  }
  const url = `http://127.0.0.1:${chosen}`
  const self = {
    url,
    port: chosen,
    pid,
    isRunning,
    output: () => written,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    interrupt: () => end('SIGINT', -pid),
  }
  async function ready(): Promise<Application> {
    while (!(await isReady(url))) {
      if (!isRunning()) throw new Error(`the application did not start\n${written}`)
      if (performance.now() - began > LONGEST_START_MS)
        throw new Error(`the application was not ready in time\n${written}`)
      await sleep(10)
    }
    return { ...self, startedIn: performance.now() - began }
  }
  return { ...self, ready }
}

export async function startApplication(options: ApplicationOptions): Promise<Application> {
  const starting = await spawnApplication(options)
  try {
    return await starting.ready()
  } catch (error) {
    await starting.kill()
    throw error
  }
}

const isReady = (url: string) =>
  fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5_000) }).then(
    async (answer) => (await answer.arrayBuffer(), answer.ok),
    () => false,
  )
