import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createAgency, refusal } from '../../../../test/support/agency.ts'
import type { Agency } from '../../../../test/support/agency.ts'
import type { Account } from '../../../platform/contract/call.ts'
import { cancelProject, getProject, placeOrder } from '../../projects/contract.ts'
import {
  cancelPayment,
  checkPayment,
  getInvoice,
  getPayment,
  listFlags,
  receiveNotification,
  startPayment,
} from '../contract.ts'

let agency: Agency
let client: Account
let admin: Account
beforeAll(async () => {
  agency = await createAgency()
  client = await agency.person('client')
  admin = await agency.person('admin')
})
beforeEach(() => {
  agency.provider.setTrouble(null)
  agency.provider.asked.length = 0
})
afterAll(() => agency.drop())

const MINUTE = 60_000
const order = () => agency.call(client, placeOrder, { plan: 'company', projectName: 'Toko' })
const start = (invoiceId: string, key?: string) =>
  agency.call(client, startPayment, { id: invoiceId, method: 'qris' }, key)
const invoiceOf = (id: string) => agency.call(client, getInvoice, { id })
const attemptsOf = async (invoiceId: string) => (await invoiceOf(invoiceId)).payments
const flagsOf = async (invoiceId: string) =>
  (await agency.call(admin, listFlags, { limit: 100 })).data
    .filter((flag) => flag.invoiceId === invoiceId)
    .map(({ kind }) => kind)
const calls = (name: string) => agency.provider.asked.filter(({ call }) => call === name).length
const failAt = (name: string, when: 'before' | 'after') =>
  agency.provider.setTrouble((call, _orderId, moment) => {
    if (call === name && moment === when) throw agency.provider.unavailable()
  })

describe('starting a payment', () => {
  test('fifty requests at once get one code from one charge', async () => {
    const { invoice } = await order()
    const payments = await Promise.all(Array.from({ length: 50 }, () => start(invoice.id)))
    expect(new Set(payments.map(({ id }) => id)).size).toBe(1)
    expect(new Set(payments.map(({ qrString }) => qrString)).size).toBe(1)
    expect(agency.provider.transactions().filter(({ orderId }) => orderId === payments[0]?.orderId)).toHaveLength(1)
    expect(await attemptsOf(invoice.id)).toHaveLength(1)
  })

  test('that the provider never heard of goes on with the same attempt when it is tried again', async () => {
    const { invoice } = await order()
    failAt('charge', 'before')
    expect(await refusal(start(invoice.id, 'key-a'))).toBe('provider_unavailable')
    const [remembered] = await attemptsOf(invoice.id)
    expect(remembered).toMatchObject({ status: 'created', qrString: null })
    agency.provider.setTrouble(null)
    const payment = await start(invoice.id, 'key-a')
    expect(payment).toMatchObject({ id: remembered?.id, status: 'pending' })
  })

  test('whose answer was lost repeats the charge under the same order id', async () => {
    const { invoice } = await order()
    failAt('charge', 'after')
    expect(await refusal(start(invoice.id))).toBe('provider_unavailable')
    agency.provider.setTrouble(null)
    const payment = await start(invoice.id)
    expect(payment.qrString).toBe(`QR-${payment.orderId}`)
    expect(agency.provider.transactions().filter(({ orderId }) => orderId === payment.orderId)).toHaveLength(1)
  })

  test('after the code has expired closes the old one before it makes another', async () => {
    const { invoice } = await order()
    const old = await start(invoice.id)
    await agency.clock.advance(16 * MINUTE)
    const fresh = await start(invoice.id)
    expect(fresh.id).not.toBe(old.id)
    expect(agency.provider.own(old.orderId).status).toBe('expired')
    expect((await attemptsOf(invoice.id)).map(({ status }) => status)).toEqual(['expired', 'pending'])
  })

  test('finds that the expired code was paid in its last second, and makes no other', async () => {
    const { invoice } = await order()
    const { orderId } = await start(invoice.id)
    agency.provider.world.pay(orderId)
    await agency.clock.advance(16 * MINUTE)
    expect(await refusal(start(invoice.id))).toBe('invoice_not_payable')
    expect((await invoiceOf(invoice.id)).status).toBe('paid')
  })

  test('of more than QRIS takes is refused', async () => {
    await agency.database.pool.query(`update plans set price = 10000001 where slug = 'berita'`)
    const { invoice } = await agency.call(client, placeOrder, { plan: 'berita', projectName: 'Besar' })
    expect(await refusal(start(invoice.id))).toBe('amount_not_supported')
    expect(await attemptsOf(invoice.id)).toEqual([])
  })
})

