// The ledger in the database, which itself refuses what is out of balance, changed or booked twice.
import { sql } from 'kysely'
import type { Reader, Tx } from '../../../platform/database.ts'
import type { Booking } from './ledger.ts'

export interface WrittenBooking extends Booking {
  id: string
  entries: { id: string; account: Booking['entries'][number]['account']; amount: number }[]
}
/** Gives a booking and its entries their ids. */
export const identified = (booking: Booking, id: () => string): WrittenBooking => ({
  ...booking,
  id: id(),
  entries: booking.entries.map((entry) => ({ ...entry, id: id() })),
})

export async function book(tx: Tx, invoiceId: string, booking: WrittenBooking, at: Date): Promise<void> {
  await sql`with booking as (
      insert into ledger_transactions (id, invoice_id, kind, reference, booked_at)
      values (${booking.id}, ${invoiceId}, ${booking.kind}, ${booking.reference}, ${at}))
    insert into ledger_entries (id, transaction_id, invoice_id, account, amount)
    select e.id, ${booking.id}, ${invoiceId}, e.account, e.amount
    from jsonb_to_recordset(${JSON.stringify(booking.entries)}::jsonb) as e(id uuid, account text, amount bigint)`.execute(
    tx,
  )
}

/** Whole rupiah still owed; negative when too much was paid. */
export async function balanceOf(reader: Reader, invoiceId: string): Promise<number> {
  const result = await sql<{ balance: number }>`select coalesce(sum(amount), 0)::bigint as balance from ledger_entries
    where invoice_id = ${invoiceId} and account = 'accounts_receivable'`.execute(reader)
  return result.rows[0]?.balance ?? 0
}

export interface EntryRow {
  id: string
  at: Date
  account: string
  kind: string
  amount: number
}
export async function entriesOf(reader: Reader, invoiceId: string): Promise<EntryRow[]> {
  const result = await sql<EntryRow>`select e.id, t.booked_at as at, e.account, t.kind, e.amount from ledger_entries e
    join ledger_transactions t on t.invoice_id = e.invoice_id and t.id = e.transaction_id where e.invoice_id = ${invoiceId} order by t.booked_at, t.id, e.id`.execute(
    reader,
  )
  return result.rows
}

/** What entered (`payment_received`) or left (`payment_refunded`) the provider's account, from a time up to another. */
export async function movedBetween(
  reader: Reader,
  kind: 'payment_received' | 'payment_refunded',
  from: Date,
  to: Date,
): Promise<number> {
  const result = await sql<{
    amount: number
  }>`select coalesce(abs(sum(e.amount)), 0)::bigint as amount from ledger_transactions t
    join ledger_entries e on e.invoice_id = t.invoice_id and e.transaction_id = t.id and e.account = 'gateway_clearing'
    where t.kind = ${kind} and t.booked_at >= ${from} and t.booked_at < ${to}`.execute(reader)
  return result.rows[0]?.amount ?? 0
}

/** Money received per day in Jakarta, only for days on which some was. */
export async function receivedByDay(reader: Reader, from: Date): Promise<{ date: string; received: number }[]> {
  const result = await sql<{ date: string; received: number }>`
    select (t.booked_at at time zone 'Asia/Jakarta')::date as date, sum(e.amount)::bigint as received from ledger_transactions t
    join ledger_entries e on e.invoice_id = t.invoice_id and e.transaction_id = t.id and e.account = 'gateway_clearing'
    where t.kind = 'payment_received' and t.booked_at >= ${from} group by 1 order by 1`.execute(reader)
  return result.rows
}

/** What all clients together owe, and on how many invoices. */
export async function outstanding(reader: Reader): Promise<{ amount: number; invoices: number }> {
  const result = await sql<{
    amount: number
    invoices: number
  }>`select coalesce(sum(balance), 0)::bigint as amount, count(*) as invoices
    from (select sum(e.amount) as balance from invoices i
      join ledger_entries e on e.invoice_id = i.id and e.account = 'accounts_receivable'
      where i.status in ('unpaid', 'pending', 'failed', 'expired') group by i.id) owed where balance > 0`.execute(
    reader,
  )
  return result.rows[0] ?? { amount: 0, invoices: 0 }
}
