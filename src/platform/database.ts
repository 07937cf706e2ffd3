// The one way to PostgreSQL: a pool with typed queries (Kysely), transactions that may be trusted to end, and wake-up
// signals between processes. Slices declare their tables by `declare module '../../platform/database.ts'`.
import { setTimeout as sleep } from 'node:timers/promises'
import { Kysely, PostgresDialect, sql } from 'kysely'
import type { RawBuilder, Transaction } from 'kysely'
import pg from 'pg'
import type { Logger } from 'pino'
import { columnParsers } from './column-parsers.ts'
import { isConflict, isConnectionFailure } from './database-errors.ts'
import { PreparingClient } from './prepared-statements.ts'
import { openSignals } from './signals.ts'

// oxlint-disable-next-line typescript/no-empty-object-type -- slices add their tables to it
export interface Tables {}

declare const running: unique symbol

/** A running transaction, read committed. Only `Database.transaction` makes one. */
export interface Tx extends Transaction<Tables> {
  readonly [running]: true
}

/** Anything that can run a query. */
export type Reader = Kysely<Tables> | Tx

export interface Database {
  readonly db: Kysely<Tables>
  readonly pool: pg.Pool
  /**
   * Runs `work` in a transaction, read committed. When PostgreSQL reports a conflict (serialization failure, deadlock), or
   * the connection fails before the transaction began, `work` runs again from its start, at most five times: it must do
   * nothing outside the transaction except through `afterCommit`. Bounded by `TRANSACTION_LIMITS`.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Runs `statement` as the last of the transaction, once its work is done and before COMMIT. */
  beforeCommit(tx: Tx, statement: () => Promise<void>): void
  /**
   * Like `beforeCommit`, as a piece of SQL: pieces that follow each other travel as one statement, because every round trip at
   * the end of a transaction is time for which others wait on its locks. `check` is given the number of rows of its piece.
   */
  lastly(tx: Tx, piece: () => RawBuilder<unknown>, check?: (rows: number) => void): void
  /** Runs `effect` after a successful COMMIT, never after a rollback. What it throws is logged. */
  afterCommit(tx: Tx, effect: () => void): void
  /**
   * Calls `wake` whenever `channel` is notified, and after every interruption of the connection, since nobody knows what was
   * missed. Resolves, once listening, to a function that ends it.
   */
  listen(channel: string, wake: () => void): Promise<() => Promise<void>>
  /** Wakes the listeners of this process at once and those of others soon; many calls become one. Call it after COMMIT. */
  notify(channel: string): void
  /** Rejects when PostgreSQL does not answer within two seconds. */
  ping(): Promise<void>
  close(): Promise<void>
}

/** Milliseconds after which PostgreSQL itself ends a statement, a transaction, and a transaction that waits for us. */
export const TRANSACTION_LIMITS = { statement: 15_000, transaction: 30_000, idle: 15_000 }

const ATTEMPTS = 5

interface Piece {
  piece: () => RawBuilder<unknown>
  check: (rows: number) => void
}
interface Running {
  begun: boolean
  before: ((() => Promise<void>) | Piece)[]
  after: (() => void)[]
}

export interface DatabaseOptions {
  url: string
  /** Connections at most, 20 unless given; one more is used for signals. */
  poolSize?: number
  log: Logger
  /** A number from 0 up to 1, for the pauses between attempts. */
  random?: () => number
}