describe('giving an attempt up', () => {
  test('cancels the code at the provider; the invoice can be paid with another', async () => {
    const { invoice } = await order()
    const payment = await start(invoice.id)
    expect((await agency.call(client, cancelPayment, { id: payment.id })).status).toBe('cancelled')
    expect(agency.provider.own(payment.orderId).status).toBe('cancelled')
    expect((await invoiceOf(invoice.id)).status).toBe('unpaid')
    expect(await refusal(agency.call(client, cancelPayment, { id: payment.id }))).toBe('payment_not_pending')
    expect((await start(invoice.id)).id).not.toBe(payment.id)
  })
  test('that was paid meanwhile books the payment instead', async () => {
    const { invoice } = await order()
    const payment = await start(invoice.id)
    agency.provider.world.pay(payment.orderId)
    expect(await refusal(agency.call(client, cancelPayment, { id: payment.id }))).toBe('payment_not_pending')
    expect((await invoiceOf(invoice.id)).status).toBe('paid')
  })
})

describe('the reconciliation', () => {
  test('books a payment whose notification never came, two minutes after the code expired', async () => {
    const { invoice, project } = await order()
    const { orderId } = await start(invoice.id)
    agency.provider.world.pay(orderId)
    await agency.reconcile(16 * MINUTE)
    expect((await invoiceOf(invoice.id)).status).toBe('pending')
    await agency.reconcile(MINUTE)
    expect((await invoiceOf(invoice.id)).status).toBe('paid')
    expect((await agency.call(client, getProject, { id: project.id })).status).toBe('in_progress')
  })
  test('ends a code that nobody paid; paid late all the same, it is booked and flagged', async () => {
    const { invoice } = await order()
    const { orderId } = await start(invoice.id)
    await agency.reconcile(17 * MINUTE)
    expect((await invoiceOf(invoice.id)).status).toBe('expired')
    agency.provider.world.pay(orderId)
    await agency.reconcile(60 * MINUTE)
    expect((await invoiceOf(invoice.id)).status).toBe('paid')
    expect(await flagsOf(invoice.id)).toEqual(['late_payment'])
  })
  test('closes a charge whose code nobody ever saw', async () => {
    const { invoice } = await order()
    failAt('charge', 'after')
    await refusal(start(invoice.id))
    agency.provider.setTrouble(null)
    await agency.reconcile(MINUTE + 1)
    const [attempt] = await attemptsOf(invoice.id)
    expect(attempt?.status).toBe('cancelled')
    expect(agency.provider.own(attempt?.orderId ?? '').status).toBe('cancelled')
  })
  test('gives up a charge that never reached the provider', async () => {
    const { invoice } = await order()
    failAt('charge', 'before')
    await refusal(start(invoice.id))
    agency.provider.setTrouble(null)
    await agency.reconcile(MINUTE + 1)
    expect(await invoiceOf(invoice.id)).toMatchObject({ status: 'failed', payments: [{ status: 'failed' }] })
    expect((await start(invoice.id)).status).toBe('pending')
  })
  test('waits longer each time while the provider is silent, and flags a charge unknown for a day', async () => {
    const { invoice } = await order()
    agency.provider.setTrouble(() => {
      throw agency.provider.unavailable()
    })
    await refusal(start(invoice.id))
    const [attempt] = await attemptsOf(invoice.id)
    const tries = () => agency.provider.asked.filter(({ orderId }) => orderId === attempt?.orderId).length
    await agency.reconcile(MINUTE)
    const first = tries()
    await agency.reconcile(29_000)
    expect(tries()).toBe(first)
    await agency.reconcile(1_001)
    expect(tries()).toBe(first + 1)
    for (let hour = 0; hour < 26; hour++) await agency.reconcile(60 * MINUTE)
    expect(await flagsOf(invoice.id)).toEqual(['charge_unknown'])
  })
  test('leaves an attempt to one of several workers', async () => {
    const { invoice } = await order()
    const { orderId } = await start(invoice.id)
    agency.provider.world.pay(orderId)
    await agency.clock.advance(18 * MINUTE)
    agency.provider.asked.length = 0
    await Promise.all(Array.from({ length: 8 }, () => agency.billing.reconcile()))
    expect(agency.provider.asked.filter((asked) => asked.orderId === orderId && asked.call === 'status')).toHaveLength(
      1,
    )
  })
  test('finds a refund made at the provider within a day, for 45 days', async () => {
    const { invoice } = await order()
    const { id, orderId } = await start(invoice.id)
    agency.provider.world.pay(orderId)
    await agency.call(client, checkPayment, { id })
    await agency.provider.gateway.refund(orderId, { key: 'dashboard-1', amount: 250_000, reason: 'by hand' })
    agency.provider.world.confirmRefunds(orderId)
    await agency.reconcile(25 * 60 * MINUTE)
    expect(await invoiceOf(invoice.id)).toMatchObject({
      status: 'partially_refunded',
      refunds: [{ amount: 250_000, status: 'confirmed' }],
    })
    for (let day = 0; day < 46; day++) await agency.reconcile(24 * 60 * MINUTE)
    agency.provider.asked.length = 0
    await agency.reconcile(48 * 60 * MINUTE)
    expect(agency.provider.asked.filter((asked) => asked.orderId === orderId)).toEqual([])
  })
})

