// The SQL of the event log; what the functions called here promise is written beside them in 0001_platform.sql.
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Reader } from '../database.ts'
import type { StoredEvent } from './reader.ts'

declare module '../database.ts' {
  interface Tables {
    event_readers: {
      name: string
      position: number
      attempts: number
      retry_at: Date | null
      last_error: string | null
      updated_at: Date
    }
    parked_events: {
      reader: string
      position: number
      error: string
      attempts: number
      parked_at: Date
      retry: boolean
    }
  }
}

/** Events read together, and the position up to which the log had no others of the wanted types. */
export interface Page {
  events: StoredEvent[]
  upTo: number
}

/** A page with what was known of the log's end: up to `horizon` it is settled, `newest` was the last position given out. */
export interface SettledPage extends Page {
  horizon: number
  newest: number
}

interface Row extends Omit<StoredEvent, 'occurredAt' | 'requestId'> {
  request_id: string | null
  occurred_at: string
}

/** The statement that writes events; see `append_events` in 0001_platform.sql. */
export function appending(events: Omit<StoredEvent, 'position'>[]): RawBuilder<unknown> {
  const batch = events.map(({ occurredAt, requestId, ...event }) => ({
    ...event,
    occurred_at: occurredAt,
    request_id: requestId,
  }))
  return sql`select append_events(${JSON.stringify(batch)}::jsonb)`
}

export async function horizonOf(db: Reader): Promise<{ horizon: number; newest: number }> {
  const { rows } = await sql<{ horizon: number; newest: number }>`select horizon, newest from event_horizon()`.execute(
    db,
  )
  return only(rows)
}

export async function pageAfter(
  db: Reader,
  after: number,
  limit: number,
  types?: readonly string[],
): Promise<SettledPage> {
  const { rows } = await sql<{ horizon: number; newest: number; events: Row[] }>`
    select horizon, newest, events from read_events(${after}, ${limit}, ${types ? [...types] : null}::text[])`.execute(
    db,
  )
  const { horizon, newest, events } = only(rows)
  const stored = events.map(storedEvent)
  return { events: stored, horizon, newest, upTo: endOf(stored, limit, Math.max(after, horizon)) }
}

const storedEvent = ({ occurred_at, request_id, ...event }: Row): StoredEvent => ({
  ...event,
  occurredAt: new Date(occurred_at),
  requestId: request_id,
})

/** Settled events in (after, upTo] that reach one of the channels. */
export async function pageReaching(
  db: Reader,
  channels: readonly string[],
  after: number,
  upTo: number,
  limit: number,
): Promise<Page> {
  const { rows } = await sql<{ settled: number; events: Row[] }>`
    select settled, events from events_reaching(${[...channels]}::text[], ${after}, ${upTo}, ${limit})`.execute(db)
  const { settled, events } = only(rows)
  const stored = events.map(storedEvent)
  return { events: stored, upTo: endOf(stored, limit, Math.max(after, settled)) }
}

/** The last events that are pushed into a channel, of those before a position, which must be settled; newest first. */
export const lastReaching = (db: Reader, channel: string, before: number, limit: number): Promise<StoredEvent[]> =>
  newest(db, sql`channels && ${[channel]}::text[] and live is not null and position < ${before}`, limit)

async function newest(db: Reader, which: RawBuilder<unknown>, limit: number): Promise<StoredEvent[]> {
  const { rows } = await sql<{ event: Row }>`
    select to_json(e) as event from (
      select position, id, type, subject, actor, data, request_id, occurred_at, channels, live, shown, secret from events
      where ${which} order by position desc limit ${limit}
    ) e`.execute(db)
  return rows.map(({ event }) => storedEvent(event))
}

const SINCE_PAGE = 1_000

/** All events of some types that occurred since a time, oldest first. */
export async function eventsSince(db: Reader, types: readonly string[], since: Date): Promise<StoredEvent[]> {
  const found: StoredEvent[] = []
  for (const type of types) {
    let before = Number.MAX_SAFE_INTEGER
    for (;;) {
      const page = await newest(db, sql`type = ${type} and position < ${before}`, SINCE_PAGE)
      found.push(...page.filter(({ occurredAt }) => occurredAt >= since))
      const last = page.at(-1)
      // Positions are nearly in the order of time: a page that ends before it is the last one needed.
      if (!last || page.length < SINCE_PAGE || last.occurredAt < since) break
      before = last.position
    }
  }
  return found.toSorted((a, b) => a.position - b.position)
}

/** The log's name, and the position from which events are stored with their channels. */
export async function nameOfLog(db: Reader): Promise<{ epoch: string; since: number }> {
  const { rows } = await sql<{ value: { epoch: string; since: number } }>`
    select value from settings where key = 'event_log'`.execute(db)
  return only(rows).value
}

/** Gives the log another name. */
export async function renameLog(db: Reader): Promise<void> {
  await sql`update settings set value = value || jsonb_build_object('epoch', gen_random_uuid()::text)
    where key = 'event_log'`.execute(db)
}

/** The position before the oldest event that is kept. */
export async function oldestKept(db: Reader): Promise<number> {
  const { rows } = await sql<{ oldest: number }>`
    select coalesce(min(number), 0)::bigint * 10000000000 - 1 as oldest from event_partitions`.execute(db)
  return only(rows).oldest
}

/** A page cut short by its limit ends at its last event; any other ends where the log was settled. */
export const endOf = (events: StoredEvent[], limit: number, horizon: number): number =>
  events.length === limit ? (events.at(-1)?.position ?? horizon) : horizon

function only<T>(rows: T[]): T {
  const [row] = rows
  if (!row) throw new Error('A function of the event log answered nothing')
  return row
}
