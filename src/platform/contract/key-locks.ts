// Exclusive locks by name over all processes, held by PostgreSQL sessions, so that a process that dies gives them back. All
// locks of a process share one connection, which goes back to the pool when none is held; requests that come while a
// statement runs travel together in the next one.
import { createHash } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'

interface Request {
  name: string
  key: string
  settle: (locked: boolean) => void
  fail: (error: unknown) => void
}

const LOCK = 'select key::text, pg_try_advisory_lock(key) as done from unnest($1::bigint[]) as key'
const UNLOCK = 'select key::text, pg_advisory_unlock(key) as done from unnest($1::bigint[]) as key'

export class KeyLocks {
  readonly #pool: Pool
  /** Names that this process holds or asks for: a session would be given its own lock again. */
  readonly #names = new Set<string>()
  #client: Promise<PoolClient> | undefined
  #waiting: Record<'lock' | 'unlock', Request[]> = { lock: [], unlock: [] }
  #sending = false

  constructor(pool: Pool) {
    this.#pool = pool
  }

  /** The function that gives the lock back, or null when somebody else has it. Never waits for the holder. */
  async acquire(name: string): Promise<(() => Promise<void>) | null> {
    if (this.#names.has(name)) return null
    this.#names.add(name)
    const key = keyOf(name)
    if (!(await this.#ask('lock', name, key))) return null
    // A failing unlock means that the session is gone, and the lock with it.
    return async () => void (await this.#ask('unlock', name, key).catch(() => false))
  }

  #ask(what: 'lock' | 'unlock', name: string, key: string): Promise<boolean> {
    return new Promise((settle, fail) => {
      this.#waiting[what].push({ name, key, settle, fail })
      if (!this.#sending) void this.#send()
    })
  }

  async #send(): Promise<void> {
    this.#sending = true
    while (this.#waiting.lock.length + this.#waiting.unlock.length > 0) {
      const { lock, unlock } = this.#waiting
      this.#waiting = { lock: [], unlock: [] }
      await this.#run(UNLOCK, unlock)
      await this.#run(LOCK, lock)
    }
    this.#sending = false
    if (this.#names.size === 0) void this.#giveBack()
  }

  async #run(statement: string, requests: Request[]): Promise<void> {
    if (requests.length === 0) return
    try {
      const client = await this.#connected()
      const { rows } = await client.query<{ key: string; done: boolean }>({
        name: statement === LOCK ? 'lock_keys' : 'unlock_keys',
        text: statement,
        values: [requests.map(({ key }) => key)],
      })
      const done = new Set(rows.filter((row) => row.done).map((row) => row.key))
      for (const { name, key, settle } of requests) {
        if (statement === UNLOCK || !done.has(key)) this.#names.delete(name)
        settle(done.has(key))
      }
    } catch (error) {
      void this.#giveBack(error)
      for (const { name, fail } of requests) {
        this.#names.delete(name)
        fail(error)
      }
    }
  }

  #connected(): Promise<PoolClient> {
    this.#client ??= this.#pool.connect()
    return this.#client
  }

  // Forgotten before anything is awaited: whoever asks next gets a session of its own.
  async #giveBack(error?: unknown): Promise<void> {
    const connecting = this.#client
    this.#client = undefined
    const client = await connecting?.catch(() => undefined)
    client?.release(error !== undefined)
  }
}

// 64 bits of SHA-256, signed as PostgreSQL's bigint is.
const keyOf = (name: string): string => createHash('sha256').update(name).digest().readBigInt64BE().toString()
