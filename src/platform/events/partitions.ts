// Housekeeping of the log: partitions are opened ahead of time, one a month, and old ones dropped once nobody needs them.
import { sql } from 'kysely'
import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import { isConnectionFailure } from '../database-errors.ts'
import type { Database, Tx } from '../database.ts'

const AHEAD = 2
const HOUR_MS = 3_600_000

export interface Upkeep {
  /** Partitions made ready. */
  opened: number
  /** Names of the tables dropped. */
  dropped: string[]
}

interface UpkeepOptions {
  database: Database
  clock: Clock
  /** Whole months of events to keep beside the running one; everything when absent. */
  keepMonths?: number
}

/** Opens the partition of the month and those ahead, and drops what is older than `keepMonths`. Any process may, at any time. */
export async function keepPartitions({ database, clock, keepMonths }: UpkeepOptions): Promise<Upkeep> {
  const now = clock.now()
  const opened = await database.transaction(async (tx) => {
    await yieldToOthers(tx)
    const { rows } = await sql<{ made: number }>`select open_event_partitions(${now}, ${AHEAD}) as made`.execute(tx)
    return rows[0]?.made ?? 0
  })
  const dropped: string[] = []
  if (keepMonths === undefined) return { opened, dropped }
  for (;;) {
    const name = await database.transaction((tx) => dropOldest(tx, monthsBefore(now, keepMonths)))
    if (!name) return { opened, dropped }
    dropped.push(name)
  }
}

/** The upkeep as a worker: at its start, then every hour. */
export function partitionKeeper(options: UpkeepOptions & { log: Logger }) {
  const stopping = new AbortController()
  let running: Promise<void> = Promise.resolve()

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        const { dropped } = await keepPartitions(options)
        if (dropped.length > 0) options.log.info({ dropped }, 'old events were dropped')
      } catch (error) {
        if (isConnectionFailure(error)) options.log.warn({ err: error }, 'the upkeep of the event log waits an hour')
        else options.log.error({ err: error }, 'the upkeep of the event log failed')
      }
      await options.clock.wait(HOUR_MS, stopping.signal).catch(() => undefined)
    }
  }

  return {
    name: 'event partitions',
    start: () => void (running = run()),
    stop: () => (stopping.abort(), running),
  }
}

// The lock that a partition needs waits for whoever uses the log and holds up whoever comes later: better to try next time.
const yieldToOthers = (tx: Tx) => sql`set local lock_timeout = '2s'`.execute(tx)

/**
 * Drops the oldest partition when the log has moved on to the next one, its last event is older than `cutoff`, every cursor
 * is past it and nothing of it is parked; answers its name.
 */
async function dropOldest(tx: Tx, cutoff: Date): Promise<string | undefined> {
  await yieldToOthers(tx)
  const { rows } = await sql<{ number: number; complete: boolean }>`
    select p.number, later.opened_at is not null as complete
    from event_partitions p left join event_partitions later on later.number = p.number + 1
    order by p.number limit 1 for update of p`.execute(tx)
  const [oldest] = rows
  if (!oldest?.complete) return undefined
  const table = sql.table(`events_${oldest.number}`)
  const { rows: needed } = await sql`
    with last as (select position, occurred_at from ${table} order by position desc limit 1)
    select from last where occurred_at >= ${cutoff}
    union all
    select from event_readers r, last where r.position < last.position
    union all
    select from parked_events p, last where p.position <= last.position
    limit 1`.execute(tx)
  if (needed.length > 0) return undefined
  await sql`drop table ${table}`.execute(tx)
  await sql`delete from event_partitions where number = ${oldest.number}`.execute(tx)
  return `events_${oldest.number}`
}

function monthsBefore(date: Date, months: number): Date {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months, 1))
}
