// What `.ci/run` makes of `npm test`, with an npm that says what it is told to.
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function runWith(said: string, code: number) {
  const folder = mkdtempSync(join(tmpdir(), 'jasaweb-npm-'))
  folders.push(folder)
  const npm = join(folder, 'npm')
  writeFileSync(npm, `#!/bin/sh\ncat <<'SAID'\n${said}\nSAID\nexit ${code}\n`)
  chmodSync(npm, 0o755)
  const script = fileURLToPath(new URL('../.ci/run', import.meta.url))
  const { stdout, status } = spawnSync('bash', [script], {
    env: { ...process.env, PATH: `${folder}:${process.env['PATH']}` },
    encoding: 'utf8',
  })
  return { last: stdout.trimEnd().split('\n').at(-1), status }
}

it.each([
  ['all passed', '3 skipped, as they say\n\n12 passed, 0 failed', 0, '12 passed, 0 failed', 0],
  ['some failed', '10 passed, 2 failed', 1, '10 passed, 2 failed', 1],
  ['no result', 'npm broke', 7, '0 passed, 1 failed', 7],
  ['no result although all seems well', 'nothing to do', 0, '0 passed, 1 failed', 1],
])('ends with the count and the exit code of the tests: %s', (_what, said, code, last, status) => {
  expect(runWith(said, code)).toEqual({ last, status })
})
