// Durable cursors and parked events: where each reader stands, what it gave up on, and how people change either.
import { sql } from 'kysely'
import type { Reader, Tx } from '../database.ts'
import type { EventReader } from './reader.ts'

/** A reader's cursor while its row is locked: no other process handles events for it meanwhile. */
export interface Claim {
  position: number
  attempts: number
  retryAt: Date | null
  /** The oldest parked event that somebody asked to try again. */
  retryParked: number | null
}

export interface ReaderStatus {
  name: string
  position: number
  /**
   * Events after `position`, counted up to 100,000. Positions have gaps, so their difference says nothing. Up to 1,000 may be
   * of no concern to the reader: its cursor is saved now and then only while nothing concerns it.
   */
  behind: number
  /** Failures in a row of the event after `position`. */
  attempts: number
  retryAt: Date | null
  lastError: string | null
  parked: number
  updatedAt: Date
}

export interface ParkedEvent {
  reader: string
  position: number
  type: string
  subject: string
  error: string
  attempts: number
  parkedAt: Date
  /** Somebody asked to try it again and its reader has not done so yet. */
  retrying: boolean
}

/** Makes the reader's cursor unless it has one. */
export async function register(db: Reader, { name, from }: EventReader): Promise<void> {
  const start = from === 'now' ? sql`(select horizon from event_horizon())` : sql`0`
  await sql`insert into event_readers (name, position) values (${name}, ${start}) on conflict do nothing`.execute(db)
}

/** Takes the reader's cursor for this transaction; undefined when another process has it. */
export async function claim(tx: Tx, name: string): Promise<Claim | undefined> {
  const { rows } = await sql<Claim>`
    select position, attempts, retry_at as "retryAt",
      (select min(p.position) from parked_events p where p.reader = r.name and p.retry) as "retryParked"
    from event_readers r where name = ${name} for update skip locked`.execute(tx)
  return rows[0]
}

export async function moveTo(tx: Tx, name: string, position: number): Promise<void> {
  await tx
    .updateTable('event_readers')
    .set({ position, attempts: 0, retry_at: null, last_error: null, updated_at: sql`now()` })
    .where('name', '=', name)
    .execute()
}

export async function noteFailure(
  tx: Tx,
  name: string,
  failure: { attempts: number; retryAt: Date; error: string },
): Promise<void> {
  await tx
    .updateTable('event_readers')
    .set({ attempts: failure.attempts, retry_at: failure.retryAt, last_error: failure.error, updated_at: sql`now()` })
    .where('name', '=', name)
    .execute()
}

/** Puts an event on the reader's list of those it gave up on. */
export async function park(
  tx: Tx,
  parked: { reader: string; position: number; error: string; attempts: number; at: Date },
): Promise<void> {
  const { at, ...row } = parked
  await tx
    .insertInto('parked_events')
    .values({ ...row, parked_at: at, retry: false })
    .execute()
}

/** A parked event failed once more: it stays on the list until somebody asks again. */
export async function parkAgain(tx: Tx, reader: string, position: number, error: string): Promise<void> {
  await tx
    .updateTable('parked_events')
    .set({ error, attempts: sql`attempts + 1`, retry: false })
    .where('reader', '=', reader)
    .where('position', '=', position)
    .execute()
}

/** Takes a parked event off the list; false when it was not (or no longer) on it. */
export async function unpark(db: Reader, reader: string, position: number): Promise<boolean> {
  const gone = await db
    .deleteFrom('parked_events')
    .where('reader', '=', reader)
    .where('position', '=', position)
    .executeTakeFirst()
  return gone.numDeletedRows > 0n
}

export async function askRetry(db: Reader, reader: string, position: number): Promise<boolean> {
  const asked = await db
    .updateTable('parked_events')
    .set({ retry: true })
    .where('reader', '=', reader)
    .where('position', '=', position)
    .executeTakeFirst()
  return asked.numUpdatedRows > 0n
}

export async function listParked(db: Reader, reader?: string): Promise<ParkedEvent[]> {
  const { rows } = await sql<ParkedEvent>`
    select p.reader, p.position, e.type, e.subject, p.error, p.attempts, p.parked_at as "parkedAt", p.retry as retrying
    from parked_events p join events e using (position)
    where ${reader ?? null}::text is null or p.reader = ${reader ?? null}
    order by p.position, p.reader limit 1000`.execute(db)
  return rows
}

export async function listReaders(db: Reader): Promise<ReaderStatus[]> {
  const { rows } = await sql<ReaderStatus>`
    select r.name, r.position, r.attempts, r.retry_at as "retryAt", r.last_error as "lastError",
      (select count(*)::int from parked_events p where p.reader = r.name) as parked,
      (select count(*)::int from (select from events e where e.position > r.position limit 100000) later) as behind,
      r.updated_at as "updatedAt"
    from event_readers r order by r.name`.execute(db)
  return rows
}

/** Sets a cursor so that `from` is the next event handled; what was parked from there on is taken off, as it comes again. */
export async function rewind(tx: Tx, reader: Pick<EventReader, 'name' | 'reset'>, from: number): Promise<boolean> {
  const found = await tx
    .selectFrom('event_readers')
    .select('name')
    .where('name', '=', reader.name)
    .forUpdate()
    .executeTakeFirst()
  if (!found) return false
  await moveTo(tx, reader.name, Math.max(0, from - 1))
  await tx.deleteFrom('parked_events').where('reader', '=', reader.name).where('position', '>=', from).execute()
  if (from <= 1) await reader.reset?.(tx)
  return true
}

/** Removes the cursor of a reader that no longer exists in the code, which would hold up retention for ever. */
export async function forget(db: Reader, name: string): Promise<boolean> {
  const gone = await db.deleteFrom('event_readers').where('name', '=', name).executeTakeFirst()
  return gone.numDeletedRows > 0n
}
