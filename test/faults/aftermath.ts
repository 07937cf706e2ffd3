// The day after: the same application on the same database and port, its clock a day ahead, so that leases have run out,
// codes have expired, the provider repeats its notifications and the reconciliation asks about every attempt. Then the books
// are compared, ours with the provider's and with what customers were told.
import { sql } from 'kysely'
import { expect, vi } from 'vitest'
import { buildApp } from '../../src/app.ts'
import type { App } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import type { Clock } from '../../src/platform/clock.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { quiet } from '../support/database.ts'
import type { Acknowledged } from './customers.ts'

const DAY = 86_400_000
const tomorrow: Clock = { now: () => new Date(Date.now() + DAY), wait: systemClock.wait }

/** Whatever must have come to rest: what is counted here is still under way. */
const UNFINISHED = {
  'codes at the provider': sql`select count(*)::int as n from sandbox_transactions where status = 'pending' or settles_at is not null`,
  'notifications to deliver': sql`select count(*)::int as n from sandbox_notifications where due_at is not null`,
  'notifications to process': sql`select count(*)::int as n from payment_notifications where status <> 'processed'`,
  'attempts to pay': sql`select count(*)::int as n from payment_attempts where status in ('created', 'pending')`,
  'attempts to reconcile': sql`select count(*)::int as n from payment_attempts where next_check_at < now() + interval '1 day'`,
}

/** Rows that must not be there, by what they would mean. */
const FORBIDDEN = {
  'real payments that are not booked exactly once': sql`
    select s.transaction_id, count(l.id)::int as bookings from sandbox_transactions s
    left join payment_attempts a on a.order_id = s.order_id
    left join payment_receipts r on r.attempt_id = a.id and r.transaction_id = s.transaction_id::text and r.amount = s.amount
    left join ledger_transactions l on l.reference = 'payment:' || a.id || ':' || r.transaction_id and l.kind = 'payment_received'
    where s.status = 'settlement' group by 1 having count(l.id) <> 1`,
  'bookings of payments that never were': sql`
    select l.reference from ledger_transactions l where l.kind = 'payment_received' and not exists (
      select from sandbox_transactions s where s.status = 'settlement' and l.reference like '%:' || s.transaction_id)`,
  'bookings out of balance': sql`
    select transaction_id, sum(amount) from ledger_entries group by 1 having sum(amount) <> 0`,
  'invoices that owe something else than the ledger says': sql`
    select i.number, i.status, i.total, b.balance, r.received from invoices i
    join lateral (select coalesce(sum(amount), 0) as balance from ledger_entries where invoice_id = i.id and account = 'accounts_receivable') b on true
    join lateral (select coalesce(sum(r.amount), 0) as received from payment_receipts r join payment_attempts a on a.id = r.attempt_id where a.invoice_id = i.id) r on true
    where b.balance <> i.total - r.received or (i.status = 'paid') <> (r.received >= i.total)`,
  'projects that do not fit their invoice': sql`
    select p.id, p.status, i.status as invoice from projects p left join invoices i on i.id = p.invoice_id
    where p.status <> case i.status when 'paid' then 'in_progress' else 'pending_payment' end or i.id is null`,
  'timelines that tell it otherwise': sql`
    select p.id, string_agg(t.kind, ' ' order by t.position) as story from projects p join project_timeline t on t.project_id = p.id
    group by p.id, p.status having string_agg(t.kind, ' ' order by t.position) <> case p.status when 'in_progress' then 'ordered paid' else 'ordered' end`,
  'gaps in the numbers of invoices': sql`
    select year, count(*), max(sequence) from invoices group by year having count(*) <> max(sequence)`,
  'events that are missing or there twice': sql`
    with expected as (
      select 'project.ordered' as type, 'project:' || id as subject from projects
      union all select 'invoice.issued', 'invoice:' || id from invoices
      union all select 'invoice.paid', 'invoice:' || id from invoices where status = 'paid'
      union all select 'project.started', 'project:' || id from projects where status = 'in_progress'
      union all select 'payment.settled', 'invoice:' || invoice_id from payment_attempts where status = 'settled'
      union all select 'payment.flagged', 'invoice:' || invoice_id from payment_flags)
    select type, subject, e.n as expected, l.n as logged
    from (select type, subject, count(*)::int as n from expected group by 1, 2) e
    full join (select type, subject, count(*)::int as n from events
      where type in ('project.ordered', 'invoice.issued', 'invoice.paid', 'project.started', 'payment.settled', 'payment.flagged') group by 1, 2) l
    using (type, subject) where e.n is distinct from l.n`,
  'events with the id of another': sql`select id from events group by id having count(*) > 1`,
  'mails that are missing or there twice': sql`
    with expected as (
      select u.email, 'order' as kind from invoices i join users u on u.id = i.client_id
      union all select u.email, 'paid' from invoices i join users u on u.id = i.client_id where i.status = 'paid'
      union all select email, 'verify_email' from users where role = 'client')
    select kind, email, e.n as expected, m.n as written
    from (select kind, email, count(*)::int as n from expected group by 1, 2) e
    full join (select kind, to_address as email, count(*)::int as n from mails group by 1, 2) m using (kind, email)
    where e.n is distinct from m.n`,
  'events that a reader gave up on': sql`select reader, position, error from parked_events`,
}

