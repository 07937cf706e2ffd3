// What `.ci/run` makes of `npm test`, with an npm that says what it is told to.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'

const redisServer = process.env['PATH']
  ?.split(':')
  .map((place) => join(place, 'redis-server'))
  .find((file) => existsSync(file))
const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const tools = 'bash dirname mktemp rm tee grep tail cat seq sleep timeout id env'

/** Runs it with only the tools it needs, an npm that says something, and the programs that a test adds. */
function runWith(npm: string, { env = {}, programs = {} }: { env?: object; programs?: Record<string, string> } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'jasaweb-npm-'))
  folders.push(folder)
  for (const tool of tools.split(' ')) {
    const path = process.env['PATH']
      ?.split(':')
      .map((place) => join(place, tool))
      .find((file) => existsSync(file))
    if (path) symlinkSync(path, join(folder, tool))
  }
  for (const [name, text] of Object.entries({ npm, ...programs })) {
    if (text.startsWith('/')) symlinkSync(text, join(folder, name))
    else writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 })
  }
  const script = fileURLToPath(new URL('../.ci/run', import.meta.url))
  const { stdout, status } = spawnSync(join(folder, 'bash'), [script], {
    env: { HOME: folder, PATH: folder, ...env },
    encoding: 'utf8',
  })
  return { stdout, last: stdout.trimEnd().split('\n').at(-1), status, folder }
}
const saying = (text: string, code = 0) => `cat <<'SAID'\n${text}\nSAID\nexit ${code}`
const given = { env: { REDIS_URL: 'redis://127.0.0.1:1' } }

it.each([
  ['all passed', '3 skipped, as they say\n\n12 passed, 0 failed', 0, '12 passed, 0 failed', 0],
  ['some failed', '10 passed, 2 failed', 1, '10 passed, 2 failed', 1],
  ['no result', 'npm broke', 7, '0 passed, 1 failed', 7],
  ['no result although all seems well', 'nothing to do', 0, '0 passed, 1 failed', 1],
])('ends with the count and the exit code of the tests: %s', (_what, said, code, last, status) => {
  expect(runWith(saying(said, code), given)).toMatchObject({ last, status })
})

const askRedis = 'echo "$REDIS_URL"\necho "1 passed, 0 failed"'

it('uses the Redis that is given', () => {
  expect(runWith(askRedis, given).stdout).toBe('redis://127.0.0.1:1\n1 passed, 0 failed\n1 passed, 0 failed\n')
})
it('goes on without a Redis, and says so, where none can be installed', () => {
  const programs = { 'apt-get': `echo "$@" >> "$HOME/asked"; exit 100` }
  const { stdout, last, status, folder } = runWith(askRedis, { programs })
  expect(stdout).toContain('There is no redis-server, and it could not be installed')
  expect({ last, status }).toEqual({ last: '1 passed, 0 failed', status: 0 })
  if (process.getuid?.() === 0) expect(readFileSync(join(folder, 'asked'), 'utf8')).toBe('update -qq\n')
})
it.runIf(process.getuid?.() === 0)('installs one where it is missing', () => {
  const programs = { 'apt-get': `echo "$@" >> "$HOME/asked"` }
  const { folder } = runWith(askRedis, { programs })
  expect(readFileSync(join(folder, 'asked'), 'utf8')).toMatch(/^update -qq\ninstall .*redis-server\n$/)
})
it.runIf(redisServer)('starts a Redis of its own for the tests, and stops it afterwards', async () => {
  const { stdout, last } = runWith(askRedis, { programs: { 'redis-server': redisServer! } })
  const [, port] = /^redis:\/\/127\.0\.0\.1:(\d+)$/m.exec(stdout) ?? []
  expect(last).toBe('1 passed, 0 failed')
  await expect(
    new Promise((resolve, reject) => connect(Number(port), '127.0.0.1', () => resolve('open')).on('error', reject)),
  ).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})
