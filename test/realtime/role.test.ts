// What a process that only holds live connections may load. Everything here costs memory before the first connection; whoever
// adds to the list should have measured it (docs/decisions/0006-gateway-bundle.md).
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, it } from 'vitest'

interface Chunk {
  fileName: string
  isEntry: boolean
  imports: string[]
  modules: string[]
}
const folder = fileURLToPath(new URL('../../build/gateway/', import.meta.url))
let loaded: string[]
let later: string[]
let bytes: number

beforeAll(() => {
  execFileSync(
    process.execPath,
    ['-e', `import('./scripts/build.js').then(({ build }) => build({ only: 'gateway' }))`],
    {
      cwd: fileURLToPath(new URL('../../', import.meta.url)),
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
