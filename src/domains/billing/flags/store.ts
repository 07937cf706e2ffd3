// Matters of money that a person has to look at, in the database.
import { sql } from 'kysely'
import type { Reader, Tx } from '../../../platform/database.ts'
import type { FlagKind } from '../contract.ts'

export interface FlagRow {
  id: string
  kind: FlagKind
  invoice_id: string
  invoice_number: string
  attempt_id: string | null
  detail: string
  amount: number | null
  created_at: Date
  resolved_at: Date | null
}
const shown = sql`f.id, f.kind, f.invoice_id, i.number as invoice_number, f.attempt_id, f.detail, f.amount, f.created_at, f.resolved_at`

/** Undefined when the matter is flagged already. */
export async function addFlag(
  tx: Tx,
  row: Omit<FlagRow, 'invoice_number' | 'resolved_at'> & { reference: string },
): Promise<FlagRow | undefined> {
  const result = await sql<FlagRow>`with added as (
      insert into payment_flags (id, kind, reference, invoice_id, attempt_id, detail, amount, created_at)
      values (${row.id}, ${row.kind}, ${row.reference}, ${row.invoice_id}, ${row.attempt_id}, ${row.detail}, ${row.amount}, ${row.created_at})
      on conflict (kind, reference) do nothing returning *)
    select ${shown} from added f join invoices i on i.id = f.invoice_id`.execute(tx)
  return result.rows[0]
}

/** Newest first. */
export async function flags(
  reader: Reader,
  filter: { limit: number; before: string | null; resolved?: boolean | undefined },
): Promise<FlagRow[]> {
  const { before, resolved, limit } = filter
  const result =
    await sql<FlagRow>`select ${shown} from payment_flags f join invoices i on i.id = f.invoice_id where true
    ${before ? sql`and f.id < ${before}` : sql``}
    ${resolved === undefined ? sql`` : resolved ? sql`and f.resolved_at is not null` : sql`and f.resolved_at is null`}
    order by f.id desc limit ${limit}`.execute(reader)
  return result.rows
}

/** Resolving again keeps the first note. Undefined when there is no such flag. */
export async function resolveFlag(
  tx: Tx,
  id: string,
  by: { userId: string; note: string; at: Date },
): Promise<FlagRow | undefined> {
  await sql`update payment_flags set resolved_at = ${by.at}, resolved_by = ${by.userId}, note = ${by.note}
    where id = ${id} and resolved_at is null`.execute(tx)
  const result =
    await sql<FlagRow>`select ${shown} from payment_flags f join invoices i on i.id = f.invoice_id where f.id = ${id}`.execute(
      tx,
    )
  return result.rows[0]
}
