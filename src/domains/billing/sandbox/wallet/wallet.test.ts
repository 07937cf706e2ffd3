// What each scenario of the pretended phone leaves in the provider's books, and what the merchant hears of it.
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSandbox } from '../../../../../test/support/sandbox.ts'
import type { SandboxWorld } from '../../../../../test/support/sandbox.ts'
import { Problem } from '../../../../platform/contract/problem.ts'
import { buildQris, checksum } from '../../qris.ts'
import { Scenario } from '../contract.ts'

let world: SandboxWorld
beforeAll(async () => {
  world = await openSandbox()
})
afterAll(() => world.close())

async function charge(amount = 275_000): Promise<{ order: string; qr: string }> {
  const order = randomUUID()
  const body = { payment_type: 'qris', transaction_details: { order_id: order, gross_amount: amount } }
  const answer = await world.ask('POST', '/v2/charge', body)
  await heard(order, 'pending')
  return { order, qr: String(answer.body['qr_string']) }
}
const notified = (order: string) => world.merchant.notified.filter(({ body }) => body['order_id'] === order)
/** What the merchant has heard, in order, once it is as many notifications as expected. */
async function heard(order: string, ...states: string[]) {
  await expect
    .poll(() => notified(order).length, { timeout: 10_000, interval: 10 })
    .toBeGreaterThanOrEqual(states.length)
  expect(notified(order).map(({ body }) => body['transaction_status'])).toEqual(states)
}
const status = async (order: string) => (await world.ask('GET', `/v2/${order}/status`)).body['transaction_status']
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: unknown) => (error instanceof Problem ? error.type.code : error),
  )

test('a code shows its bill', async () => {
  const { order, qr } = await charge()
  expect(await world.readBill(`  ${qr}\n`)).toMatchObject({
    orderId: order,
    transactionStatus: 'pending',
    amount: 275_000,
    merchantName: 'JASAWEB SANDBOX',
    reference: order.slice(0, 25),
    payments: 0,
    settledAt: null,
  })
})

