// What each user has acknowledged, and what waits for them.
import { sql } from 'kysely'
import type { Reader, Tx } from '../../../platform/database.ts'

/** The name of the reader that notes what arrives: where its cursor stands, everything before has been noted. */
export const INBOX_READER = 'realtime.inbox'

export interface InboxRow {
  userId: string
  acknowledged: number
  newest: number
  told: number
}

export async function inboxes(db: Reader, userIds: readonly string[]): Promise<InboxRow[]> {
  const { rows } = await sql<InboxRow>`select user_id as "userId", acknowledged, newest, told from realtime_inboxes
    where user_id = any (${[...userIds]}::uuid[])`.execute(db)
  return rows
}

/**
 * Makes the inboxes of users who have none. Nothing that was noted has reached them, or they would have one: so they begin
 * where the notes end, which may be a moment before the end of the log.
 */
export async function addInboxes(db: Reader, userIds: readonly string[]): Promise<InboxRow[]> {
  const { rows } = await sql<InboxRow>`
    insert into realtime_inboxes as i (user_id, acknowledged, newest)
    select distinct id, start, start from unnest(${[...userIds]}::uuid[]) as u (id), (
      select least(h.horizon, coalesce(r.position, h.horizon)) as start
      from event_horizon() h left join event_readers r on r.name = ${INBOX_READER}) as s
    order by id
    on conflict (user_id) do update set newest = i.newest
    returning user_id as "userId", acknowledged, newest, told`.execute(db)
  return rows
}

/** A message has reached these users. */
export async function note(tx: Tx, userIds: readonly string[], position: number, at: Date): Promise<void> {
  await sql`insert into realtime_inboxes as i (user_id, acknowledged, newest, oldest_unacknowledged_at)
    select distinct id, ${position - 1}::bigint, ${position}::bigint, ${at}::timestamptz from unnest(${[...userIds]}::uuid[]) as u (id)
    order by id
    on conflict (user_id) do update set
      newest = greatest(i.newest, excluded.newest),
      oldest_unacknowledged_at = case when excluded.newest > greatest(i.acknowledged, i.told)
        then coalesce(i.oldest_unacknowledged_at, excluded.oldest_unacknowledged_at) else i.oldest_unacknowledged_at end`.execute(
    tx,
  )
}

/** Moves a cursor that stands where it was seen; false when it, or what waits behind it, has changed meanwhile. */
export async function acknowledge(
  db: Reader,
  seen: InboxRow,
  position: number,
  oldestUnacknowledgedAt: Date | null,
): Promise<boolean> {
  const { numAffectedRows } = await sql`update realtime_inboxes
    set acknowledged = ${position}, oldest_unacknowledged_at = ${oldestUnacknowledgedAt}
    where user_id = ${seen.userId} and acknowledged = ${seen.acknowledged} and newest = ${seen.newest}
      and told = ${seen.told}`.execute(db)
  return numAffectedRows === 1n
}

export interface Overdue {
  userId: string
  after: number
  upTo: number
}
/** Users for whom something has waited since before a time, marked as told. */
export async function takeOverdue(tx: Tx, since: Date, limit: number): Promise<Overdue[]> {
  const { rows } = await sql<Overdue>`
    update realtime_inboxes i set told = i.newest, oldest_unacknowledged_at = null from (
      select user_id, greatest(acknowledged, told) as after from realtime_inboxes where oldest_unacknowledged_at <= ${since}
      order by oldest_unacknowledged_at limit ${limit} for update skip locked
    ) due where i.user_id = due.user_id
    returning i.user_id as "userId", due.after, i.newest as "upTo"`.execute(tx)
  return rows
}
