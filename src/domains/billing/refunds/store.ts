// Refunds in the database.
import { sql } from 'kysely'
import type { Reader, Tx } from '../../../platform/database.ts'

export interface RefundRow {
  id: string
  attempt_id: string
  key: string
  transaction_id: string
  amount: number
  reason: string
  status: 'requested' | 'confirmed' | 'failed'
  created_at: Date
  confirmed_at: Date | null
}
const shown = sql`id, attempt_id, key, transaction_id, amount, reason, status, created_at, confirmed_at`

export async function addRefund(tx: Tx, row: RefundRow & { request_key: string | null }): Promise<void> {
  await sql`insert into payment_refunds (id, attempt_id, key, transaction_id, amount, reason, status, request_key, created_at, confirmed_at)
    values (${row.id}, ${row.attempt_id}, ${row.key}, ${row.transaction_id}, ${row.amount}, ${row.reason}, ${row.status}, ${row.request_key},
      ${row.created_at}, ${row.confirmed_at})`.execute(tx)
}
export async function refundByRequest(reader: Reader, requestKey: string): Promise<RefundRow | undefined> {
  const result = await sql<RefundRow>`select ${shown} from payment_refunds where request_key = ${requestKey}`.execute(
    reader,
  )
  return result.rows[0]
}
export async function refundByKey(reader: Reader, attemptId: string, key: string): Promise<RefundRow | undefined> {
  const result =
    await sql<RefundRow>`select ${shown} from payment_refunds where attempt_id = ${attemptId} and key = ${key}`.execute(
      reader,
    )
  return result.rows[0]
}
export async function refundsOf(reader: Reader, attemptIds: string[]): Promise<RefundRow[]> {
  const result =
    await sql<RefundRow>`select ${shown} from payment_refunds where attempt_id = any(${attemptIds}::uuid[]) order by id`.execute(
      reader,
    )
  return result.rows
}
/** Asked for, but the provider has not confirmed; oldest first. */
export async function openRefunds(reader: Reader, attemptId: string): Promise<RefundRow[]> {
  const result =
    await sql<RefundRow>`select ${shown} from payment_refunds where attempt_id = ${attemptId} and status = 'requested'
    order by id`.execute(reader)
  return result.rows
}
export async function confirmRefund(tx: Tx, attemptId: string, key: string, at: Date): Promise<void> {
  await sql`update payment_refunds set status = 'confirmed', confirmed_at = ${at} where attempt_id = ${attemptId} and key = ${key}`.execute(
    tx,
  )
}
/** The provider will not do it; what is confirmed stays. */
export async function failRefund(tx: Tx, id: string): Promise<void> {
  await sql`update payment_refunds set status = 'failed' where id = ${id} and status = 'requested'`.execute(tx)
}
