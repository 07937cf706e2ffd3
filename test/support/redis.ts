// A Redis of a test's own, to be killed and started again. The ordinary tests share the one of REDIS_URL, which `.ci/run` starts.
import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from './application.ts'

const SERVER = 'redis-server'

/** Where a Redis runs for tests; they are left out without one. */
export const redisUrl = process.env['REDIS_URL'] ?? ''
/** Whether tests can start one, too. */
export const canStartRedis = redisUrl !== '' && spawnSync(SERVER, ['--version']).status === 0

export interface OwnRedis {
  url: string
  start(): Promise<void>
  /** SIGKILL: whatever it held is gone. */
  kill(): Promise<void>
  /** It goes on to hold its connections but says nothing more. */
  freeze(): void
  thaw(): void
  remove(): Promise<void>
}

export async function ownRedis(): Promise<OwnRedis> {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'jasaweb-redis-'))
  let server: ChildProcess | undefined

  async function start(): Promise<void> {
    const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder]
    server = spawn(SERVER, options, { stdio: 'ignore' })
    const began = performance.now()
    while (!(await answers(port))) {
      if (performance.now() - began > 10_000) throw new Error('redis-server did not start')
      await sleep(20)
    }
  }
  async function kill(): Promise<void> {
    const running = server
    server = undefined
    if (!running) return
    const ended = new Promise((resolve) => running.once('exit', resolve))
    running.kill('SIGKILL')
    await ended
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    start,
    kill,
    freeze: () => void server?.kill('SIGSTOP'),
    thaw: () => void server?.kill('SIGCONT'),
    async remove() {
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write('PING\r\n'))
    socket.once('data', (data) => (socket.destroy(), resolve(data.toString().startsWith('+PONG'))))
    socket.once('error', () => resolve(false))
  })

/** A node in a process of its own, once it has joined a channel and taken a place. */
export async function startNode(
  databaseUrl: string,
  url: string,
  { channel, place }: { channel: string; place: string },
) {
  const script = fileURLToPath(new URL('broker-process.ts', import.meta.url))
  const child = spawn(process.execPath, [script, databaseUrl, url, channel, place], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let written = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (written += part.toString()))
  const ended = new Promise((resolve) => child.once('exit', resolve))
  async function said(word: string): Promise<void> {
    while (!written.includes(`${word}\n`)) {
      if (child.exitCode !== null) throw new Error(`the node ended before it said "${word}":\n${written}`)
      await sleep(20)
    }
  }
  await said('joined')
  return {
    leads: () => said('leads'),
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
