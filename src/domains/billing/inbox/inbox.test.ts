import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createAgency, refusal } from '../../../../test/support/agency.ts'
import type { Agency } from '../../../../test/support/agency.ts'
import type { Account } from '../../../platform/contract/call.ts'
import { placeOrder } from '../../projects/contract.ts'
import { getInvoice, listFlags, receiveNotification, startPayment } from '../contract.ts'

let agency: Agency
let client: Account
let admin: Account
beforeAll(async () => {
  agency = await createAgency()
  client = await agency.person('client')
  admin = await agency.person('admin')
})
beforeEach(() => agency.provider.setTrouble(null))
afterAll(() => agency.drop())

async function pending() {
  const { invoice } = await agency.call(client, placeOrder, { plan: 'company', projectName: 'Toko' })
  return { invoice, ...(await agency.call(client, startPayment, { id: invoice.id, method: 'qris' })) }
}
const send = (body: Record<string, unknown>) => agency.call(null, receiveNotification, body as never)
const statusOf = async (id: string) => (await agency.call(client, getInvoice, { id })).status
const flagsOf = async (invoiceId: string) =>
  (await agency.call(admin, listFlags, { limit: 100 })).data
    .filter((flag) => flag.invoiceId === invoiceId)
    .map(({ kind }) => kind)
const stored = async (orderId: string) =>
  (
    await agency.database.pool.query(
      `select status, tries, last_error from payment_notifications where order_id = $1 order by id`,
      [orderId],
    )
  ).rows

describe('a notification', () => {
  test('that comes fifty times at once is stored once and booked once', async () => {
    const { invoice, orderId } = await pending()
    const body = agency.provider.notification(agency.provider.world.pay(orderId))
    await Promise.all(Array.from({ length: 50 }, async () => (await send(body), agency.processInbox())))
    expect(await stored(orderId)).toMatchObject([{ status: 'processed' }])
    expect(await agency.ledger(invoice.id)).toEqual({
      accounts_receivable: 0,
      revenue: -2_000_000,
      gateway_clearing: 2_000_000,
    })
  })

  test('with a wrong signature or an unknown order is refused and not stored', async () => {
    const { orderId } = await pending()
    const body = agency.provider.notification(agency.provider.own(orderId))
    expect(await refusal(send({ ...body, signature_key: 'wrong' }))).toBe('bad_signature')
    expect(await refusal(send({ ...body, order_id: 'nobody-knows', key: 'other' }))).toBe('unknown_order')
    expect(await stored(orderId)).toEqual([])
  })

  test('that says paid where the provider says pending changes nothing', async () => {
    const { invoice, orderId } = await pending()
    await send(agency.provider.notification(agency.provider.own(orderId), { transaction_status: 'settlement' }))
    await agency.processInbox()
    expect(await statusOf(invoice.id)).toBe('pending')
    agency.provider.world.pay(orderId)
    await agency.reconcile(31_000)
    expect(await statusOf(invoice.id)).toBe('paid')
  })

  test('with another amount is flagged; what the provider says when asked still counts', async () => {
    const { invoice, orderId } = await pending()
    const payment = agency.provider.world.pay(orderId)
    await send(agency.provider.notification(payment, { gross_amount: '1.00' }))
    await agency.processInbox()
    expect(await flagsOf(invoice.id)).toEqual(['amount_mismatch'])
    expect(await statusOf(invoice.id)).toBe('paid')
  })

  test('of an amount that the provider confirms to be wrong is flagged and not booked', async () => {
    const { invoice, orderId } = await pending()
    const payment = agency.provider.world.pay(orderId)
    payment.amount = 1_999_999
    await send(agency.provider.notification(payment))
    await agency.processInbox()
    expect(await statusOf(invoice.id)).toBe('failed')
    expect(await agency.ledger(invoice.id)).toEqual({ accounts_receivable: 2_000_000, revenue: -2_000_000 })
    expect(await flagsOf(invoice.id)).toContain('amount_mismatch')
  })

  test('of a second payment of the same code is booked as an overpayment', async () => {
    const { invoice, orderId } = await pending()
    const [first, second] = [
      structuredClone(agency.provider.world.pay(orderId)),
      structuredClone(agency.provider.world.pay(orderId)),
    ]
    await send(agency.provider.notification(second))
    await agency.processInbox()
    await send(agency.provider.notification(first))
    await agency.processInbox()
    expect(await agency.call(client, getInvoice, { id: invoice.id })).toMatchObject({
      status: 'paid',
      balance: -2_000_000,
    })
    expect(await flagsOf(invoice.id)).toEqual(['overpaid'])
  })

  test('that cannot be checked is tried again, later each time, and parked for a person in the end', async () => {
    const { invoice, orderId } = await pending()
    agency.provider.world.pay(orderId)
    agency.provider.setTrouble(() => {
      throw agency.provider.unavailable()
    })
    await send(agency.provider.notification(agency.provider.own(orderId)))
    await agency.processInbox()
    expect(await stored(orderId)).toMatchObject([
      { status: 'received', tries: 1, last_error: 'Problem: The provider is down.' },
    ])
    await agency.clock.advance(1_900)
    await agency.processInbox()
    expect(await stored(orderId)).toMatchObject([{ tries: 1 }])
    for (let hour = 0; hour < 24; hour++) {
      await agency.clock.advance(3_600_000)
      await agency.processInbox()
    }
    expect(await stored(orderId)).toMatchObject([{ status: 'parked', tries: 20 }])
    expect(await flagsOf(invoice.id)).toEqual(['charge_unknown'])

    agency.provider.setTrouble(null)
    await send(agency.provider.notification(agency.provider.own(orderId)))
    await agency.processInbox()
    expect(await statusOf(invoice.id)).toBe('paid')
  })

  test('whose worker died is taken over by the next', async () => {
    const { invoice, orderId } = await pending()
    await send(agency.provider.notification(agency.provider.world.pay(orderId)))
    // As after a kill: claimed, with the lease running, and nobody at work.
    await agency.database.pool.query(`update payment_notifications set tries = 1, due_at = $2 where order_id = $1`, [
      orderId,
      new Date(agency.clock.now().getTime() + 60_000),
    ])
    await agency.processInbox()
    expect(await statusOf(invoice.id)).toBe('pending')
    await agency.clock.advance(60_000)
    await agency.processInbox()
    expect(await statusOf(invoice.id)).toBe('paid')
  })

  test('is answered with 503 and no detail when our database fails', async () => {
    const { orderId } = await pending()
    const body = agency.provider.notification(agency.provider.world.pay(orderId))
    await agency.database.pool.query(`alter table payment_notifications rename to gone`)
    try {
      expect(await refusal(send(body))).toBe('unavailable')
    } finally {
      await agency.database.pool.query(`alter table gone rename to payment_notifications`)
    }
  })
})

test('the worker processes what comes in at once, woken and not polling', async () => {
  for (const worker of agency.billing.workers ?? []) worker.start()
  try {
    const { invoice, orderId } = await pending()
    await send(agency.provider.notification(agency.provider.world.pay(orderId)))
    // Time stands still here: only the wake-up can bring the worker to it.
    await expect.poll(() => statusOf(invoice.id), { timeout: 5_000, interval: 10 }).toBe('paid')
  } finally {
    await Promise.all((agency.billing.workers ?? []).map((worker) => worker.stop()))
  }
})
