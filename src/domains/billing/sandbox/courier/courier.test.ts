// Notifications and the passing of time, on a clock that stands still until told.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { quiet } from '../../../../../test/support/database.ts'
import { openSandbox, SERVER_KEY } from '../../../../../test/support/sandbox.ts'
import type { SandboxWorld } from '../../../../../test/support/sandbox.ts'
import { ManualClock } from '../../../../platform/clock.ts'
import { createHttpClient } from '../../../../platform/http-client.ts'
import { openBooks } from '../books/books.ts'
import { createCourier } from './courier.ts'
import { claimNotifications } from '../store.ts'

const MINUTE = 60_000
const clock = new ManualClock('2026-03-01T00:00:00Z')
let world: SandboxWorld
beforeAll(async () => {
  world = await openSandbox({ clock })
})
afterAll(() => world.close())
beforeEach(() => {
  world.merchant.answer = () => ({ status: 200 })
})

async function charge(): Promise<{ order: string; qr: string }> {
  const order = randomUUID()
  const body = { payment_type: 'qris', transaction_details: { order_id: order, gross_amount: 50_000 } }
  const answer = await world.ask('POST', '/v2/charge', body)
  await delivered(order, 1)
  return { order, qr: String(answer.body['qr_string']) }
}
const notified = (order: string) => world.merchant.notified.filter(({ body }) => body['order_id'] === order)
const states = (order: string) => notified(order).map(({ body }) => body['transaction_status'])
const sent = (order: string) =>
  world.database.db
    .selectFrom('sandbox_notifications as n')
    .innerJoin('sandbox_transactions as t', 't.transaction_id', 'n.transaction_id')
    .where('t.order_id', '=', order)
    .select(['n.attempts', 'n.due_at', 'n.last_answer'])
    .orderBy('n.id')
    .execute()
const attempts = async (order: string) => (await sent(order)).reduce((sum, { attempts: made }) => sum + made, 0)
/** The count of attempts reaches exactly `count`, and nothing is in the air. */
const delivered = async (order: string, count: number) => {
  await expect.poll(() => attempts(order), { timeout: 10_000, interval: 10 }).toBe(count)
}

