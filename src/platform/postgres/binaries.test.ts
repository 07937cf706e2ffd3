import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findPackage, linkLibraries, prepareBinaries } from './binaries.ts'

const isRoot = process.getuid?.() === 0
const STRANGER = { uid: 65_534, gid: 65_534 }
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'binaries-'))
  chmodSync(folder, 0o755)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** The package as npm leaves it when it skips install scripts: without its links. */
function packageWithoutLinks(into: string): string {
  const home = join(into, 'package')
  cpSync(findPackage(), home, { recursive: true, filter: (source) => !lstatSync(source).isSymbolicLink() })
  return home
}

const version = (postgres: string, account?: { uid: number; gid: number }) =>
  execFileSync(postgres, ['--version'], { encoding: 'utf8', cwd: '/', stdio: ['ignore', 'pipe', 'ignore'], ...account })

test('links that npm did not make are made, and the programs run only then', () => {
  const home = packageWithoutLinks(folder)
  expect(() => version(join(home, 'native', 'bin', 'postgres'))).toThrow()
  const { postgres } = prepareBinaries(home, undefined, [])
  expect(version(postgres)).toContain('PostgreSQL) 18')
  const links = JSON.parse(readFileSync(join(home, 'native', 'pg-symlinks.json'), 'utf8')) as { target: string }[]
  for (const { target } of links) expect(statSync(join(home, target)).isFile()).toBe(true)
  expect(linkLibraries(home)).toBe(true)
})

test.skipIf(!isRoot)('programs under a closed folder are copied to where the account may run them, once', () => {
  const closed = join(folder, 'closed')
  mkdirSync(closed, { mode: 0o700 })
  const home = packageWithoutLinks(closed)
  chmodSync(join(home, 'native', 'share'), 0o700)
  const cache = join(folder, 'cache')
  const { postgres } = prepareBinaries(home, STRANGER, [cache])
  expect(postgres.startsWith(cache)).toBe(true)
  expect(version(postgres, STRANGER)).toContain('PostgreSQL) 18')
  const share = join(dirname(dirname(postgres)), 'share')
  expect(execFileSync('ls', [share], { ...STRANGER, cwd: '/' }).toString()).toContain('postgresql')
  expect(prepareBinaries(home, STRANGER, [cache]).postgres).toBe(postgres)
  expect(readdirSync(cache)).toHaveLength(1)
})

test.skipIf(!isRoot)('a copy that others may write to is not trusted', () => {
  const closed = join(folder, 'closed')
  mkdirSync(closed, { mode: 0o700 })
  const home = packageWithoutLinks(closed)
  const { postgres } = prepareBinaries(home, STRANGER, [join(folder, 'cache')])
  chmodSync(dirname(dirname(dirname(postgres))), 0o777)
  expect(() => prepareBinaries(home, STRANGER, [join(folder, 'cache')])).toThrow('belongs to somebody else')
})

test('a platform without a package is told what to do', () => {
  expect(() => findPackage('sunos', 'mips')).toThrow('set DATABASE_URL')
})
