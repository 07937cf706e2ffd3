import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { tryLock } from './file-lock.ts'

// Which processes use a cluster right now. Each holds the lock of a file of its own as long as it lives; a file whose
// lock can be taken belonged to a process that died, and is removed by whoever notices.

export interface Membership {
  /** True when another living process uses the cluster too. */
  others(): boolean
  leave(): void
}

export function joinUsers(folder: string): Membership {
  mkdirSync(folder, { recursive: true })
  for (;;) {
    const name = `${process.pid}-${randomUUID()}`
    const path = join(folder, name)
    const held = tryLock(path)
    // Somebody counting the living may have met the file before it was locked, and removed it.
    if (held && existsSync(path)) {
      return {
        others: () => countUsers(folder, name) > 0,
        leave() {
          rmSync(path, { force: true })
          held.release()
        },
      }
    }
    held?.release()
  }
}

/** The number of living users; files of dead ones are removed. */
export function countUsers(folder: string, except?: string): number {
  if (!existsSync(folder)) return 0
  let living = 0
  for (const name of readdirSync(folder)) {
    if (name === except) continue
    const path = join(folder, name)
    if (!existsSync(path)) continue
    const abandoned = tryLock(path)
    if (!abandoned) {
      living += 1
      continue
    }
    rmSync(path, { force: true })
    abandoned.release()
  }
  return living
}