export function openDatabase({ url, poolSize = 20, log, random = Math.random }: DatabaseOptions): Database {
  const pool = openPool(url, poolSize, log)
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  const signals = openSignals({ url, log, random })
  const transactions = new WeakMap<Tx, Running>()
  let closing: Promise<void> | undefined

  const stateOf = (tx: Tx) => {
    const state = transactions.get(tx)
    if (!state) throw new Error('This transaction has ended, or was not begun by Database.transaction')
    return state
  }

  async function runOnce<T>(work: (tx: Tx) => Promise<T>, state: Running): Promise<T> {
    let failure: { error: unknown } | undefined
    try {
      return await db.transaction().execute(async (transaction) => {
        const tx = transaction as Tx
        state.begun = true
        transactions.set(tx, state)
        try {
          const result = await work(tx)
          await runLast(tx, state.before)
          return result
        } catch (error) {
          failure = { error }
          throw error
        } finally {
          transactions.delete(tx)
        }
      })
    } catch (error) {
      // A failing ROLLBACK on a lost connection must not hide why the transaction failed.
      throw failure ? failure.error : error
    }
  }

  async function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const state: Running = { begun: false, before: [], after: [] }
      try {
        const result = await runOnce(work, state)
        for (const effect of state.after) runEffect(effect, log)
        return result
      } catch (error) {
        const again = isConflict(error) || (!state.begun && isConnectionFailure(error))
        if (!again || attempt === ATTEMPTS || closing) throw error
        log.debug({ err: error, attempt }, 'the transaction is run again')
        await sleep((state.begun ? 5 : 50) * 2 ** attempt * (0.5 + random()))
      }
    }
  }

  return {
    db,
    pool,
    transaction,
    beforeCommit: (tx, statement) => void stateOf(tx).before.push(statement),
    lastly: (tx, piece, check = () => {}) => void stateOf(tx).before.push({ piece, check }),
    afterCommit: (tx, effect) => void stateOf(tx).after.push(effect),
    listen: signals.listen,
    notify: signals.notify,
    ping: async () => {
      await pool.query({ text: 'select 1', query_timeout: 2_000 } as pg.QueryConfig)
    },
    close: () => (closing ??= signals.close().then(() => pool.end())),
  }
}

/** Statements one by one; neighbouring pieces together. */
async function runLast(tx: Tx, last: Running['before']): Promise<void> {
  for (let at = 0; at < last.length;) {
    const next = last[at]
    if (typeof next === 'function') {
      await next()
      at += 1
      continue
    }
    const end = last.findIndex((each, index) => index > at && typeof each === 'function')
    const pieces = last.slice(at, end < 0 ? last.length : end) as Piece[]
    await runTogether(tx, pieces)
    at += pieces.length
  }
}

async function runTogether(tx: Tx, pieces: Piece[]): Promise<void> {
  const name = (index: number) => sql.raw(`piece_${index}`)
  const parts = pieces.map(({ piece }, index) => sql`${name(index)} as (${piece()})`)
  const counts = pieces.map((_, index) => sql`(select count(*)::int from ${name(index)}) as ${name(index)}`)
  const { rows } = await sql<Record<string, number>>`with ${sql.join(parts)} select ${sql.join(counts)}`.execute(tx)
  for (const [index, { check }] of pieces.entries()) check(rows[0]?.[`piece_${index}`] ?? 0)
}

function openPool(url: string, size: number, log: Logger): pg.Pool {
  const pool = new pg.Pool({
    Client: PreparingClient,
    connectionString: url,
    max: size,
    application_name: 'jasaweb',
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    statement_timeout: TRANSACTION_LIMITS.statement,
    idle_in_transaction_session_timeout: TRANSACTION_LIMITS.idle,
    options: `-c transaction_timeout=${TRANSACTION_LIMITS.transaction} -c default_transaction_isolation=read\\ committed`,
    types: columnParsers,
  })
  // Without a listener of its own, a connection that dies between two statements of a transaction ends the process.
  pool.on('connect', (client) => client.on('error', (error) => log.debug({ err: error }, 'a connection was lost')))
  // A pool that is ending does not wait until its connections are closed: the server may be quicker.
  pool.on('error', (error) => pool.ending || log.warn({ err: error }, 'an idle connection was lost'))
  return pool
}

function runEffect(effect: () => void, log: Logger): void {
  try {
    effect()
  } catch (error) {
    log.error({ err: error }, 'an effect after commit failed')
  }
}

/** A value for a `jsonb` column: pg by itself would turn an array into a PostgreSQL array. */
export const jsonb = <T>(value: T): RawBuilder<T> => sql<T>`${JSON.stringify(value ?? null)}::jsonb`
