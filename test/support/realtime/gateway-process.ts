// A process that only holds live connections, started from the bundle as the launcher starts it, and killed.
import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '../application.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const SLOWEST_START_MS = 30_000

export interface GatewayProcess {
  port: number
  start(): Promise<void>
  /** SIGKILL: nobody is told. */
  kill(): Promise<void>
  output(): string
}

/** Builds the bundle if it is stale. */
export function buildGatewayBundle(): void {
  const program = `import('./scripts/build.js').then(({ build }) => build({ only: 'gateway' }))`
  execFileSync(process.execPath, ['-e', program], { cwd: root, stdio: 'ignore' })
}

export async function gatewayProcess(env: Record<string, string>): Promise<GatewayProcess> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}/health/ready`
  let child: ChildProcess | undefined
  let written = ''
  const isReady = () =>
    fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
      async (answer) => (await answer.arrayBuffer(), answer.ok),
      () => false,
    )
  return {
    port,
    output: () => written,
    async start() {
      const started = spawn(process.execPath, ['--max-semi-space-size=4', 'build/gateway/gateway.cjs'], {
        cwd: root,
        env: { PATH: process.env.PATH, HOME: process.env.HOME, LOG_LEVEL: 'warn', ...env, PORT: String(port) },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      })
      child = started
      for (const stream of [started.stdout, started.stderr])
        stream?.on('data', (part: Buffer) => (written += part.toString()))
      const began = performance.now()
      while (!(await isReady())) {
        if (started.exitCode !== null) throw new Error(`the gateway did not start\n${written}`)
        if (performance.now() - began > SLOWEST_START_MS) throw new Error(`the gateway was not ready\n${written}`)
        await sleep(20)
      }
    },
    async kill() {
      const running = child
      child = undefined
      if (!running || running.exitCode !== null) return
      running.kill('SIGKILL')
      await once(running, 'exit')
    },
  }
}
