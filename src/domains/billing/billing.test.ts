import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAgency, refusal } from '../../../test/support/agency.ts'
import type { Agency } from '../../../test/support/agency.ts'
import type { Account } from '../../platform/contract/call.ts'
import { placeOrder, getProject } from '../projects/contract.ts'
import {
  cancelPayment,
  checkPayment,
  getInvoice,
  getPayment,
  listFlags,
  listInvoices,
  listLedger,
  receiveNotification,
  refundPayment,
  resolveFlag,
  startPayment,
  summarizeBilling,
} from './contract.ts'

let agency: Agency
let client: Account
let stranger: Account
let admin: Account
beforeAll(async () => {
  agency = await createAgency()
  client = await agency.person('client', 'Budi')
  stranger = await agency.person('client', 'Sari')
  admin = await agency.person('admin', 'Owner')
})
afterAll(() => agency.drop())

const order = async (plan = 'company') => agency.call(client, placeOrder, { plan, projectName: 'Toko Budi' })
const pay = async (invoiceId: string) => agency.call(client, startPayment, { id: invoiceId, method: 'qris' })
const notify = (body: Record<string, unknown>) => agency.call(null, receiveNotification, body as never)
/** The wallet pays, the provider tells us, we work on it. */
async function settle(orderId: string) {
  const payment = agency.provider.world.pay(orderId)
  await notify(agency.provider.notification(payment))
  await agency.processInbox()
  return payment
}

describe('an order', () => {
  test('issues a numbered invoice with its line, its booking and its event', async () => {
    const { invoice, project } = await order()
    expect(invoice).toMatchObject({ total: 2_000_000, status: 'unpaid' })
    expect(invoice.number).toMatch(/^INV\/2026\/XI\/\d{4}$/)
    const detail = await agency.call(client, getInvoice, { id: invoice.id })
    expect(detail).toMatchObject({
      projectId: project.id,
      client: { id: client.id, name: 'Budi' },
      balance: 2_000_000,
      payments: [],
      refunds: [],
      lines: [{ description: 'Company Profile: Toko Budi', quantity: 1, unitPrice: 2_000_000, amount: 2_000_000 }],
    })
    expect(await agency.ledger(invoice.id)).toEqual({ accounts_receivable: 2_000_000, revenue: -2_000_000 })
    expect((await agency.eventsOf(`invoice:${invoice.id}`)).map(({ type, actor }) => [type, actor])).toEqual([
      ['invoice.issued', client.id],
    ])
  })
})

describe('a payment', () => {
  test('is settled by a notification: invoice paid, project in progress, booked once', async () => {
    const { invoice, project } = await order()
    const payment = await pay(invoice.id)
    expect(payment).toMatchObject({ status: 'pending', amount: 2_000_000, qrString: `QR-${payment.orderId}` })
    expect((await agency.call(client, getInvoice, { id: invoice.id })).status).toBe('pending')

    await settle(payment.orderId)
    const paid = await agency.call(client, getInvoice, { id: invoice.id })
    expect(paid).toMatchObject({ status: 'paid', balance: 0, payments: [{ status: 'settled' }] })
    expect(paid.paidAt).not.toBeNull()
    const started = await agency.call(client, getProject, { id: project.id })
    expect(started.status).toBe('in_progress')
    expect(started.timeline.map(({ kind, by }) => [kind, by])).toEqual([
      ['ordered', 'client'],
      ['paid', 'system'],
    ])
    expect(await agency.ledger(invoice.id)).toEqual({
      accounts_receivable: 0,
      revenue: -2_000_000,
      gateway_clearing: 2_000_000,
    })
    const told = (await agency.eventsOf(`invoice:${invoice.id}`)).map(({ type }) => type)
    expect(told).toEqual(['invoice.issued', 'payment.started', 'payment.settled', 'invoice.paid'])
    expect(await refusal(pay(invoice.id))).toBe('invoice_not_payable')
  })

  test('hands the same code out again instead of making a second', async () => {
    const { invoice } = await order()
    const first = await pay(invoice.id)
    expect(await pay(invoice.id)).toEqual(first)
  })
})

test('another client sees and moves nothing: 404', async () => {
  const { invoice } = await order()
  const payment = await pay(invoice.id)
  expect(await refusal(agency.call(stranger, getInvoice, { id: invoice.id }))).toBe('not_found')
  expect(await refusal(agency.call(stranger, startPayment, { id: invoice.id, method: 'qris' }))).toBe('not_found')
  expect(await refusal(agency.call(stranger, getPayment, { id: payment.id }))).toBe('not_found')
  expect(await refusal(agency.call(stranger, checkPayment, { id: payment.id }))).toBe('not_found')
  expect(await refusal(agency.call(stranger, cancelPayment, { id: payment.id }))).toBe('not_found')
  expect((await agency.call(stranger, listInvoices, {})).data).toEqual([])
  expect(await refusal(agency.call(client, refundPayment, { id: payment.id, amount: 1, reason: 'because' }))).toBe(
    'forbidden',
  )
})

test('the console reads ledger, flags and summary', async () => {
  const { invoice } = await order()
  const payment = await pay(invoice.id)
  await settle(payment.orderId)
  await settle(payment.orderId)
  const { data } = await agency.call(admin, listLedger, { id: invoice.id })
  expect(data.reduce((sum, { debit, credit }) => sum + debit - credit, 0)).toBe(0)
  const [flag] = (await agency.call(admin, listFlags, { resolved: 'false' })).data
  expect(flag).toMatchObject({ kind: 'overpaid', invoiceId: invoice.id, amount: 2_000_000, resolvedAt: null })
  const resolved = await agency.call(admin, resolveFlag, { id: flag?.id ?? '', note: 'given back by hand' })
  expect(resolved.resolvedAt).not.toBeNull()
  const summary = await agency.call(admin, summarizeBilling, {})
  expect(summary.days).toHaveLength(30)
  expect(summary.days.at(-1)).toEqual({ date: '2026-11-23', received: summary.received.thisMonth })
})
