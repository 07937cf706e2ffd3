// Invoices in the database. What is owed is always asked of the ledger.
import { sql } from 'kysely'
import type { Scope } from '../../../platform/contract/call.ts'
import type { Reader, Tx } from '../../../platform/database.ts'
import type { InvoiceStatus } from '../contract.ts'
import type { LedgerAccount } from '../ledger/ledger.ts'

export interface InvoiceRow {
  id: string
  number: string
  project_id: string
  project_name: string
  client_id: string
  client_name: string
  status: InvoiceStatus
  total: number
  issued_at: Date
  paid_at: Date | null
  /** Whole rupiah still owed; negative when too much was paid. */
  balance: number
}
export interface LineRow {
  description: string
  quantity: number
  unit_price: number
  amount: number
}
const receivable: LedgerAccount = 'accounts_receivable'
const shown = sql`i.id, i.number, i.project_id, i.project_name, i.client_id, i.client_name, i.status, i.total, i.issued_at, i.paid_at,
  (select coalesce(sum(e.amount), 0)::bigint from ledger_entries e where e.invoice_id = i.id and e.account = ${sql.lit(receivable)}) as balance`
const within = (scope: Scope) => (scope.reach === 'own' ? sql`and i.client_id = ${scope.userId}` : sql``)

export interface NewInvoice {
  id: string
  year: number
  /** What precedes the number drawn from the year's counter. */
  prefix: string
  projectId: string
  projectName: string
  client: { id: string; name: string }
  total: number
  issuedAt: Date
  lines: { description: string; quantity: number; unitPrice: number; amount: number }[]
  booking: { id: string; kind: string; reference: string; entries: { id: string; account: string; amount: number }[] }
}

// The class of the advisory locks of the counters, by year. Whoever waits for a row lock has to look again when it comes free
// and may lose it to a later one; an advisory lock is handed on in order, which keeps the slowest orders fast.
const NUMBERING = 1_246_972_229

/**
 * Draws the number, writes invoice and lines and books the issue in one statement: the counter stays locked from here to
 * COMMIT, and all orders of the year wait for it.
 */
export async function addInvoice(tx: Tx, { booking, ...invoice }: NewInvoice): Promise<string> {
  const result = await sql<{ number: string }>`with turn as (
      select pg_advisory_xact_lock(${NUMBERING}, ${invoice.year})),
    counter as (
      insert into invoice_counters as c (year, last) select ${invoice.year}, 1 from turn
      on conflict (year) do update set last = c.last + 1 returning last),
    invoice as (
      insert into invoices (id, number, year, sequence, project_id, project_name, client_id, client_name, status, total, issued_at, updated_at)
      select ${invoice.id}::uuid, ${invoice.prefix} || lpad(last::text, greatest(4, length(last::text)), '0'), ${invoice.year}, last,
        ${invoice.projectId}, ${invoice.projectName}, ${invoice.client.id}, ${invoice.client.name}, 'unpaid', ${invoice.total},
        ${invoice.issuedAt}, ${invoice.issuedAt} from counter
      returning id, number),
    lines as (
      insert into invoice_lines (invoice_id, position, description, quantity, unit_price, amount)
      select ${invoice.id}, l.position, l.line->>'description', (l.line->>'quantity')::int, (l.line->>'unitPrice')::bigint,
        (l.line->>'amount')::bigint
      from jsonb_array_elements(${JSON.stringify(invoice.lines)}::jsonb) with ordinality as l(line, position)),
    booking as (
      insert into ledger_transactions (id, invoice_id, kind, reference, booked_at)
      values (${booking.id}, ${invoice.id}, ${booking.kind}, ${booking.reference}, ${invoice.issuedAt})),
    entries as (
      insert into ledger_entries (id, transaction_id, invoice_id, account, amount)
      select e.id, ${booking.id}, ${invoice.id}, e.account, e.amount
      from jsonb_to_recordset(${JSON.stringify(booking.entries)}::jsonb) as e(id uuid, account text, amount bigint))
    select number from invoice`.execute(tx)
  const [row] = result.rows
  if (!row) throw new Error('the invoice was not written')
  return row.number
}

export interface Filter {
  limit: number
  /** Below this id, newest first. */
  before: string | null
  status?: InvoiceStatus | undefined
  projectId?: string | undefined
  clientId?: string | undefined
  search?: string | undefined
}
export async function invoices(reader: Reader, scope: Scope, filter: Filter): Promise<InvoiceRow[]> {
  const { before, status, projectId, clientId, search } = filter
  const pattern = search && `%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  const result = await sql<InvoiceRow>`select ${shown} from invoices i where true ${within(scope)}
    ${before ? sql`and i.id < ${before}` : sql``}
    ${status ? sql`and i.status = ${status}` : sql``}
    ${projectId ? sql`and i.project_id = ${projectId}` : sql``}
    ${clientId ? sql`and i.client_id = ${clientId}` : sql``}
    ${pattern ? sql`and (i.number ilike ${pattern} or i.project_name ilike ${pattern} or i.client_name ilike ${pattern})` : sql``}
    order by i.id desc limit ${filter.limit}`.execute(reader)
  return result.rows
}

export async function invoice(reader: Reader, scope: Scope, id: string): Promise<InvoiceRow | undefined> {
  const result = await sql<InvoiceRow>`select ${shown} from invoices i where i.id = ${id} ${within(scope)}`.execute(
    reader,
  )
  return result.rows[0]
}
export async function lines(reader: Reader, invoiceId: string): Promise<LineRow[]> {
  const result = await sql<LineRow>`select description, quantity, unit_price, amount from invoice_lines
    where invoice_id = ${invoiceId} order by position`.execute(reader)
  return result.rows
}

/**
 * Locks the invoice until the transaction ends; false when the scope has no such invoice. Everything that changes its money
 * does this first. `no key update`: rows that refer to it, such as new notifications, can still be written by others.
 */
export async function lockInvoice(tx: Tx, scope: Scope, id: string): Promise<boolean> {
  const locked = await sql`select from invoices i where i.id = ${id} ${within(scope)} for no key update`.execute(tx)
  return locked.rows.length > 0
}
/** Locks the invoices of a project, and returns their ids. */
export async function lockInvoicesOf(tx: Tx, scope: Scope, projectId: string): Promise<string[]> {
  const locked = await sql<{
    id: string
  }>`select i.id from invoices i where i.project_id = ${projectId} ${within(scope)}
    order by i.id for no key update`.execute(tx)
  return locked.rows.map(({ id }) => id)
}

/** `paidAt` is kept once it is known. */
export async function setStatus(
  tx: Tx,
  id: string,
  to: { status: InvoiceStatus; paidAt: Date | null },
  now: Date,
): Promise<void> {
  await sql`update invoices set status = ${to.status}, paid_at = coalesce(paid_at, ${to.paidAt}), updated_at = ${now}
    where id = ${id}`.execute(tx)
}
