import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createAgency, refusal } from '../../../../test/support/agency.ts'
import type { Agency } from '../../../../test/support/agency.ts'
import type { Account } from '../../../platform/contract/call.ts'
import { cancelProject, placeOrder } from '../../projects/contract.ts'
import {
  checkPayment,
  getInvoice,
  listFlags,
  receiveNotification,
  refundPayment,
  startPayment,
  summarizeBilling,
} from '../contract.ts'

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

async function paid(times = 1) {
  const { invoice, project } = await agency.call(client, placeOrder, { plan: 'company', projectName: 'Toko' })
  const payment = await agency.call(client, startPayment, { id: invoice.id, method: 'qris' })
  for (let time = 0; time < times; time++) await notify(agency.provider.world.pay(payment.orderId))
  return { invoice, project, payment }
}
async function notify(transaction: Parameters<Agency['provider']['notification']>[0]) {
  await agency.call(null, receiveNotification, agency.provider.notification(transaction))
  await agency.processInbox()
}
const refund = (id: string, amount: number, key?: string) =>
  agency.call(admin, refundPayment, { id, amount, reason: 'goodwill' }, key)
const invoiceOf = (id: string) => agency.call(admin, getInvoice, { id })
const flagsOf = async (invoiceId: string) =>
  (await agency.call(admin, listFlags, { limit: 100 })).data
    .filter((flag) => flag.invoiceId === invoiceId)
    .map(({ kind }) => kind)
const failAt = (when: 'before' | 'after') =>
  agency.provider.setTrouble((call, _orderId, moment) => {
    if (call === 'refund' && moment === when) throw agency.provider.unavailable()
  })

test('a refund is booked on the second of its two notifications', async () => {
  const { invoice, payment } = await paid()
  expect(await refund(payment.id, 500_000)).toMatchObject({
    status: 'requested',
    amount: 500_000,
    paymentId: payment.id,
  })
  await notify(agency.provider.own(payment.orderId))
  expect(await invoiceOf(invoice.id)).toMatchObject({ status: 'paid', refunds: [{ status: 'requested' }] })

  agency.provider.world.confirmRefunds(payment.orderId)
  await notify(agency.provider.own(payment.orderId))
  expect(await invoiceOf(invoice.id)).toMatchObject({
    status: 'partially_refunded',
    balance: 0,
    refunds: [{ status: 'confirmed' }],
    payments: [{ status: 'partially_refunded', refunded: 500_000 }],
  })
  await notify(agency.provider.own(payment.orderId))
  expect(await agency.ledger(invoice.id)).toEqual({
    accounts_receivable: 0,
    revenue: -2_000_000,
    gateway_clearing: 1_500_000,
    refunds: 500_000,
  })

  await refund(payment.id, 1_500_000)
  agency.provider.world.confirmRefunds(payment.orderId)
  await notify(agency.provider.own(payment.orderId))
  expect(await invoiceOf(invoice.id)).toMatchObject({ status: 'refunded', payments: [{ status: 'refunded' }] })
  expect(
    (await agency.eventsOf(`invoice:${invoice.id}`)).filter(({ type }) => type === 'payment.refunded'),
  ).toHaveLength(2)
  expect((await agency.call(admin, summarizeBilling, {})).refunded.thisMonth).toBe(2_000_000)
})

test('more than was paid is refused, counting what was asked for already', async () => {
  const { payment } = await paid()
  await refund(payment.id, 1_500_000)
  expect(await refusal(refund(payment.id, 500_001))).toBe('refund_refused')
  await refund(payment.id, 500_000)
  expect(await refusal(refund(payment.id, 1))).toBe('refund_refused')
})

test('twenty refunds at once never give back more than was paid', async () => {
  const { invoice, payment } = await paid()
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => refund(payment.id, 900_000)))
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
  agency.provider.world.confirmRefunds(payment.orderId)
  await agency.call(client, checkPayment, { id: payment.id })
  expect((await agency.ledger(invoice.id)).gateway_clearing).toBe(200_000)
})

test.each(['before', 'after'] as const)(
  'a request that failed %s it reached the provider goes on with the same refund',
  async (when) => {
    const { payment } = await paid()
    failAt(when)
    expect(await refusal(refund(payment.id, 700_000, `key-${when}`))).toBe('provider_unavailable')
    agency.provider.setTrouble(null)
    await refund(payment.id, 700_000, `key-${when}`)
    expect(agency.provider.own(payment.orderId).refunds).toMatchObject([{ amount: 700_000 }])
  },
)

test('a refund the provider never got is asked for again by the reconciliation', async () => {
  const { invoice, payment } = await paid()
  failAt('before')
  await refusal(refund(payment.id, 700_000))
  agency.provider.setTrouble(null)
  await agency.reconcile(2 * 60_000 + 1)
  expect(agency.provider.own(payment.orderId).refunds).toMatchObject([{ amount: 700_000 }])
  agency.provider.world.confirmRefunds(payment.orderId)
  await agency.reconcile(60 * 60_000)
  expect((await invoiceOf(invoice.id)).status).toBe('partially_refunded')
})

test('a refund that stays unconfirmed for a day is flagged', async () => {
  const { invoice, payment } = await paid()
  await refund(payment.id, 700_000)
  await agency.reconcile(25 * 60 * 60_000)
  expect(await flagsOf(invoice.id)).toEqual(['refund_unconfirmed'])
})

test('giving an overpayment back leaves the invoice paid, and takes it from the second payment', async () => {
  const { invoice, payment } = await paid(2)
  expect((await invoiceOf(invoice.id)).balance).toBe(-2_000_000)
  await refund(payment.id, 2_000_000)
  agency.provider.world.confirmRefunds(payment.orderId)
  await agency.call(client, checkPayment, { id: payment.id })
  expect(await invoiceOf(invoice.id)).toMatchObject({ status: 'paid', balance: 0, payments: [{ status: 'settled' }] })
  expect(agency.provider.own(payment.orderId).refunds).toEqual([])
  expect(await agency.ledger(invoice.id)).toEqual({
    accounts_receivable: 0,
    revenue: -2_000_000,
    gateway_clearing: 2_000_000,
  })
})

test('money for a cancelled invoice can be given back; the books come out even', async () => {
  const { invoice, project } = await agency.call(client, placeOrder, { plan: 'company', projectName: 'Toko' })
  const payment = await agency.call(client, startPayment, { id: invoice.id, method: 'qris' })
  await agency.call(client, cancelProject, { id: project.id })
  await notify(agency.provider.world.pay(payment.orderId))
  expect(await flagsOf(invoice.id)).toEqual(['paid_after_cancellation'])
  await refund(payment.id, 2_000_000)
  agency.provider.world.confirmRefunds(payment.orderId)
  await agency.call(client, checkPayment, { id: payment.id })
  expect(await agency.ledger(invoice.id)).toEqual({ accounts_receivable: 0, revenue: 0, gateway_clearing: 0 })
  expect((await invoiceOf(invoice.id)).status).toBe('cancelled')
})

test('a chargeback is flagged', async () => {
  const { invoice, payment } = await paid()
  agency.provider.world.chargeBack(payment.orderId)
  await notify(agency.provider.own(payment.orderId))
  expect(await flagsOf(invoice.id)).toEqual(['chargeback'])
})
