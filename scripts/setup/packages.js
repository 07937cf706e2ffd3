// Are the packages of package-lock.json in node_modules? Compared with npm's own record, which it writes last, and with the
// folders themselves. A stamp makes the usual answer cheap.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './project.js'

const modules = join(root, 'node_modules')
const stampFile = join(modules, '.jasaweb.json')

/** @param {boolean} dev whether the packages for development are needed too */
export function isInstalled(dev) {
  const stamp = readJson(stampFile)
  const hash = lockHash()
  if (stamp?.hash === hash && stamp.platform === platform && (stamp.dev || !dev))
    return existsSync(join(modules, '.package-lock.json'))
  if (!isComplete(dev)) return false
  recordInstalled(dev)
  return true
}

/** Remembers that node_modules is what package-lock.json says. */
export function recordInstalled(dev) {
  writeFileSync(stampFile, `${JSON.stringify({ hash: lockHash(), platform, dev })}\n`)
  linkCommand()
}

/** Every package that this machine needs is there, in the version of package-lock.json. */
export function isComplete(dev) {
  return missingPackages(dev).length === 0
}

export function missingPackages(dev) {
  const recorded = readJson(join(modules, '.package-lock.json'))?.packages ?? {}
  return neededPackages(dev)
    .filter(([path, entry]) => recorded[path]?.version !== entry.version || installedVersion(path) !== entry.version)
    .map(([path]) => path)
}

export const countNeeded = (dev) => neededPackages(dev).length

function neededPackages(dev) {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  return Object.entries(lock.packages).filter(([path, entry]) => path !== '' && !entry.link && isNeeded(entry, dev))
}

const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')

const platform = `${process.platform}-${process.arch}`

const installedVersion = (path) => readJson(join(root, path, 'package.json'))?.version

function isNeeded(entry, dev) {
  if (!dev && (entry.dev || entry.devOptional)) return false
  if (!entry.optional && !entry.devOptional) return true
  // Without a platform of its own it most likely serves a package for some other platform.
  if (entry.peer || (!entry.os && !entry.cpu)) return false
  return allows(entry.os, process.platform) && allows(entry.cpu, process.arch) && allows(entry.libc, libc())
}

/** npm's rule for the lists `os`, `cpu` and `libc`: names are demanded, names with "!" are excluded. */
function allows(list, value) {
  const names = [list ?? []].flat()
  if (names.includes(`!${value}`)) return false
  const demanded = names.filter((name) => !name.startsWith('!'))
  return demanded.length === 0 || demanded.includes('any') || demanded.includes(value)
}

let knownLibc
function libc() {
  if (process.platform !== 'linux') return undefined
  knownLibc ??=
    existsSync('/etc/alpine-release') ||
    existsSync(`/lib/ld-musl-${process.arch === 'x64' ? 'x86_64' : 'aarch64'}.so.1`)
      ? 'musl'
      : 'glibc'
  return knownLibc
}

// So that "npx jasaweb" finds the command of this very folder without asking a registry; and so that Windows, too, knows the
// "exec" of the scripts in package.json, which keeps a shell from standing between npm and the program.
function linkCommand() {
  const bin = join(modules, '.bin')
  mkdirSync(bin, { recursive: true })
  if (process.platform === 'win32') {
    writeFileSync(join(bin, 'jasaweb.cmd'), '@node "%~dp0\\..\\..\\scripts\\jasaweb.js" %*\r\n')
    writeFileSync(join(bin, 'exec.cmd'), '@%*\r\n')
    return
  }
  rmSync(join(bin, 'jasaweb'), { force: true })
  symlinkSync('../../scripts/jasaweb.js', join(bin, 'jasaweb'))
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
