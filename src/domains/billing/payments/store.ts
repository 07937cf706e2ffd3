// Attempts to pay, the money they brought and what was given back, in the database.
import { sql } from 'kysely'
import type { Scope } from '../../../platform/contract/call.ts'
import type { Reader, Tx } from '../../../platform/database.ts'
import type { PaymentStatus } from '../contract.ts'
import type { Attempt } from './attempt.ts'

export interface AttemptRow {
  id: string
  invoice_id: string
  method: 'qris'
  status: PaymentStatus
  order_id: string
  transaction_id: string | null
  amount: number
  refunded: number
  qr_string: string | null
  qr_image_url: string | null
  expires_at: Date | null
  settled_at: Date | null
  ended_at: Date | null
  cancel_requested_at: Date | null
  next_check_at: Date | null
  failed_checks: number
  created_at: Date
}
const shown = sql`a.id, a.invoice_id, a.method, a.status, a.order_id, a.transaction_id, a.amount, a.qr_string, a.qr_image_url, a.expires_at,
  a.settled_at, a.ended_at, a.cancel_requested_at, a.next_check_at, a.failed_checks, a.created_at,
  (select coalesce(sum(r.amount), 0)::bigint from payment_refunds r where r.attempt_id = a.id and r.status = 'confirmed') as refunded`
const within = (scope: Scope) => (scope.reach === 'own' ? sql`and i.client_id = ${scope.userId}` : sql``)

export async function attempt(reader: Reader, scope: Scope, id: string): Promise<AttemptRow | undefined> {
  const result = await sql<AttemptRow>`select ${shown} from payment_attempts a join invoices i on i.id = a.invoice_id
    where a.id = ${id} ${within(scope)}`.execute(reader)
  return result.rows[0]
}
/** In the order in which they were made. */
export async function attemptsOf(reader: Reader, invoiceId: string): Promise<AttemptRow[]> {
  const result =
    await sql<AttemptRow>`select ${shown} from payment_attempts a where a.invoice_id = ${invoiceId} order by a.id`.execute(
      reader,
    )
  return result.rows
}
export async function addAttempt(
  tx: Tx,
  row: { id: string; invoiceId: string; orderId: string; amount: number; createdAt: Date; nextCheckAt: Date | null },
): Promise<void> {
  await sql`insert into payment_attempts (id, invoice_id, method, status, order_id, amount, next_check_at, created_at, updated_at)
    values (${row.id}, ${row.invoiceId}, 'qris', 'created', ${row.orderId}, ${row.amount}, ${row.nextCheckAt}, ${row.createdAt},
      ${row.createdAt})`.execute(tx)
}

/** The attempts of an invoice as the rules see them. */
export async function accountOf(reader: Reader, invoiceId: string): Promise<Attempt[]> {
  const result = await sql<Attempt>`select a.id, a.status, a.amount, a.transaction_id as "transactionId",
      coalesce((select jsonb_agg(jsonb_build_object('transactionId', p.transaction_id, 'amount', p.amount) order by p.id)
        from payment_receipts p where p.attempt_id = a.id), '[]') as receipts,
      coalesce((select jsonb_agg(jsonb_build_object('key', r.key, 'transactionId', r.transaction_id, 'amount', r.amount, 'status', r.status)
        order by r.id) from payment_refunds r where r.attempt_id = a.id), '[]') as refunds
    from payment_attempts a where a.invoice_id = ${invoiceId} order by a.id`.execute(reader)
  return result.rows
}

export interface AttemptChanges {
  status: PaymentStatus
  transactionId: string | null
  qrString: string | null
  qrImageUrl: string | null
  expiresAt: Date | null
  settledAt: Date | null
  endedAt: Date | null
  nextCheckAt: Date | null
}
export async function saveAttempt(tx: Tx, id: string, to: AttemptChanges, now: Date): Promise<void> {
  await sql`update payment_attempts set status = ${to.status}, transaction_id = ${to.transactionId}, qr_string = ${to.qrString},
    qr_image_url = ${to.qrImageUrl}, expires_at = ${to.expiresAt}, settled_at = ${to.settledAt}, ended_at = ${to.endedAt},
    next_check_at = ${to.nextCheckAt}, failed_checks = 0, updated_at = ${now} where id = ${id}`.execute(tx)
}
/** To be cancelled at the provider as soon as a worker gets to it; the wish survives a crash. */
export async function requestCancel(tx: Tx, ids: string[], now: Date): Promise<void> {
  await sql`update payment_attempts set cancel_requested_at = coalesce(cancel_requested_at, ${now}), next_check_at = ${now}
    where id = any(${ids}::uuid[])`.execute(tx)
}

/** A unique key refuses a payment that is written already. */
export async function addReceipt(
  tx: Tx,
  row: { id: string; attemptId: string; transactionId: string; amount: number; settledAt: Date; createdAt: Date },
): Promise<void> {
  await sql`insert into payment_receipts (id, attempt_id, transaction_id, amount, settled_at, created_at)
    values (${row.id}, ${row.attemptId}, ${row.transactionId}, ${row.amount}, ${row.settledAt}, ${row.createdAt})`.execute(
    tx,
  )
}

/**
 * Takes up to `limit` attempts that are due and leases them until `leasedUntil`: who dies over one leaves it to the next.
 */
export async function claimDue(reader: Reader, now: Date, leasedUntil: Date, limit: number): Promise<string[]> {
  const result = await sql<{ id: string }>`update payment_attempts set next_check_at = ${leasedUntil} where id in (
      select id from payment_attempts where next_check_at <= ${now} order by next_check_at limit ${limit}
      for no key update skip locked)
    returning id`.execute(reader)
  return result.rows.map(({ id }) => id)
}
export async function postpone(reader: Reader, id: string, until: Date): Promise<void> {
  await sql`update payment_attempts set next_check_at = ${until}, failed_checks = failed_checks + 1 where id = ${id}`.execute(
    reader,
  )
}
export async function scheduleCheck(reader: Reader, id: string, at: Date | null): Promise<void> {
  await sql`update payment_attempts set next_check_at = ${at}, failed_checks = 0 where id = ${id}`.execute(reader)
}
/** Has the attempt checked at `time` at the latest. */
export async function checkBy(reader: Reader, id: string, time: Date): Promise<void> {
  await sql`update payment_attempts set next_check_at = least(next_check_at, ${time}) where id = ${id}`.execute(reader)
}
/** The provider's ids of payments that came in beyond the charge's own: a code that was paid twice. */
export async function furtherPayments(reader: Reader, attemptId: string): Promise<string[]> {
  const result = await sql<{ transaction_id: string }>`select p.transaction_id from payment_receipts p
    join payment_attempts a on a.id = p.attempt_id
    where a.id = ${attemptId} and p.transaction_id is distinct from a.transaction_id order by p.id`.execute(reader)
  return result.rows.map(({ transaction_id }) => transaction_id)
}
