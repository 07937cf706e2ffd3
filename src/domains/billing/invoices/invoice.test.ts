import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAgency } from '../../../../test/support/agency.ts'
import type { Agency } from '../../../../test/support/agency.ts'
import type { Account } from '../../../platform/contract/call.ts'
import { newId } from '../../../platform/ids.ts'
import { placeOrder } from '../../projects/contract.ts'
import { addProject } from '../../projects/store.ts'
import { invoiceStatus, numberingOf, totalOf } from './invoice.ts'
import type { PaymentFacts } from './invoice.ts'

describe('the number', () => {
  test.each([
    ['2026-11-23T03:00:00Z', 2026, 'INV/2026/XI/'],
    ['2026-12-31T16:59:59.999Z', 2026, 'INV/2026/XII/'],
    ['2026-12-31T17:00:00Z', 2027, 'INV/2027/I/'],
    ['2026-02-28T17:00:00Z', 2026, 'INV/2026/III/'],
  ])('of an invoice issued at %s follows the calendar of Jakarta', (at, year, prefix) => {
    expect(numberingOf(new Date(at))).toEqual({ year, prefix })
  })
})

describe('the status', () => {
  const attempt = (over: Partial<PaymentFacts> = {}): PaymentFacts => ({
    status: 'pending',
    receipts: [],
    refunds: [],
    ...over,
  })
  const paid = (refunded = 0) =>
    attempt({
      status: 'settled',
      receipts: [{ amount: 100 }],
      refunds: refunded ? [{ amount: refunded, status: 'confirmed' }] : [],
    })
  test.each([
    ['unpaid', []],
    ['unpaid', [attempt({ status: 'created' })]],
    ['unpaid', [attempt({ status: 'cancelled' })]],
    ['pending', [attempt({ status: 'expired' }), attempt()]],
    ['expired', [attempt({ status: 'expired' }), attempt({ status: 'created' })]],
    ['failed', [attempt({ status: 'expired' }), attempt({ status: 'denied' })]],
    ['paid', [paid(), attempt()]],
    ['partially_refunded', [paid(99)]],
    ['refunded', [paid(100)]],
    ['paid', [paid(), paid(100)]],
    ['partially_refunded', [paid(50), paid(100)]],
  ] as const)('is %s for %j', (expected, attempts) => {
    expect(invoiceStatus(100, false, attempts)).toBe(expected)
    expect(invoiceStatus(100, true, attempts)).toBe('cancelled')
  })
  test('a refund that is only asked for does not count', () => {
    expect(invoiceStatus(100, false, [{ ...paid(), refunds: [{ amount: 100, status: 'requested' }] }])).toBe('paid')
  })
})

test('the total is the sum of the lines', () => {
  expect(
    totalOf([
      { description: 'a', quantity: 3, unitPrice: 5 },
      { description: 'b', quantity: 1, unitPrice: 7 },
    ]),
  ).toBe(22)
})

describe('numbering in the database', () => {
  let agency: Agency
  let client: Account
  beforeAll(async () => {
    agency = await createAgency()
    client = await agency.person('client')
  })
  afterAll(() => agency.drop())
  const sequences = async (year: number) =>
    (
      await agency.database.pool.query<{ sequence: number }>(
        'select sequence from invoices where year = $1 order by 1',
        [year],
      )
    ).rows.map(({ sequence }) => sequence)

  test('leaves no gap when transactions roll back, however they interleave', async () => {
    const plan = await agency.content.planBySlug('company')
    if (!plan) throw new Error('no plan')
    async function attemptOrder(fails: boolean): Promise<void> {
      const project = { id: newId(), name: 'P' }
      await agency.database.transaction(async (tx) => {
        const invoiceId = newId()
        await addProject(tx, {
          ...project,
          client_id: client.id,
          plan_id: plan!.id,
          plan_slug: plan!.slug,
          plan_name: plan!.name,
          template_id: null,
          status: 'pending_payment',
          brief: null,
          invoice_id: invoiceId,
          support_days: 30,
          created_at: agency.clock.now(),
        })
        const append = (event: Parameters<typeof agency.platform.events.append>[1]) =>
          agency.platform.events.append(tx, event)
        const lines = [{ description: 'x', quantity: 1, unitPrice: 1000 }]
        await agency.billing.issueInvoice(tx, { id: invoiceId, project, client, lines, append })
        if (fails) throw new Error('rolled back after the number was drawn')
      })
    }
    const fails = Array.from({ length: 200 }, (_, n) => n % 3 === 1)
    const results = await Promise.allSettled(fails.map(attemptOrder))
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(fails.filter(Boolean).length)
    expect(await sequences(2026)).toEqual(Array.from({ length: fails.filter((fail) => !fail).length }, (_, n) => n + 1))
  })

  test('starts again with each year', async () => {
    agency.clock.set('2026-12-31T17:00:00Z')
    const { invoice } = await agency.call(client, placeOrder, { plan: 'company', projectName: 'P' })
    expect(invoice.number).toBe('INV/2027/I/0001')
    expect(await sequences(2027)).toEqual([1])
  })

  test('goes on past four digits', async () => {
    await agency.database.pool.query('update invoice_counters set last = 9999 where year = 2027')
    const { invoice } = await agency.call(client, placeOrder, { plan: 'company', projectName: 'P' })
    expect(invoice.number).toBe('INV/2027/I/10000')
  })
})
