import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, quiet } from '../../../test/support/database.ts'
import type { TestDatabase } from '../../../test/support/database.ts'
import { readConfig } from '../../config.ts'
import { makeYear } from './year.ts'

const END = new Date('2026-03-11T08:30:00Z')
const PASSWORD = 'soto-ayam-lamongan-enak'

let database: TestDatabase
let dataDir: string
const shares: number[] = []
beforeAll(async () => {
  database = await createTestDatabase()
  dataDir = await mkdtemp(join(tmpdir(), 'jasaweb-year-'))
  const config = {
    ...readConfig({ DATA_DIR: dataDir, OWNER_EMAIL: 'pemilik@studio.example', OWNER_PASSWORD: PASSWORD }),
    OWNER_EMAIL: 'pemilik@studio.example',
    OWNER_PASSWORD: PASSWORD,
  }
  await makeYear({
    config,
    databaseUrl: database.url,
    end: END,
    seed: 20_260_311,
    password: PASSWORD,
    log: quiet,
    progress: (share) => shares.push(share),
  })
}, 300_000)
afterAll(async () => {
  await database.drop()
  await rm(dataDir, { recursive: true, force: true })
})

async function rows<T>(query: string): Promise<T[]> {
  return (await sql<T>`${sql.raw(query)}`.execute(database.database.db)).rows
}
const counts = async (query: string) =>
  Object.fromEntries((await rows<{ key: string; n: number }>(query)).map(({ key, n }) => [key, n]))

it('has as many clients and projects as an agency of its size, in every state', async () => {
  expect(shares.at(-1)).toBe(1)
  const [counted] = await rows<{ clients: number }>(`select count(*)::int as clients from users where role = 'client'`)
  expect(counted).toEqual({ clients: 40 })
  const projects = await counts(`select status as key, count(*)::int as n from projects group by 1`)
  expect(Object.values(projects).reduce((sum, n) => sum + n, 0)).toBe(75)
  for (const status of ['pending_payment', 'in_progress', 'review', 'completed', 'cancelled'])
    expect([status, projects[status]]).toEqual([status, expect.any(Number)])
  const invoices = await counts(`select status as key, count(*)::int as n from invoices group by 1`)
  expect(Object.keys(invoices).toSorted()).toEqual([
    'cancelled',
    'expired',
    'failed',
    'paid',
    'partially_refunded',
    'pending',
    'refunded',
    'unpaid',
  ])
  const attempts = await counts(`select status as key, count(*)::int as n from payment_attempts group by 1`)
  expect(Object.keys(attempts).toSorted()).toEqual([
    'denied',
    'expired',
    'partially_refunded',
    'pending',
    'refunded',
    'settled',
  ])
  const locales = await counts(`select locale as key, count(*)::int as n from users group by 1`)
  expect(locales).toEqual({ id: expect.any(Number), en: expect.any(Number) })
})

it('leaves open what a person has to look at, and has settled what is long past', async () => {
  const open = await counts(
    `select kind as key, count(*)::int as n from payment_flags where resolved_at is null group by 1`,
  )
  expect(open).toEqual({ late_payment: 1, overpaid: 1, amount_mismatch: 1 })
  expect(await rows(`select id from payment_flags where resolved_at is not null`)).not.toEqual([])
  expect(
    await rows(`select id from payment_attempts where status = 'pending' and expires_at > '${END.toISOString()}'`),
  ).toHaveLength(1)
})

it('has books that balance, numbers without gaps, and one booking for each real payment', async () => {
  expect(await rows(`select transaction_id from ledger_entries group by 1 having sum(amount) <> 0`)).toEqual([])
  expect(await rows(`select sum(amount)::int as sum from ledger_entries`)).toEqual([{ sum: 0 }])
  expect(
    await rows(
      `select year from invoices group by year having count(*) <> max(sequence) or count(distinct sequence) <> count(*)`,
    ),
  ).toEqual([])
  expect(await rows(`select distinct year from invoices order by year`)).toEqual([{ year: 2025 }, { year: 2026 }])
  // Numbers grow in the order of time.
  expect(
    await rows(
      `select a.number from invoices a join invoices b on a.year = b.year and a.sequence < b.sequence and a.issued_at > b.issued_at`,
    ),
  ).toEqual([])
  const unbooked = await rows(`select s.transaction_id from sandbox_transactions s
    left join ledger_transactions l on l.kind = 'payment_received' and l.reference like '%:' || s.transaction_id
    where s.status in ('settlement', 'partial_refund', 'refund') group by 1 having count(l.id) <> 1`)
  expect(unbooked).toEqual([])
})

it('tells of everything in the log in order, within the year, and every reader has heard of it', async () => {
  const [{ first, last, n } = { first: '', last: '', n: 0 }] = await rows<{ first: string; last: string; n: number }>(
    `select min(occurred_at)::text as first, max(occurred_at)::text as last, count(*)::int as n from events`,
  )
  expect(n).toBeGreaterThan(500)
  expect(new Date(last).getTime() - new Date(first).getTime()).toBeGreaterThan(350 * 86_400_000)
  expect(new Date(last).getTime()).toBeLessThan(END.getTime() + 60_000)
  expect(
    await rows(
      `select e.position from (select position, occurred_at, lag(occurred_at) over (order by position) as before from events) e where occurred_at < before - interval '1 second'`,
    ),
  ).toEqual([])
  expect(await rows(`select reader from parked_events`)).toEqual([])
  const kinds = await counts(`select kind as key, count(*)::int as n from mails group by 1`)
  expect(Object.keys(kinds)).toEqual(
    expect.arrayContaining([
      'verify_email',
      'order',
      'paid',
      'refunded',
      'project_submitted',
      'project_revision',
      'project_completed',
      'project_cancelled',
      'project_started',
    ]),
  )
})

it('has the agency at work in working hours of Jakarta only', async () => {
  const late = await rows(`select kind, at from project_timeline
    where by = 'agency' and at < '${END.toISOString()}'::timestamptz - interval '1 day'
      and (extract(isodow from at at time zone 'Asia/Jakarta') > 5 or extract(hour from at at time zone 'Asia/Jakarta') not between 9 and 18)`)
  expect(late).toEqual([])
  const stories = await rows<{ story: string }>(
    `select distinct string_agg(kind, ' ' order by position) as story from project_timeline group by project_id`,
  )
  expect(stories.length).toBeGreaterThan(10)
})
