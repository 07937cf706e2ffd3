// The mailbox, and the queue of mail that waits for the SMTP server.
import type { Selectable } from 'kysely'
import type { Reader, Tables, Tx } from '../../platform/database.ts'

export type MailRow = Selectable<Tables['mails']>

export function mails(
  reader: Reader,
  page: { limit: number; before: string | null; status: MailRow['status'] | undefined; search: string | undefined },
) {
  let query = reader.selectFrom('mails').selectAll().orderBy('id', 'desc').limit(page.limit)
  if (page.before) query = query.where('id', '<', page.before)
  if (page.status) query = query.where('status', '=', page.status)
  if (page.search) {
    const pattern = `%${page.search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
    query = query.where((where) =>
      where.or([where('to_address', 'ilike', pattern), where('subject', 'ilike', pattern)]),
    )
  }
  return query.execute()
}
export const mailById = (reader: Reader, id: string) =>
  reader.selectFrom('mails').selectAll().where('id', '=', id).executeTakeFirst()

/** Takes mail that is due and puts its next attempt to `until`, so that a process that dies with it gives it back. */
export async function takeDue(tx: Tx, now: Date, until: Date, limit: number): Promise<MailRow[]> {
  const due = tx
    .selectFrom('mails')
    .select('id')
    .where('status', '=', 'queued')
    .where('next_attempt_at', '<=', now)
    .orderBy('next_attempt_at')
    .limit(limit)
    .forUpdate()
    .skipLocked()
  return tx
    .updateTable('mails')
    .set((update) => ({ next_attempt_at: until, attempts: update('attempts', '+', 1) }))
    .where('id', 'in', due)
    .returningAll()
    .execute()
}
export const markSent = (reader: Reader, id: string, now: Date) =>
  reader
    .updateTable('mails')
    .set({ status: 'sent', sent_at: now, last_error: null, next_attempt_at: null })
    .where('id', '=', id)
    .execute()
export const markFailed = (reader: Reader, id: string, error: string, retryAt: Date | null) =>
  reader
    .updateTable('mails')
    .set({ status: retryAt ? 'queued' : 'failed', last_error: error, next_attempt_at: retryAt })
    .where('id', '=', id)
    .execute()
export const queueAgain = (tx: Tx, id: string, now: Date) =>
  tx
    .updateTable('mails')
    .set({ status: 'queued', attempts: 0, next_attempt_at: now })
    .where('id', '=', id)
    .where('status', '=', 'failed')
    .returningAll()
    .executeTakeFirst()
