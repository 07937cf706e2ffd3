// The production adapter against the pretended provider, over HTTP and on a real database.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSandbox, SERVER_KEY } from '../../../../test/support/sandbox.ts'
import type { SandboxWorld } from '../../../../test/support/sandbox.ts'
import { Problem } from '../../../platform/contract/problem.ts'
import type { Charge, ChargeRequest } from '../gateway.ts'
import { parseQris } from '../qris.ts'

let world: SandboxWorld
beforeAll(async () => {
  world = await openSandbox()
})
afterAll(() => world.close())

const request = (change: Partial<ChargeRequest> = {}): ChargeRequest => ({
  orderId: randomUUID(),
  amount: 275_000,
  lines: [
    { id: 'plan', name: 'Company Profile', price: 300_000, quantity: 1 },
    { id: 'discount', name: 'Potongan harga', price: -12_500, quantity: 2 },
  ],
  customer: { name: 'Siti Rahma', email: 'siti@example.com', phone: '+6281234567890' },
  expiresInMinutes: 15,
  orderedAt: new Date(),
  ...change,
})
const charge = (change?: Partial<ChargeRequest>) => world.gateway.charge(request(change))
const qrOf = (charged: Charge) => charged.qrString ?? expect.fail('there is no QR code')
async function paid(change?: Partial<ChargeRequest>): Promise<Charge> {
  const charged = await charge(change)
  await world.pay(qrOf(charged), 'pay')
  return charged
}
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: unknown) => (error instanceof Problem ? error.type.code : error),
  )
const statusOf = async (orderId: string) => (await world.gateway.status(orderId))?.status

