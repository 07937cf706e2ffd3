// The application as it runs for people: `jasaweb start` in a process of its own, on an empty folder and a free port.
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
export const OWNER = { email: 'owner@bench.test', password: 'soto-ayam-lamongan-enak' }

/** The sandbox's key, known here so that notifications can be signed. */
export const SERVER_KEY = 'SB-Mid-server-bench'

export interface Application {
  url: string
  pid: number
  /** Milliseconds from spawning to the first ready answer. */
  startedIn: number
  /** CPU seconds used by the process so far (Linux; NaN elsewhere). */
  cpuSeconds(): Promise<number>
  stop(): Promise<void>
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return port
}

export async function startApplication(options: { dataDir?: string } = {}): Promise<Application> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'jasaweb-bench-')))
  const port = await freePort()
  const began = performance.now()
  const child = spawn(process.execPath, [join(root, 'src/main.ts'), 'start'], {
    cwd: root,
    env: {
      PATH: process.env.PATH, HOME: process.env.HOME, DATA_DIR: dataDir, PORT: String(port), LOG_LEVEL: 'warn',
      OWNER_EMAIL: OWNER.email, OWNER_PASSWORD: OWNER.password, RATE_LIMIT_PER_MINUTE: '10000000', MIDTRANS_SERVER_KEY: SERVER_KEY,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const url = `http://127.0.0.1:${port}`
  while (!(await isReady(url))) {
    if (child.exitCode !== null) throw new Error('the application did not start')
    if (performance.now() - began > 120_000) throw new Error('the application was not ready after two minutes')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return {
    url,
    pid: child.pid ?? 0,
    startedIn: performance.now() - began,
    cpuSeconds: () => cpuSecondsOf(child.pid ?? 0),
    async stop() {
      child.kill('SIGTERM')
      await ended
      if (!options.dataDir) await rm(dataDir, { recursive: true, force: true })
    },
  }
}

const isReady = (url: string) =>
  fetch(`${url}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  )

async function cpuSecondsOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}