describe('cancelling the project', () => {
  test('cancels invoice and code, and reverses the booking', async () => {
    const { invoice, project } = await order()
    const { orderId } = await start(invoice.id)
    await agency.call(client, cancelProject, { id: project.id })
    expect(await invoiceOf(invoice.id)).toMatchObject({ status: 'cancelled', balance: 0 })
    await agency.reconcile()
    expect(agency.provider.own(orderId).status).toBe('cancelled')
    expect(await attemptsOf(invoice.id)).toMatchObject([{ status: 'cancelled' }])
    expect(await refusal(start(invoice.id))).toBe('invoice_not_payable')
  })
  test('keeps trying to cancel the code while the provider is silent', async () => {
    const { invoice, project } = await order()
    const { orderId } = await start(invoice.id)
    failAt('cancel', 'before')
    await agency.call(client, cancelProject, { id: project.id })
    await agency.reconcile()
    expect(agency.provider.own(orderId).status).toBe('pending')
    agency.provider.setTrouble(null)
    await agency.reconcile(31_000)
    expect(agency.provider.own(orderId).status).toBe('cancelled')
  })
  test('of a code that was paid in that moment: booked, flagged, still cancelled', async () => {
    const { invoice, project } = await order()
    const { orderId } = await start(invoice.id)
    agency.provider.world.pay(orderId)
    await agency.call(client, cancelProject, { id: project.id })
    await agency.reconcile()
    expect(await invoiceOf(invoice.id)).toMatchObject({ status: 'cancelled', balance: -2_000_000 })
    expect(await flagsOf(invoice.id)).toEqual(['paid_after_cancellation'])
    expect((await agency.call(client, getProject, { id: project.id })).status).toBe('cancelled')
  })
  test('while fifty notifications of its payment come in leaves one booking and one outcome', async () => {
    for (let round = 0; round < 5; round++) {
      const { invoice, project } = await order()
      const { orderId } = await start(invoice.id)
      const payment = agency.provider.world.pay(orderId)
      const [, cancelled] = await Promise.allSettled([
        Promise.all(
          Array.from({ length: 50 }, async (_, copy) => {
            await agency.call(
              null,
              receiveNotification,
              agency.provider.notification(payment, { key: `${payment.transactionId}-${copy % 3}` }),
            )
            await agency.processInbox()
          }),
        ),
        agency.call(client, cancelProject, { id: project.id }),
      ])
      await agency.processInbox()
      await agency.reconcile()
      const { status, balance } = await invoiceOf(invoice.id)
      const after = (await agency.call(client, getProject, { id: project.id })).status
      const won = cancelled.status === 'fulfilled'
      expect({ status, balance, after }).toEqual(
        won
          ? { status: 'cancelled', balance: -2_000_000, after: 'cancelled' }
          : { status: 'paid', balance: 0, after: 'in_progress' },
      )
      expect((await agency.ledger(invoice.id)).gateway_clearing).toBe(2_000_000)
    }
  })
})

test('a payment of an old code while a new one waits cancels the new one', async () => {
  const { invoice } = await order()
  const old = await start(invoice.id)
  await agency.clock.advance(16 * MINUTE)
  const fresh = await start(invoice.id)
  agency.provider.world.pay(old.orderId)
  await agency.call(client, checkPayment, { id: old.id })
  await agency.reconcile()
  expect(agency.provider.own(fresh.orderId).status).toBe('cancelled')
  expect((await agency.call(client, getPayment, { id: fresh.id })).status).toBe('cancelled')
  expect(await invoiceOf(invoice.id)).toMatchObject({ status: 'paid', balance: 0 })
  expect(calls('charge')).toBe(2)
})
