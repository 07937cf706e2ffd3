// Announcements in the database, and whom they are for.
import { sql } from 'kysely'
import type { z } from 'zod'
import type { LocalizedText } from '../../../platform/contract/shapes.ts'
import type { Reader, Tx } from '../../../platform/database.ts'
import type { ChannelReader } from '../channels.ts'
import type { Severity, Target } from '../contract.ts'

type TargetValue = z.output<typeof Target>
export interface AnnouncementRow {
  id: string
  target: TargetValue
  title: LocalizedText
  body: LocalizedText
  severity: z.output<typeof Severity>
  starts_at: Date
  ends_at: Date | null
  created_at: Date
  created_by: string | null
  sent_at: Date | null
  withdrawn_at: Date | null
}

export async function add(tx: Tx, row: AnnouncementRow): Promise<void> {
  const json = (value: unknown) => sql`${JSON.stringify(value)}::jsonb`
  await sql`insert into announcements
      (id, target, title, body, severity, starts_at, ends_at, created_at, created_by, sent_at)
    values (${row.id}, ${json(row.target)}, ${json(row.title)}, ${json(row.body)}, ${row.severity}, ${row.starts_at}, ${row.ends_at},
      ${row.created_at}, ${row.created_by}, ${row.sent_at})`.execute(tx)
}

/** Announcements whose time has come, locked; each is given to one process. */
export async function due(tx: Tx, now: Date, limit: number): Promise<AnnouncementRow[]> {
  const { rows } = await sql<AnnouncementRow>`select * from announcements
    where sent_at is null and withdrawn_at is null and starts_at <= ${now} and (ends_at is null or ends_at > ${now})
    order by starts_at, id limit ${limit} for update skip locked`.execute(tx)
  return rows
}

export async function markSent(tx: Tx, id: string, at: Date): Promise<void> {
  await sql`update announcements set sent_at = ${at} where id = ${id}`.execute(tx)
}

/** The announcement that was taken back just now; undefined when there is none to take back. */
export async function withdraw(tx: Tx, id: string, at: Date): Promise<AnnouncementRow | undefined> {
  const { rows } = await sql<AnnouncementRow>`update announcements set withdrawn_at = ${at}
    where id = ${id} and withdrawn_at is null returning *`.execute(tx)
  return rows[0]
}

/** What is announced to a person at this moment, the newest first. */
export async function activeFor(
  db: Reader,
  { userId, role }: ChannelReader,
  now: Date,
  page: { limit: number; before: string | null },
): Promise<AnnouncementRow[]> {
  const { rows } = await sql<AnnouncementRow>`select a.* from announcements a
    where a.sent_at is not null and a.withdrawn_at is null and a.starts_at <= ${now} and (a.ends_at is null or a.ends_at > ${now})
      and (${page.before}::uuid is null or a.id < ${page.before}::uuid)
      and case a.target ->> 'kind'
        when 'everybody' then true
        when 'user' then a.target ->> 'userId' = ${userId}
        when 'role' then a.target ->> 'role' = ${role}
        else exists (select from projects p where p.id = (a.target ->> 'projectId')::uuid and p.client_id = ${userId})
      end
    order by a.id desc limit ${page.limit}`.execute(db)
  return rows
}

export async function all(
  db: Reader,
  { limit, before }: { limit: number; before: string | null },
): Promise<AnnouncementRow[]> {
  const { rows } = await sql<AnnouncementRow>`select * from announcements
    where ${before}::uuid is null or id < ${before}::uuid order by id desc limit ${limit}`.execute(db)
  return rows
}

/** The users a target names one by one; null when it names somebody who does not exist. */
export async function readersOf(db: Reader, target: TargetValue): Promise<string[] | null> {
  if (target.kind === 'project') {
    const { rows } = await sql<{
      id: string
    }>`select client_id as id from projects where id = ${target.projectId}`.execute(db)
    return rows.length > 0 ? rows.map(({ id }) => id) : null
  }
  if (target.kind !== 'user') return []
  const { rows } = await sql`select from users where id = ${target.userId}`.execute(db)
  return rows.length > 0 ? [] : null
}
