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

/** Events of some types that occurred since a time, oldest first. */
export async function eventsSince(db: Reader, types: readonly string[], since: Date): Promise<StoredEvent[]> {
  const { rows } = await sql<{ event: Row }>`
    select to_json(e) as event from (
      select l.position, l.id, l.type, l.subject, l.actor, l.data, l.request_id, l.occurred_at, l.channels, l.live, l.shown, l.secret
      from unnest(${[...types]}::text[]) as wanted (type) cross join lateral (
        select * from events where type = wanted.type order by position desc limit 1000
      ) l
      where l.occurred_at >= ${since}
      order by l.position
    ) e`.execute(db)
  return rows.map(({ event }) => storedEvent(event))
}

/** The log's name, and the position from which events are stored with their channels. */
export async function nameOfLog(db: Reader): Promise<{ epoch: string; since: number }> {
  const { rows } = await sql<{ value: { epoch: string; since: number } }>`
    select value from settings where key = 'event_log'`.execute(db)
  return only(rows).value
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