export interface World {
  databaseUrl: string
  dataDir: string
  port: number
}

/** Runs the application a day later until everything has come to rest, and expects the books to be right. */
export async function expectRightBooks(
  { databaseUrl, dataDir, port }: World,
  acknowledged: Acknowledged[],
): Promise<void> {
  const config = readConfig({
    DATA_DIR: dataDir,
    PORT: String(port),
    DRAIN_SECONDS: '2',
    RATE_LIMIT_PER_MINUTE: '10000000',
  })
  const app = await buildApp({ config, databaseUrl, clock: tomorrow, random: Math.random, log: quiet, pages: null })
  try {
    await app.listen()
    await vi.waitFor(async () => expect(await unfinished(app)).toEqual([]), { timeout: 60_000, interval: 50 })
    await app.platform.events.caughtUp()
    const wrong: Record<string, unknown[]> = {}
    for (const [what, query] of Object.entries(FORBIDDEN)) {
      const { rows } = await query.execute(app.platform.database.db)
      if (rows.length > 0) wrong[what] = rows.slice(0, 5)
    }
    expect(wrong).toEqual({})
    expect(await lost(app, acknowledged)).toEqual([])
  } finally {
    await app.stop()
  }
}

async function unfinished({ platform }: App): Promise<string[]> {
  const left: string[] = []
  for (const [what, query] of Object.entries(UNFINISHED)) {
    const { rows } = await query.execute(platform.database.db)
    const [row] = rows as { n: number }[]
    if (row && row.n > 0) left.push(`${row.n} ${what}`)
  }
  return left
}

/** What customers were told and is not so. */
async function lost({ platform }: App, acknowledged: Acknowledged[]): Promise<string[]> {
  const { rows } = await sql<{ id: string; name: string; invoice_id: string; invoice: string; codes: string[] }>`
    select p.id, p.name, p.invoice_id, i.status as invoice,
      coalesce((select json_agg(a.order_id) from payment_attempts a where a.invoice_id = i.id), '[]') as codes
    from projects p join invoices i on i.id = p.invoice_id`.execute(platform.database.db)
  const named = Map.groupBy(rows, ({ name }) => name)
  const complaints: string[] = []
  for (const { projectId, invoiceId, projectName, code, paid } of acknowledged) {
    const found = named.get(projectName) ?? []
    const [project] = found
    if (found.length !== 1 || !project)
      complaints.push(`${projectName} was ordered once and is there ${found.length} times`)
    else if (project.id !== projectId || project.invoice_id !== invoiceId)
      complaints.push(`${projectName} is another project`)
    else if (code && !project.codes.includes(code.orderId))
      complaints.push(`the code ${code.orderId} of ${projectName} is unknown`)
    else if (paid !== (project.invoice === 'paid'))
      complaints.push(`${projectName} (${code?.scenario}) is ${project.invoice}`)
  }
  if (rows.length !== acknowledged.length)
    complaints.push(`${rows.length} projects, ${acknowledged.length} acknowledged orders`)
  return complaints
}
