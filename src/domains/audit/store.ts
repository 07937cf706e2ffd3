// The event log from its newest end, for people to look through.
import { sql } from 'kysely'
import type { Reader } from '../../platform/database.ts'
import type { StoredEvent } from '../../platform/events/log.ts'

export interface LogQuery {
  limit: number
  /** Only positions below it. */
  before: number | null
  type: string | undefined
  subject: string | undefined
}

export async function newestEvents(reader: Reader, { limit, before, type, subject }: LogQuery): Promise<StoredEvent[]> {
  const { rows } = await sql<StoredEvent>`
    select position, id, type, subject, actor, data, channels, live, shown, secret, occurred_at as "occurredAt", request_id as "requestId" from events
    where (${before}::bigint is null or position < ${before}::bigint)
      and (${type ?? null}::text is null or type = ${type ?? null}) and (${subject ?? null}::text is null or subject = ${subject ?? null})
    order by position desc limit ${limit}`.execute(reader)
  return rows
}
