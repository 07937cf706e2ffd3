// What a process that only holds live connections may load. Everything here costs memory before the first connection; whoever
// adds to the list should have measured it (docs/decisions/0006-gateway-bundle.md).
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, it, vi } from 'vitest'
import { freePort } from '../support/application.ts'
import { createTestDatabase } from '../support/database.ts'

interface Chunk {
  fileName: string
  isEntry: boolean
  imports: string[]
  modules: string[]
}
const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = join(root, 'build/gateway')
let loaded: string[]
let later: string[]
let bytes: number

beforeAll(() => {
  execFileSync(
    process.execPath,
    ['-e', `import('./scripts/build.js').then(({ build }) => build({ only: 'gateway' }))`],
    {
      cwd: root,
      stdio: 'ignore',
    },
  )
  const chunks = JSON.parse(readFileSync(join(folder, 'contents.json'), 'utf8')) as Chunk[]
  const first = new Set<Chunk>()
  const follow = (chunk: Chunk | undefined) => {
    if (!chunk || first.has(chunk)) return
    first.add(chunk)
    for (const name of chunk.imports) follow(chunks.find(({ fileName }) => fileName === name))
  }
  follow(chunks.find(({ isEntry }) => isEntry))
  loaded = [...first].flatMap(({ modules }) => modules)
  later = chunks.filter((chunk) => !first.has(chunk)).flatMap(({ modules }) => modules)
  bytes = [...first].reduce((sum, { fileName }) => sum + readFileSync(join(folder, fileName)).length, 0)
}, 60_000)

const packageOf = (path: string) => /(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]
const packagesOf = (paths: string[]) => [...new Set(paths.flatMap((path) => packageOf(path) ?? []))].toSorted()

it('is made of these packages and no others', () => {
  expect(packagesOf(loaded)).toEqual([
    '@pinojs/redact',
    'atomic-sleep',
    'jose',
    'kysely',
    'on-exit-leak-free',
    'pg',
    'pg-cloudflare',
    'pg-connection-string',
    'pg-int8',
    'pg-pool',
    'pg-protocol',
    'pg-types',
    'pgpass',
    'pino',
    'pino-std-serializers',
    'postgres-array',
    'postgres-bytea',
    'postgres-date',
    'postgres-interval',
    'quick-format-unescaped',
    'safe-stable-stringify',
    'sonic-boom',
    'split2',
    'thread-stream',
    'ws',
    'xtend',
    'zod',
  ])
})
it('holds no pages, no API, no money and no passwords', () => {
  const own = loaded.filter((path) => path.startsWith('src/')).map((path) => path.replace(/\/[^/]+$/, ''))
  expect([...new Set(own)].toSorted()).toEqual([
    'src',
    'src/commands',
    'src/delivery/http',
    'src/delivery/realtime',
    'src/delivery/realtime/broker',
    'src/domains/realtime',
    'src/domains/realtime/inbox',
    'src/domains/realtime/records',
    'src/platform',
    'src/platform/contract',
    'src/platform/events',
    'src/platform/limits',
  ])
  expect(loaded.filter((path) => path.startsWith('src/delivery/http/'))).toHaveLength(3)
  const never = /react|graphql|pdf|argon2|hono|prom-client|nodemailer|undici/
  expect([...loaded, ...later].filter((path) => never.test(path))).toEqual([])
})
it('does not grow unnoticed', () => {
  expect(loaded.length).toBeLessThan(560)
  expect(bytes).toBeLessThan(620_000)
})
it('loads Redis and the embedded PostgreSQL only where they are used', () => {
  expect(packagesOf(later)).toEqual(['@opentelemetry/api', '@redis/client'])
  expect(later.some((path) => path.includes('postgres/supervisor'))).toBe(true)
})
it.runIf(process.platform === 'linux')(
  'is the process that was started, not the child of one that waits',
  async () => {
    const test = await createTestDatabase()
    const port = await freePort()
    const child = spawn(process.execPath, ['scripts/jasaweb.js', 'start', '--role', 'realtime'], {
      cwd: root,
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        HOST: '127.0.0.1',
        PORT: String(port),
        DATABASE_URL: test.url,
        MASTER_KEY: Buffer.alloc(32, 1).toString('base64'),
      },
      stdio: 'ignore',
    })
    const ended = once(child, 'exit')
    const ready = () =>
      fetch(`http://127.0.0.1:${port}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      )
    await vi.waitFor(async () => expect(await ready()).toBe(true), { timeout: 30_000, interval: 50 })
    expect(readFileSync(`/proc/${child.pid}/cmdline`, 'utf8')).toContain('gateway.cjs')
    child.kill('SIGTERM')
    expect((await ended)[0]).toBe(0)
    await test.drop()
  },
  60_000,
)
