// `jasaweb start --role realtime`, started as people start it. What is measured is the process that listens, not its launcher.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../test/support/application.ts'
import { childrenOf } from './usage.ts'

const launcher = fileURLToPath(new URL('../../scripts/jasaweb.js', import.meta.url))
const LONGEST_START_MS = 120_000

export interface GatewayProcess {
  port: number
  pid: number
  /** One of its figures for Prometheus, summed up over labels. */
  figure(name: string): Promise<number>
  stop(): Promise<void>
}

export async function startGateway(environment: Record<string, string>): Promise<GatewayProcess> {
  const port = await freePort()
  const child = spawn(process.execPath, [launcher, 'start', '--role', 'realtime'], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      // A profile of the gateway is asked for with BENCH_NODE_OPTIONS="--cpu-prof --cpu-prof-dir=…".
      ...(process.env.BENCH_NODE_OPTIONS ? { NODE_OPTIONS: process.env.BENCH_NODE_OPTIONS } : {}),
      HOST: '127.0.0.1',
      PORT: String(port),
      LOG_LEVEL: 'warn',
      // Everybody is at this machine's one address.
      REALTIME_CONNECTIONS_PER_ADDRESS: '100000',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child.stdout?.on('data', (part: Buffer) => {
    if (part.includes('"level"')) process.stderr.write(part)
  })
  const running = () => child.exitCode === null && child.signalCode === null
  const began = performance.now()
  const url = `http://127.0.0.1:${port}`
  while (!(await isReady(url))) {
    if (!running()) throw new Error('the gateway did not start')
    if (performance.now() - began > LONGEST_START_MS) {
      child.kill('SIGTERM')
      throw new Error('the gateway was not ready in time')
    }
    await sleep(50)
  }
  // The launcher becomes the gateway, or starts it under an older Node.
  const started = (await childrenOf(child.pid ?? 0)).find(({ command }) => command.includes('gateway'))
  return {
    port,
    pid: started?.pid ?? child.pid ?? 0,
    async figure(name) {
      const text = await (await fetch(`${url}/metrics`)).text()
      const values = text.matchAll(new RegExp(`^jasaweb_realtime_${name}(?:\\{[^}]*\\})? (\\S+)$`, 'gm'))
      return [...values].reduce((sum, [, value]) => sum + Number(value), 0)
    },
    async stop() {
      if (!running()) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

const isReady = (url: string) =>
  fetch(`${url}/health/ready`).then(
    async (answer) => (await answer.arrayBuffer(), answer.ok),
    () => false,
  )
