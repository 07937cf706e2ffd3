// One process at a time for work on shared files (installing, building). The lock is a file that its holder keeps touching:
// a file that has not been touched for a while belongs to a process that died, whatever became of its number.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const HEARTBEAT_MS = 1_000
const DEAD_AFTER_MS = 15_000

/**
 * Runs `work` while holding the lock `file`. `waiting` is called once if another process holds it.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {(holder: string) => void} [waiting]
 * @returns {Promise<T>}
 */
export async function withLock(file, work, waiting = () => {}) {
  mkdirSync(dirname(file), { recursive: true })
  const mine = `${process.pid} ${Date.now()} ${Math.random()}`
  for (let told = false; !take(file, mine);) {
    const holder = read(file)
    if (holder !== undefined && isDead(file, holder)) remove(file, holder)
    else {
      if (!told && holder !== undefined) waiting(holder.split(' ')[0] ?? '')
      told ||= holder !== undefined
      await sleep(100)
    }
  }
  const heartbeat = setInterval(() => touch(file), HEARTBEAT_MS)
  const release = () => remove(file, mine)
  process.once('exit', release)
  try {
    return await work()
  } finally {
    clearInterval(heartbeat)
    process.off('exit', release)
    release()
  }
}

function take(file, mine) {
  try {
    writeFileSync(file, mine, { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    return false
  }
}

function isDead(file, holder) {
  const pid = Number(holder.split(' ')[0])
  const untouched = age(file)
  // A file just made may still be empty.
  if (!Number.isInteger(pid) || pid <= 0) return untouched > HEARTBEAT_MS * 2
  return untouched > DEAD_AFTER_MS || (untouched > HEARTBEAT_MS * 2 && !isRunning(pid))
}

function isRunning(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Takes the file away only if it is still the one we looked at: somebody else may have replaced it meanwhile. */
function remove(file, content) {
  if (read(file) !== content) return
  const aside = `${file}.${process.pid}.${Math.random()}`
  try {
    renameSync(file, aside)
  } catch {
    return
  }
  const taken = read(aside)
  if (taken !== content && taken !== undefined) take(file, taken)
  rmSync(aside, { force: true })
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function age(file) {
  try {
    return Date.now() - statSync(file).mtimeMs
  } catch {
    return 0
  }
}

function touch(file) {
  try {
    utimesSync(file, new Date(), new Date())
  } catch {
    // The folder was deleted under us; whoever comes next makes a new lock.
  }
}