describe('charge', () => {
  test('gives a code for the amount, valid as long as asked, and its picture', async () => {
    const asked = request()
    const charged = await world.gateway.charge(asked)
    expect(charged).toMatchObject({
      orderId: asked.orderId,
      status: 'pending',
      amount: 275_000,
      settledAt: null,
      refunds: [],
    })
    const lifetime = (charged.expiresAt?.getTime() ?? 0) - asked.orderedAt.getTime()
    expect(Math.abs(lifetime - 15 * 60_000)).toBeLessThan(1_000)
    expect(parseQris(qrOf(charged))).toMatchObject({
      amount: 275_000,
      initiation: 'dynamic',
      nationalId: 'ID1000000000000',
      transactionId: charged.transactionId,
      referenceLabel: asked.orderId.slice(0, 25),
    })
    expect(charged.qrImageUrl).toBe(`http://jasaweb.test/sandbox/midtrans/v4/qris/${charged.transactionId}/qr-code`)
    const picture = await fetch(`${world.url}/v4/qris/${charged.transactionId}/qr-code`)
    expect(picture.headers.get('content-type')).toBe('image/png')
    expect(
      Buffer.from(await picture.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG')
  })

  test('repeated with the same order gives the same code and no second transaction', async () => {
    const asked = request()
    const [first, second] = [await world.gateway.charge(asked), await world.gateway.charge(asked)]
    expect(second).toEqual(first)
    const rows = await world.database.db
      .selectFrom('sandbox_transactions')
      .where('order_id', '=', asked.orderId)
      .selectAll()
      .execute()
    expect(rows).toHaveLength(1)
  })

  test('ten at once give one transaction and every caller the same answer', async () => {
    const asked = request()
    const answers = await Promise.all(Array.from({ length: 10 }, () => world.gateway.charge(asked)))
    expect(new Set(answers.map(({ transactionId }) => transactionId)).size).toBe(1)
    expect(new Set(answers.map(({ qrString }) => qrString)).size).toBe(1)
  })

  test('repeated when the provider has forgotten the key finds the transaction and its picture', async () => {
    const asked = request()
    const first = await world.gateway.charge(asked)
    await world.database.db.deleteFrom('sandbox_idempotency').execute()
    const { qrString: _qr, qrImageUrl: _url, ...transaction } = first
    expect(await world.gateway.charge(asked)).toEqual({
      ...transaction,
      qrString: null,
      qrImageUrl: `${world.url}/v2/qris/${first.transactionId}/qr-code`,
    })
  })

  test('refuses an order id that is taken by another amount', async () => {
    const asked = request()
    await world.gateway.charge(asked)
    await world.database.db.deleteFrom('sandbox_idempotency').execute()
    expect(await refusal(world.gateway.charge({ ...asked, amount: 1_000, lines: [] }))).toBe('provider_refused')
  })

  test.each([
    ['lines that do not add up', { lines: [{ id: 'a', name: 'A', price: 1, quantity: 1 }] }],
    [
      'more lines than fit into a request',
      {
        amount: 1_000,
        lines: Array.from({ length: 1_000 }, (_, n) => ({ id: `${n}`, name: 'Baris', price: 1, quantity: 1 })),
      },
    ],
    [
      'names longer than the provider takes',
      { amount: 5, lines: [{ id: 'x'.repeat(80), name: '🎨'.repeat(80), price: 5, quantity: 1 }] },
    ],
    ['an order id longer than an idempotency key', { orderId: `order-${'x'.repeat(44)}` }],
    ['a customer without a phone', { customer: { name: 'Ani', email: 'ani@example.com', phone: null } }],
    ['the largest amount', { amount: 10_000_000, lines: [] }],
    ['the smallest amount', { amount: 1, lines: [] }],
  ])('takes %s', async (_what, change) => {
    expect((await charge(change)).status).toBe('pending')
  })

  test('above the limits is refused by the provider', async () => {
    expect(world.gateway.limits).toEqual({ min: 1, max: 10_000_000 })
    expect(await refusal(charge({ amount: 10_000_001, lines: [] }))).toBe('provider_refused')
  })
})

describe('status', () => {
  test('of an order that the provider does not know is null', async () => {
    expect(await world.gateway.status(randomUUID())).toBeNull()
  })
  test('follows the payment', async () => {
    const charged = await paid()
    const transaction = await world.gateway.status(charged.orderId)
    expect(transaction).toMatchObject({ status: 'settled', amount: 275_000, transactionId: charged.transactionId })
    expect(Math.abs((transaction?.settledAt?.getTime() ?? 0) - Date.now())).toBeLessThan(5_000)
  })
  test('of an expired code is expired, not an error', async () => {
    const charged = await charge()
    await world.pay(qrOf(charged), 'expire')
    expect(await statusOf(charged.orderId)).toBe('expired')
  })
  test('tells two payments of one order apart by their transaction', async () => {
    const charged = await charge()
    const bill = await world.pay(qrOf(charged), 'pay_twice')
    expect(bill.payments).toBe(2)
    await expect.poll(() => notifiedOf(charged.orderId, 'settlement').length, { timeout: 10_000 }).toBe(2)
    const ids = notifiedOf(charged.orderId, 'settlement').map(({ body }) => String(body['transaction_id']))
    const [own, other] = ids[0] === charged.transactionId ? ids : ids.toReversed()
    expect((await world.gateway.status(charged.orderId))?.transactionId).toBe(own)
    expect(await world.gateway.status(charged.orderId, other)).toMatchObject({
      transactionId: other,
      status: 'settled',
      amount: 275_000,
    })
  })
  test('of a transaction that belongs to another order is null', async () => {
    const [one, other] = [await charge(), await charge()]
    expect(await world.gateway.status(one.orderId, other.transactionId)).toBeNull()
  })
})

const notifiedOf = (orderId: string, status: string) =>
  world.merchant.notified.filter(({ body }) => body['order_id'] === orderId && body['transaction_status'] === status)

describe.each(['cancel', 'expire'] as const)('%s', (verb) => {
  test('ends a waiting payment, and may be repeated', async () => {
    const { orderId } = await charge()
    await world.gateway[verb](orderId)
    await world.gateway[verb](orderId)
    expect(await statusOf(orderId)).toBe(verb === 'cancel' ? 'cancelled' : 'expired')
  })
  test('of what was paid is refused', async () => {
    const { orderId } = await paid()
    expect(await refusal(world.gateway[verb](orderId))).toBe('payment_not_pending')
    expect(await statusOf(orderId)).toBe('settled')
  })
  test('of what the provider never heard of is nothing', async () => {
    expect(await refusal(world.gateway[verb](randomUUID()))).toBe('done')
  })
})

describe('refund', () => {
  const refund = (orderId: string, amount: number, key: string = randomUUID(), transactionId?: string) =>
    world.gateway.refund(orderId, { key, amount, reason: 'Batal', ...(transactionId ? { transactionId } : {}) })

  test('is first accepted and later confirmed by the bank, with a notification each', async () => {
    const { orderId } = await paid()
    const accepted = await refund(orderId, 100_000, 'key-1')
    expect(accepted).toMatchObject({
      status: 'partially_refunded',
      refunds: [{ key: 'key-1', amount: 100_000, confirmedAt: null }],
    })
    await expect.poll(() => notifiedOf(orderId, 'partial_refund').length, { timeout: 10_000 }).toBe(2)
    const confirmations = notifiedOf(orderId, 'partial_refund').map(
      ({ body }) => 'bank_confirmed_at' in ((body['refunds'] as object[])[0] ?? {}),
    )
    expect(confirmations).toEqual([false, true])
    const verified = notifiedOf(orderId, 'partial_refund').map(({ body }) => world.gateway.verify(body).key)
    expect(new Set(verified).size).toBe(2)
    const confirmed = await world.gateway.status(orderId)
    expect(confirmed).toMatchObject({ status: 'partially_refunded', refundedAmount: 100_000 })
    expect(confirmed?.refunds[0]?.confirmedAt).toBeInstanceOf(Date)
  })
  test('repeated with the same key is not made again', async () => {
    const { orderId } = await paid()
    await refund(orderId, 100_000, 'same')
    await refund(orderId, 100_000, 'same')
    expect(await world.gateway.status(orderId)).toMatchObject({ refundedAmount: 100_000 })
    expect(await refusal(refund(orderId, 50_000, 'same'))).toBe('refund_refused')
  })
  test('in parts up to the whole amount, and no further', async () => {
    const { orderId } = await paid()
    await refund(orderId, 100_000)
    expect((await refund(orderId, 175_000)).status).toBe('refunded')
    expect(await refusal(refund(orderId, 1))).toBe('refund_refused')
    expect(await world.gateway.status(orderId)).toMatchObject({ status: 'refunded', refundedAmount: 275_000 })
  })
  test('of more than was paid is refused', async () => {
    const { orderId } = await paid()
    expect(await refusal(refund(orderId, 275_001))).toBe('refund_refused')
  })
  test('of what was not paid, or is unknown, is refused', async () => {
    expect(await refusal(refund((await charge()).orderId, 1))).toBe('refund_refused')
    expect(await refusal(refund(randomUUID(), 1))).toBe('refund_refused')
  })
  test('of a second payment leaves the first alone', async () => {
    const charged = await charge()
    await world.pay(qrOf(charged), 'pay_twice')
    await expect.poll(() => notifiedOf(charged.orderId, 'settlement').length, { timeout: 10_000 }).toBe(2)
    const other = notifiedOf(charged.orderId, 'settlement').find(
      ({ body }) => body['transaction_id'] !== charged.transactionId,
    )
    const otherId = String(other?.body['transaction_id'])
    expect(await refund(charged.orderId, 275_000, 'over', otherId)).toMatchObject({
      transactionId: otherId,
      status: 'refunded',
    })
    expect(await statusOf(charged.orderId)).toBe('settled')
  })
})

describe('notifications', () => {
  test('come signed, as from Veritrans, and are accepted by the adapter', async () => {
    const charged = await paid()
    await expect.poll(() => notifiedOf(charged.orderId, 'settlement').length, { timeout: 10_000 }).toBe(1)
    const [received] = notifiedOf(charged.orderId, 'settlement')
    expect(received?.headers).toMatchObject({ 'user-agent': 'Veritrans', 'content-type': 'application/json' })
    expect(received?.body).toMatchObject({
      status_code: '200',
      gross_amount: '275000.00',
      payment_type: 'qris',
      fraud_status: 'accept',
      settlement_time: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/) as string,
    })
    expect(world.gateway.verify(received?.body)).toMatchObject({
      orderId: charged.orderId,
      transactionId: charged.transactionId,
      amount: 275_000,
    })
  })
  test('are not accepted with another server key', async () => {
    const charged = await charge()
    await world.pay(qrOf(charged), 'bad_signature')
    await expect.poll(() => notifiedOf(charged.orderId, 'settlement').length, { timeout: 10_000 }).toBe(1)
    expect(() => world.gateway.verify(notifiedOf(charged.orderId, 'settlement')[0]?.body)).toThrow(Problem)
    expect(await statusOf(charged.orderId)).toBe('pending')
    expect(JSON.stringify(world.merchant.notified)).not.toContain(SERVER_KEY)
  })
})
