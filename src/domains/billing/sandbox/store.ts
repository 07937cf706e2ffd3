// The pretended provider's books in PostgreSQL, shared by every process of the application.
import { sql } from 'kysely'
import type { Insertable, Selectable } from 'kysely'
import { jsonb } from '../../../platform/database.ts'
import type { Reader, Tx } from '../../../platform/database.ts'

export interface TransactionTable {
  transaction_id: string
  order_id: string
  ordinal: number
  amount: number
  status: 'pending' | 'settlement' | 'deny' | 'expire' | 'cancel' | 'partial_refund' | 'refund'
  transaction_time: Date
  expiry_time: Date
  settlement_time: Date | null
  settles_at: Date | null
  qr_string: string
  acquirer: string
  echo: Record<string, unknown>
  notification_url: string | null
}
export interface RefundTable {
  transaction_id: string
  refund_key: string
  amount: number
  reason: string
  created_at: Date
  confirms_at: Date
  bank_confirmed_at: Date | null
}
export interface NotificationTable {
  id: string
  transaction_id: string
  url: string | null
  body: string
  repeats: boolean
  attempts: number
  due_at: Date | null
  last_answer: string | null
  created_at: Date
}
declare module '../../../platform/database.ts' {
  interface Tables {
    sandbox_transactions: TransactionTable
    sandbox_refunds: RefundTable
    sandbox_notifications: NotificationTable
    sandbox_idempotency: { key: string; answer: unknown; created_at: Date }
  }
}
type Row = Selectable<TransactionTable>

/** False when the order id is taken. */
export async function addTransaction(tx: Tx, transaction: Insertable<TransactionTable>): Promise<boolean> {
  const values = { ...transaction, echo: jsonb(transaction.echo) }
  const inserted = await tx
    .insertInto('sandbox_transactions')
    .values(values)
    .onConflict((conflict) => conflict.columns(['order_id', 'ordinal']).doNothing())
    .executeTakeFirst()
  return Number(inserted.numInsertedOrUpdatedRows ?? 0) === 1
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** By order id (the charge itself) or by transaction id; locked until the transaction ends. */
export async function lockTransaction(tx: Tx, id: string): Promise<Row | undefined> {
  if (!/^[A-Za-z0-9\-_~.]{1,50}$/.test(id)) return undefined
  const byOrder = await tx
    .selectFrom('sandbox_transactions')
    .selectAll()
    .where('order_id', '=', id)
    .where('ordinal', '=', 1)
    .forUpdate()
    .executeTakeFirst()
  if (byOrder || !uuid.test(id)) return byOrder
  return tx
    .selectFrom('sandbox_transactions')
    .selectAll()
    .where('transaction_id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}
export const transactionById = async (reader: Reader, id: string): Promise<Row | undefined> =>
  uuid.test(id)
    ? reader.selectFrom('sandbox_transactions').selectAll().where('transaction_id', '=', id).executeTakeFirst()
    : undefined
export const paymentsOf = (reader: Reader, orderId: string) =>
  reader.selectFrom('sandbox_transactions').selectAll().where('order_id', '=', orderId).orderBy('ordinal').execute()
export const updateTransaction = (tx: Tx, id: string, changes: Partial<TransactionTable>): Promise<Row> =>
  tx
    .updateTable('sandbox_transactions')
    .set(changes as Partial<Omit<TransactionTable, 'echo'>>)
    .where('transaction_id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()

export const refundsOf = (reader: Reader, transactionId: string) =>
  reader
    .selectFrom('sandbox_refunds')
    .selectAll()
    .where('transaction_id', '=', transactionId)
    .orderBy('created_at')
    .orderBy('refund_key')
    .execute()
export const addRefund = (tx: Tx, refund: Insertable<RefundTable>) =>
  tx.insertInto('sandbox_refunds').values(refund).execute()
export const confirmRefund = (tx: Tx, refund: Selectable<RefundTable>, at: Date) =>
  tx
    .updateTable('sandbox_refunds')
    .set({ bank_confirmed_at: at })
    .where('transaction_id', '=', refund.transaction_id)
    .where('refund_key', '=', refund.refund_key)
    .execute()

export const addNotification = (tx: Tx, notification: Insertable<NotificationTable>) =>
  tx.insertInto('sandbox_notifications').values(notification).execute()
/** Takes due notifications for sending until `until`, when another process may think that this one died. */
export async function claimNotifications(db: Reader, now: Date, until: Date, limit: number) {
  const due = db
    .selectFrom('sandbox_notifications')
    .select('id')
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .skipLocked()
  const claimed = await db
    .updateTable('sandbox_notifications')
    .set({ due_at: until })
    .where('id', 'in', due)
    .returningAll()
    .execute()
  return claimed.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}
export const recordDelivery = (
  db: Reader,
  id: string,
  said: { answer: string; attempts: number; dueAt: Date | null },
) =>
  db
    .updateTable('sandbox_notifications')
    .set({ last_answer: said.answer, attempts: said.attempts, due_at: said.dueAt })
    .where('id', '=', id)
    .execute()

// What is due: each takes one row that nobody else is working on.
export const nextExpired = (tx: Tx, now: Date) =>
  tx
    .selectFrom('sandbox_transactions')
    .selectAll()
    .where('status', '=', 'pending')
    .where('expiry_time', '<=', now)
    .orderBy('expiry_time')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
export const nextSettling = (tx: Tx, now: Date) =>
  tx
    .selectFrom('sandbox_transactions')
    .selectAll()
    .where('settles_at', '<=', now)
    .orderBy('settles_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
export const nextConfirming = (tx: Tx, now: Date) =>
  tx
    .selectFrom('sandbox_refunds')
    .selectAll()
    .where('bank_confirmed_at', 'is', null)
    .where('confirms_at', '<=', now)
    .orderBy('confirms_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
/** The moment of the next thing to do; null when nothing is planned. */
export async function nextDue(db: Reader): Promise<Date | null> {
  const { rows } = await sql<{ due: Date | null }>`select least(
    (select min(expiry_time) from sandbox_transactions where status = 'pending'),
    (select min(settles_at) from sandbox_transactions where settles_at is not null),
    (select min(confirms_at) from sandbox_refunds where bank_confirmed_at is null),
    (select min(due_at) from sandbox_notifications where due_at is not null)) as due`.execute(db)
  return rows[0]?.due ?? null
}

/** Holds the key until the transaction ends; false when another request holds it. */
export async function holdKey(tx: Tx, key: string): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`sandbox:${key}`}, 0)) as held`.execute(tx)
  return rows[0]?.held === true
}
export const keptAnswer = async (tx: Tx, key: string, since: Date): Promise<unknown> =>
  (
    await tx
      .selectFrom('sandbox_idempotency')
      .select('answer')
      .where('key', '=', key)
      .where('created_at', '>', since)
      .executeTakeFirst()
  )?.answer
/** Keeps the answer and forgets those from `before`. */
export async function keepAnswer(
  tx: Tx,
  key: string,
  answer: unknown,
  { now, before }: { now: Date; before: Date },
): Promise<void> {
  // Old ones go when new ones come: there is nothing to clean up otherwise.
  await tx.deleteFrom('sandbox_idempotency').where('created_at', '<=', before).execute()
  const kept = { answer: jsonb(answer), created_at: now }
  await tx
    .insertInto('sandbox_idempotency')
    .values({ key, ...kept })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(kept))
    .execute()
}