describe('scenario', () => {
  test('pay settles the bill and says so at once', async () => {
    const { order, qr } = await charge()
    const started = performance.now()
    expect(await world.pay(qr, 'pay')).toMatchObject({
      orderId: order,
      transactionStatus: 'settlement',
      payments: 1,
      scenario: 'pay',
    })
    await heard(order, 'pending', 'settlement')
    expect(performance.now() - started).toBeLessThan(2_000)
    expect(await refusal(world.pay(qr, 'pay'))).toBe('bill_not_payable')
  })
  test('deny ends it without money', async () => {
    const { order, qr } = await charge()
    expect(await world.pay(qr, 'deny')).toMatchObject({ transactionStatus: 'deny', payments: 0 })
    await heard(order, 'pending', 'deny')
  })
  test('expire ends it before its time', async () => {
    const { order, qr } = await charge()
    expect(await world.pay(qr, 'expire')).toMatchObject({ transactionStatus: 'expire', payments: 0 })
    await heard(order, 'pending', 'expire')
    expect(await refusal(world.pay(qr, 'pay'))).toBe('bill_not_payable')
  })
  test('pay_late brings the money after the code has expired', async () => {
    const { order, qr } = await charge()
    expect(await world.pay(qr, 'pay_late')).toMatchObject({
      transactionStatus: 'expire',
      payments: 0,
      settlesAt: expect.any(Date) as Date,
    })
    await heard(order, 'pending', 'expire', 'settlement')
    expect(await world.readBill(qr)).toMatchObject({ transactionStatus: 'settlement', payments: 1, settlesAt: null })
  })
  test('pay_late also pays a bill that the merchant cancelled', async () => {
    const { order, qr } = await charge()
    await world.ask('POST', `/v2/${order}/cancel`)
    expect(await world.pay(qr, 'pay_late')).toMatchObject({ transactionStatus: 'cancel', payments: 0 })
    await heard(order, 'pending', 'cancel', 'settlement')
  })
  test('pay_twice makes two payments of one order, each with its own transaction', async () => {
    const { order, qr } = await charge()
    expect(await world.pay(qr, 'pay_twice')).toMatchObject({ transactionStatus: 'settlement', payments: 2 })
    await heard(order, 'pending', 'settlement', 'settlement')
    const ids = notified(order)
      .slice(1)
      .map(({ body }) => String(body['transaction_id']))
    expect(new Set(ids).size).toBe(2)
    for (const id of ids) {
      const transaction = (await world.ask('GET', `/v2/${id}/status`)).body
      expect(transaction).toMatchObject({
        order_id: order,
        gross_amount: '275000.00',
        transaction_status: 'settlement',
      })
    }
  })
  test('pay_twice after the first payment only adds the second', async () => {
    const { order, qr } = await charge()
    await world.pay(qr, 'pay')
    expect(await world.pay(qr, 'pay_twice')).toMatchObject({ payments: 2 })
    await heard(order, 'pending', 'settlement', 'settlement')
  })
  test('bad_signature claims a payment that the adapter does not believe', async () => {
    const { order, qr } = await charge()
    expect(await world.pay(qr, 'bad_signature')).toMatchObject({ transactionStatus: 'pending', payments: 0 })
    await heard(order, 'pending', 'settlement')
    expect(() => world.gateway.verify(notified(order)[1]?.body)).toThrow(Problem)
    expect(await status(order)).toBe('pending')
  })
  test.each([275_000, 500])(
    'wrong_amount claims another amount than %s, rightly signed, while the books say otherwise',
    async (amount) => {
      const { order, qr } = await charge(amount)
      expect(await world.pay(qr, 'wrong_amount')).toMatchObject({ transactionStatus: 'pending', payments: 0 })
      await heard(order, 'pending', 'settlement')
      expect(world.gateway.verify(notified(order)[1]?.body).amount).not.toBe(amount)
      expect((await world.ask('GET', `/v2/${order}/status`)).body).toMatchObject({
        gross_amount: `${amount}.00`,
        transaction_status: 'pending',
      })
      expect(await world.pay(qr, 'pay')).toMatchObject({ transactionStatus: 'settlement', payments: 1 })
    },
  )
  test('duplicate says the same three times', async () => {
    const { order, qr } = await charge()
    expect(await world.pay(qr, 'duplicate')).toMatchObject({ payments: 1 })
    await heard(order, 'pending', 'settlement', 'settlement', 'settlement')
    expect(
      new Set(
        notified(order)
          .slice(1)
          .map(({ body }) => world.gateway.verify(body).key),
      ).size,
    ).toBe(1)
  })
  test('reorder says "pending" after "settlement"', async () => {
    const { order, qr } = await charge()
    expect(await world.pay(qr, 'reorder')).toMatchObject({ payments: 1 })
    await heard(order, 'pending', 'settlement', 'pending')
    expect(await status(order)).toBe('settlement')
  })
  test('forgeries are not repeated when they are refused', async () => {
    const { order, qr } = await charge()
    world.merchant.answer = () => ({ status: 403 })
    await world.pay(qr, 'bad_signature')
    const waiting = () =>
      world.database.db.selectFrom('sandbox_notifications').where('due_at', 'is not', null).selectAll().execute()
    await expect.poll(async () => (await waiting()).length).toBe(0)
    world.merchant.answer = () => ({ status: 200 })
    expect(notified(order)).toHaveLength(2)
  })
})

test('one code paid fifty times at once is paid once', async () => {
  const { order, qr } = await charge()
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => refusal(world.pay(qr, 'pay'))))
  expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1)
  expect(outcomes.filter((outcome) => outcome === 'bill_not_payable')).toHaveLength(49)
  await heard(order, 'pending', 'settlement')
})

describe('a code that', () => {
  test('is not ours is unknown', async () => {
    const { qr } = await charge()
    const raised = qr.slice(0, -4).replace('5406275000', '5406975000')
    expect(raised).not.toBe(qr.slice(0, -4))
    expect(await refusal(world.pay(raised + checksum(raised), 'pay'))).toBe('unknown_qr')
    const account = { domain: 'COM.GO-JEK.WWW', pan: '936009143490526303', merchantId: 'G490526303' }
    const bill = {
      amount: 1,
      merchantName: 'A',
      merchantCity: 'B',
      postalCode: '10110',
      categoryCode: '7372',
      nationalId: 'ID1000000000001',
      account,
      reference: 'x',
    }
    for (const transactionId of [randomUUID(), "' or 1=1 --", 'x']) {
      expect(await refusal(world.readBill(buildQris({ ...bill, transactionId })))).toBe('unknown_qr')
    }
  })
  test('cannot be read says why', async () => {
    const { qr } = await charge()
    for (const broken of [qr.slice(0, -1), qr.replace('ID', 'SG'), 'https://example.com', '0'.repeat(1_000)]) {
      expect(await refusal(world.readBill(broken))).toBe('unreadable_qr')
    }
  })
  test('is any text never does anything but be refused', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }),
        fc.constantFrom(...Scenario.options),
        async (text, scenario) => {
          fc.pre(text.trim() !== '')
          expect(['unreadable_qr', 'unknown_qr']).toContain(await refusal(world.pay(text, scenario)))
        },
      ),
      { numRuns: 200 },
    )
  })
})
