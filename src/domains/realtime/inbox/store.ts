// What each user has acknowledged, and what waits for them.
import { sql } from 'kysely'
import type { Reader, Tx } from '../../../platform/database.ts'

/** The cursor of each user, made at `now` for those who have none. */
export async function cursors(db: Reader, userIds: readonly string[], position: number): Promise<Map<string, number>> {
  const { rows } = await sql<{ user_id: string; acknowledged: number }>`
    with made as (
      insert into realtime_inboxes (user_id, acknowledged, newest)
      select distinct id, ${position}::bigint, ${position}::bigint from unnest(${[...userIds]}::uuid[]) as id
      on conflict do nothing returning user_id, acknowledged
    )
    select user_id, acknowledged from made
    union select user_id, acknowledged from realtime_inboxes where user_id = any (${[...userIds]}::uuid[])`.execute(db)
  return new Map(rows.map(({ user_id, acknowledged }) => [user_id, acknowledged]))
}

/** Something new waits for these users. */
export async function note(tx: Tx, userIds: readonly string[], position: number, at: Date): Promise<void> {
  await sql`insert into realtime_inboxes (user_id, acknowledged, newest, oldest_waiting_at)
    select distinct id, ${position - 1}::bigint, ${position}::bigint, ${at}::timestamptz from unnest(${[...userIds]}::uuid[]) as id order by id
    on conflict (user_id) do update set
      newest = greatest(realtime_inboxes.newest, excluded.newest),
      oldest_waiting_at = case when realtime_inboxes.acknowledged >= excluded.newest then realtime_inboxes.oldest_waiting_at
        else coalesce(realtime_inboxes.oldest_waiting_at, excluded.oldest_waiting_at) end`.execute(tx)
}

/** Moves a cursor forward and answers whether it moved. */
export async function acknowledge(
  tx: Tx,
  userId: string,
  position: number,
  oldestWaitingAt: Date | null,
): Promise<void> {
  await sql`insert into realtime_inboxes (user_id, acknowledged, newest)
    values (${userId}, ${position}, ${position})
    on conflict (user_id) do update set
      acknowledged = greatest(realtime_inboxes.acknowledged, excluded.acknowledged),
      oldest_waiting_at = case when excluded.acknowledged < realtime_inboxes.acknowledged then realtime_inboxes.oldest_waiting_at
        when excluded.acknowledged >= realtime_inboxes.newest then null else ${oldestWaitingAt} end`.execute(tx)
}

export async function inboxOf(tx: Tx, userId: string): Promise<{ acknowledged: number; newest: number } | undefined> {
  const { rows } = await sql<{ acknowledged: number; newest: number }>`
    select acknowledged, newest from realtime_inboxes where user_id = ${userId} for update`.execute(tx)
  return rows[0]
}

export interface Overdue {
  user_id: string
  after: number
  newest: number
}
/** Users for whom something has waited since before `since` that they were not told of yet, marked as told. */
export async function takeOverdue(tx: Tx, since: Date, limit: number): Promise<Overdue[]> {
  const { rows } = await sql<Overdue>`
    update realtime_inboxes i set told = i.newest from (
      select user_id, greatest(acknowledged, told) as after from realtime_inboxes
      where oldest_waiting_at <= ${since} and newest > told and newest > acknowledged
      order by oldest_waiting_at limit ${limit} for update skip locked
    ) due where i.user_id = due.user_id
    returning i.user_id, due.after, i.newest`.execute(tx)
  return rows
}
