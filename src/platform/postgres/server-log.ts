import { closeSync, copyFileSync, existsSync, openSync, readSync, statSync, truncateSync } from 'node:fs'

// PostgreSQL appends to one inherited file. Appending goes to wherever the end is, so the file can be emptied under the
// running server; that bounds it without PostgreSQL's extra logging process.

export const LOG_BYTES = 4 * 1024 * 1024

/** Moves the log aside to `<path>.1` once it exceeds the limit: at most about twice the limit is kept. */
export function boundLog(path: string, limit = LOG_BYTES): void {
  if (!existsSync(path) || statSync(path).size <= limit) return
  copyFileSync(path, `${path}.1`)
  truncateSync(path, 0)
}

/** The last lines written since `from` (a size in bytes), for the message of an error. */
export function logTail(path: string, from: number, lines = 8): string {
  if (!existsSync(path)) return ''
  const file = openSync(path, 'r')
  try {
    const size = statSync(path).size
    const start = Math.max(size < from ? 0 : from, size - 8192)
    const buffer = Buffer.alloc(size - start)
    readSync(file, buffer, 0, buffer.length, start)
    return buffer.toString('utf8').trimEnd().split('\n').slice(-lines).join('\n')
  } finally {
    closeSync(file)
  }
}
