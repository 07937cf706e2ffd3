// Repeatable requests (draft-ietf-httpapi-idempotency-key-header): one key, one effect, one answer. Two things guard a key.
// While a request runs, a session-level advisory lock keeps out others, in this process and in any other, also across the
// steps of an operation that asks a third party between two transactions; a crash gives it back. And the answer is a row
// written in the transaction that makes the effect, whose primary key lets only one such transaction commit.
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Clock } from '../clock.ts'
import type { Database, Tx } from '../database.ts'
import type { Worker } from '../platform.ts'
import { KeyLocks } from './key-locks.ts'
import { IdempotencyKeyInFlight, IdempotencyKeyMissing, IdempotencyKeyReused, MalformedRequest } from './problem.ts'

export interface KeptAnswer {
  status: number
  body: unknown
}

export interface KeyedCall {
  /** Whose key it is: two callers may use the same. */
  caller: string
  key: string
  operation: string
  input: unknown
}

/** Writes the answer in the transaction of the effect; throws `idempotency_key_in_flight` when another answer is there. */
export type Keep = (tx: Tx, answer: KeptAnswer) => void

export interface Idempotency {
  /**
   * Runs `work` unless the key has an answer, which is then returned as `replayed`. Throws `idempotency_key_reused` when the
   * key belongs to another input, `idempotency_key_in_flight` while it is being worked on.
   */
  once(call: KeyedCall, work: (keep: Keep) => Promise<KeptAnswer>): Promise<KeptAnswer & { replayed: boolean }>
}

const HOURS_KEPT = 48
const LONGEST_KEY = 255

/** Throws for a key that is missing or not 1 to 255 visible ASCII characters. */
export function checkedKey(key: string | null | undefined): string {
  if (!key)
    throw IdempotencyKeyMissing.because(
      'Send an Idempotency-Key header with a new random value, such as a UUID, for each new order of business.',
    )
  if (key.length > LONGEST_KEY || !/^[\x21-\x7e]+$/.test(key)) {
    throw MalformedRequest.because('An Idempotency-Key has 1 to 255 visible ASCII characters.')
  }
  return key
}

export function createIdempotency(database: Database): Idempotency {
  const locks = new KeyLocks(database.pool)
  return {
    async once(call, work) {
      const hash = hashOf(call)
      const release = await locks.acquire(`${call.caller}\n${call.key}`)
      if (!release) throw IdempotencyKeyInFlight.because()
      try {
        const kept = await find(database, call, hash)
        if (kept) return { ...kept, replayed: true }
        const answer = await work((tx, made) => database.lastly(tx, () => keeping(call, hash, made), refuseTwice))
        return { ...answer, replayed: false }
      } finally {
        await release()
      }
    },
  }
}

async function find(database: Database, call: KeyedCall, hash: Buffer): Promise<KeptAnswer | null> {
  const { rows } = await database.pool.query<{ request_hash: Buffer; status: number; body: string }>({
    name: 'find_idempotency_key',
    text: 'select request_hash, status, body from idempotency_keys where caller = $1 and key = $2',
    values: [call.caller, call.key],
  })
  const row = rows[0]
  if (!row) return null
  if (!row.request_hash.equals(hash)) throw IdempotencyKeyReused.because('Use a new key for a new input.')
  return { status: row.status, body: JSON.parse(row.body) as unknown }
}

// The text itself, inside a JSON string: `jsonb` would order the fields anew, and a repetition should be the same to the byte.
const keeping = (call: KeyedCall, hash: Buffer, { status, body }: KeptAnswer) =>
  sql`
    insert into idempotency_keys (caller, key, operation, request_hash, status, body)
    values (${call.caller}, ${call.key}, ${call.operation}, ${hash}, ${status}, ${JSON.stringify(JSON.stringify(body))}::jsonb)
    on conflict (caller, key) do nothing returning key`

function refuseTwice(rows: number): void {
  if (rows === 0) throw IdempotencyKeyInFlight.because()
}

const hashOf = ({ operation, input }: KeyedCall): Buffer =>
  createHash('sha256').update(operation).update('\n').update(canonical(input)).digest()

// JSON with the names of every object in order, so that a client may serialise the same input differently.
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_name, part: unknown) => (isObject(part) ? ordered(part) : part)) ?? ''
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const ordered = (value: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))

/** Forgets answers after 48 hours, in portions, so that nobody waits for it. */
export function createIdempotencySweep(database: Database, clock: Clock): Worker & { sweep(): Promise<number> } {
  const stopped = new AbortController()
  let running: Promise<void> | undefined

  async function sweep(): Promise<number> {
    const before = new Date(clock.now().getTime() - HOURS_KEPT * 3_600_000)
    for (let total = 0; ;) {
      const { numAffectedRows = 0n } = await sql`
        delete from idempotency_keys where (caller, key) in
          (select caller, key from idempotency_keys where created_at < ${before} order by created_at limit 1000)`.execute(
        database.db,
      )
      total += Number(numAffectedRows)
      if (numAffectedRows < 1000n || stopped.signal.aborted) return total
    }
  }

  async function run(): Promise<void> {
    while (!stopped.signal.aborted) {
      // A sweep that fails is made up for by the next.
      await sweep().catch(() => 0)
      await clock.wait(3_600_000, stopped.signal).catch(() => undefined)
    }
  }

  return {
    name: 'idempotency keys',
    sweep,
    start: () => void (running ??= run()),
    async stop() {
      stopped.abort()
      await running
    },
  }
}
