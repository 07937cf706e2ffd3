import { randomUUID } from 'node:crypto'
import { chownSync, existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { tryLock } from './file-lock.ts'

// Which processes use a cluster right now. Each holds the lock of a file of its own as long as it lives; a file whose
// lock can be taken belonged to a process that died, and is removed by whoever notices.

export interface Membership {
  /** True when another living process uses the cluster too. */
  others(): boolean
  leave(): void
}

const USER_FILE = /^\d+-[0-9a-f-]{36}$/

export function joinUsers(folder: string): Membership {
  for (;;) {
    const name = `${process.pid}-${randomUUID()}`
    const path = join(folder, name)
    const held = tryLock(path)
    // Somebody counting the living may have met the file before it was locked, and removed it.
    if (!held || !existsSync(path)) {
      held?.release()
      continue
    }
    const { uid, gid } = statSync(folder)
    if (process.getuid?.() === 0) chownSync(path, uid, gid)
    return {
      others: () => countUsers(folder, name) > 0,
      leave() {
        rmSync(path, { force: true })
        held.release()
      },
    }
  }
}

/** The number of living users; files of dead ones are removed. */
export function countUsers(folder: string, except?: string): number {
  let living = 0
  for (const name of readdirSync(folder)) {
    if (name === except || !USER_FILE.test(name)) continue
    const path = join(folder, name)
    const abandoned = existsSync(path) ? tryLock(path) : null
    if (abandoned) {
      rmSync(path, { force: true })
      abandoned.release()
    } else if (existsSync(path)) {
      living += 1
    }
  }
  return living
}
