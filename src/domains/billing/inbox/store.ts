// The provider's notifications in the database: stored once, leased to whoever processes them, parked when that keeps failing.
import { sql } from 'kysely'
import { jsonb } from '../../../platform/database.ts'
import type { Reader } from '../../../platform/database.ts'

export interface NotificationRow {
  id: string
  attempt_id: string
  transaction_id: string
  claimed_amount: number
  /** The provider's own word. */
  claimed_status: string | null
  tries: number
}

/**
 * Stores a notification under its key unless it is there; one that was parked is put back to work. `unknown` when no attempt
 * has the order id.
 */
export async function receive(
  reader: Reader,
  row: {
    id: string
    key: string
    orderId: string
    transactionId: string
    amount: number
    body: unknown
    receivedAt: Date
  },
): Promise<'stored' | 'known' | 'unknown'> {
  const result = await sql<{ attempt: string | null; stored: string | null }>`with attempt as (
      select id from payment_attempts where order_id = ${row.orderId}),
    stored as (
      insert into payment_notifications as n (id, key, order_id, attempt_id, body, transaction_id, claimed_amount, status, due_at, received_at)
      select ${row.id}::uuid, ${row.key}, ${row.orderId}, attempt.id, ${jsonb(row.body)}, ${row.transactionId}, ${row.amount}, 'received',
        ${row.receivedAt}, ${row.receivedAt} from attempt
      on conflict (key) do update set status = 'received', tries = 0, due_at = excluded.due_at where n.status = 'parked'
      returning id)
    select (select id from attempt) as attempt, (select id from stored) as stored`.execute(reader)
  const [found] = result.rows
  if (!found?.attempt) return 'unknown'
  return found.stored ? 'stored' : 'known'
}

/** Takes the notification that waits longest and leases it until `leasedUntil`. */
export async function claim(reader: Reader, now: Date, leasedUntil: Date): Promise<NotificationRow | undefined> {
  const result =
    await sql<NotificationRow>`update payment_notifications set due_at = ${leasedUntil}, tries = tries + 1 where id = (
      select id from payment_notifications where status = 'received' and due_at <= ${now} order by due_at limit 1
      for no key update skip locked)
    returning id, attempt_id, transaction_id, claimed_amount, body->>'transaction_status' as claimed_status, tries`.execute(
      reader,
    )
  return result.rows[0]
}
export async function markProcessed(reader: Reader, id: string, at: Date): Promise<void> {
  await sql`update payment_notifications set status = 'processed', processed_at = ${at}, last_error = null where id = ${id}`.execute(
    reader,
  )
}
export async function markFailed(
  reader: Reader,
  id: string,
  failure: { error: string; dueAt: Date; parked: boolean },
): Promise<void> {
  await sql`update payment_notifications set status = ${failure.parked ? 'parked' : 'received'}, due_at = ${failure.dueAt},
    last_error = ${failure.error} where id = ${id}`.execute(reader)
}
