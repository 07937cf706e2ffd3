import { accessSync, constants } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'

// Node offers no advisory file locks of its own, but SQLite takes them. The kernel (or Windows) drops such a lock the
// moment its holder dies, however it dies, so no lock is ever stale and no process id has to be believed.

export interface FileLock {
  release(): void
}

const LOCKED = 5 // SQLITE_BUSY

/** Takes the exclusive lock of the file (created when absent), or returns null when somebody else holds it. Throws when it may not be written. */
export function tryLock(path: string): FileLock | null {
  const file = new DatabaseSync(path, { timeout: 0 })
  try {
    // SQLite opens a file that we may only read all the same, and then locks nothing.
    accessSync(path, constants.W_OK)
    file.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
  } catch (error) {
    file.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === LOCKED) return null
    throw error
  }
  return {
    release() {
      if (file.isOpen) file.close()
    },
  }
}

/** Waits until the lock is free. Rejects with the signal's reason when it is aborted first. */
export async function lock(path: string, signal?: AbortSignal): Promise<FileLock> {
  for (;;) {
    signal?.throwIfAborted()
    const taken = tryLock(path)
    if (taken) return taken
    await wait(10)
  }
}