describe('a notification', () => {
  test('that is answered with 503 comes again after 2, 10, 30 and 90 minutes, and then no more', async () => {
    const { order, qr } = await charge()
    world.merchant.answer = () => ({ status: 503 })
    await world.pay(qr, 'pay')
    await delivered(order, 2)
    let count = 2
    for (const minutes of [2, 10, 30, 90]) {
      await clock.advance(minutes * MINUTE - 1_000)
      expect(await attempts(order)).toBe(count)
      await clock.advance(1_000)
      await delivered(order, ++count)
    }
    expect((await sent(order)).at(-1)).toMatchObject({ due_at: null, last_answer: '503' })
    expect(
      new Set(
        notified(order)
          .slice(1)
          .map(({ body }) => JSON.stringify(body)),
      ).size,
    ).toBe(1)
  })

  test('that got no answer at all is tried five times more', async () => {
    const { order, qr } = await charge()
    const { url } = world.merchant
    world.merchant.url = 'http://127.0.0.1:1/'
    await world.pay(qr, 'pay')
    await delivered(order, 2)
    let count = 2
    for (const minutes of [2, 10, 30, 90, 210]) {
      await clock.advance(minutes * MINUTE)
      await delivered(order, ++count)
    }
    expect((await sent(order)).at(-1)).toMatchObject({ due_at: null, last_answer: 'no answer' })
    world.merchant.url = url
  })

  test('stops coming once it was taken', async () => {
    const { order, qr } = await charge()
    world.merchant.answer = () => ({ status: 500 })
    await world.pay(qr, 'pay')
    await delivered(order, 2)
    world.merchant.answer = () => ({ status: 200 })
    await clock.advance(2 * MINUTE)
    await delivered(order, 3)
    expect((await sent(order)).every(({ due_at }) => due_at === null)).toBe(true)
  })

  test('follows 307 with its body, but not 302', async () => {
    const { order, qr } = await charge()
    world.merchant.answer = ({ path }) =>
      path === '/moved' ? { status: 200 } : { status: 307, headers: { Location: '/moved' } }
    await world.pay(qr, 'pay')
    await delivered(order, 2)
    expect(
      notified(order)
        .slice(1)
        .map(({ path, body }) => [path, body['transaction_status']]),
    ).toEqual([
      ['/notifications', 'settlement'],
      ['/moved', 'settlement'],
    ])
    world.merchant.answer = () => ({ status: 302, headers: { Location: '/moved' } })
    const other = await charge()
    expect(notified(other.order)).toHaveLength(1)
    expect((await sent(other.order))[0]).toMatchObject({ due_at: null, last_answer: '302' })
  })

  test('gives up on a redirect that goes round in circles, as on any fault', async () => {
    world.merchant.answer = () => ({ status: 308, headers: { Location: '/round' } })
    const { order } = await charge()
    expect(notified(order)).toHaveLength(6)
    expect((await sent(order))[0]).toMatchObject({
      due_at: new Date(clock.now().getTime() + 2 * MINUTE),
      last_answer: '308',
    })
  })

  test('whose sender died is sent by another process', async () => {
    const { order, qr } = await charge()
    world.merchant.answer = () => ({ status: 503 })
    await world.pay(qr, 'pay')
    await delivered(order, 2)
    // Another process takes it at its time, and is killed before it has sent anything.
    clock.set(clock.now().getTime() + 2 * MINUTE)
    const until = new Date(clock.now().getTime() + 30_000)
    expect(await claimNotifications(world.database.db, clock.now(), until, 10)).not.toHaveLength(0)
    world.merchant.answer = () => ({ status: 200 })
    await clock.advance(29_000)
    expect(await attempts(order)).toBe(2)
    await clock.advance(1_000)
    await delivered(order, 3)
  })

  test('is sent once however many processes are at it', async () => {
    const http = createHttpClient({ log: quiet, breaker: false })
    const books = openBooks({ clock, database: world.database, serverKey: SERVER_KEY })
    const options = { books, http, log: quiet, random: () => 0.5, notificationUrl: () => world.merchant.url }
    const others = [createCourier(options), createCourier(options)]
    for (const worker of others) worker.start()
    const orders = await Promise.all(Array.from({ length: 20 }, charge))
    for (const worker of others) await worker.stop()
    await http.close()
    for (const { order } of orders) expect(notified(order)).toHaveLength(1)
  })
})

describe('time', () => {
  test('lets a code expire, and says so', async () => {
    const { order } = await charge()
    await clock.advance(14 * MINUTE)
    expect((await world.ask('GET', `/v2/${order}/status`)).code).toBe('201')
    await clock.advance(MINUTE)
    await delivered(order, 2)
    expect(states(order)).toEqual(['pending', 'expire'])
    expect(notified(order)[1]?.body['status_code']).toBe('202')
    expect((await world.ask('GET', `/v2/${order}/status`)).code).toBe('407')
  })

  test('brings a late payment after the code has expired', async () => {
    const { order, qr } = await charge()
    expect(await world.pay(qr, 'pay_late')).toMatchObject({ transactionStatus: 'expire' })
    await delivered(order, 2)
    await clock.advance(2_000)
    await delivered(order, 3)
    expect(states(order)).toEqual(['pending', 'expire', 'settlement'])
    expect((await world.ask('GET', `/v2/${order}/status`)).body).toMatchObject({
      status_code: '200',
      transaction_status: 'settlement',
    })
  })

  test('confirms a refund at the bank, with a second notification', async () => {
    const { order, qr } = await charge()
    await world.pay(qr, 'pay')
    await delivered(order, 2)
    await world.ask('POST', `/v2/${order}/refund`, { refund_key: 'r', amount: 50_000 })
    await delivered(order, 3)
    await clock.advance(1_000)
    await delivered(order, 4)
    const [first, second] = notified(order)
      .slice(2)
      .map(({ body }) => (body['refunds'] as Record<string, unknown>[])[0])
    expect(first).toMatchObject({ refund_key: 'r', refund_amount: '50000.00' })
    expect(first).not.toHaveProperty('bank_confirmed_at')
    expect(second).toMatchObject({ refund_key: 'r', bank_confirmed_at: expect.any(String) as string })
  })
})
