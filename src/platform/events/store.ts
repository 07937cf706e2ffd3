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
  const stored = events.map(({ occurred_at, request_id, ...event }) => ({
    ...event,
    occurredAt: new Date(occurred_at),
    requestId: request_id,
  }))
  return { events: stored, horizon, newest, upTo: endOf(stored, limit, Math.max(after, horizon)) }
}

/** A page cut short by its limit ends at its last event; any other ends where the log was settled. */
export const endOf = (events: StoredEvent[], limit: number, horizon: number): number =>
  events.length === limit ? (events.at(-1)?.position ?? horizon) : horizon

function only<T>(rows: T[]): T {
  const [row] = rows
  if (!row) throw new Error('A function of the event log answered nothing')
  return row
}
