// The production adapter against a provider that misbehaves: what the pretended one never does.
import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { quiet } from '../../../../test/support/database.ts'
import { systemClock } from '../../../platform/clock.ts'
import { Problem } from '../../../platform/contract/problem.ts'
import { createHttpClient } from '../../../platform/http-client.ts'
import type { HttpClient } from '../../../platform/http-client.ts'
import type { ChargeRequest, PaymentGateway } from '../gateway.ts'
import { createMidtransGateway } from './gateway.ts'

type Reply = { http: number; body: unknown } | 'hang' | 'drop'
interface Asked {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: string
}
let replies: Reply[] = []
const asked: Asked[] = []
let http: HttpClient
let gateway: PaymentGateway
const server = createServer((request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => {
    const { method = '', url = '', headers } = request
    asked.push({ method, path: url, headers, body: Buffer.concat(parts).toString() })
    const reply = (replies.length > 1 ? replies.shift() : replies[0]) ?? 'drop'
    if (reply === 'hang') return
    if (reply === 'drop') return void request.socket.destroy()
    response.writeHead(reply.http, { 'Content-Type': 'application/json' })
    response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body))
  })
})

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  http = createHttpClient({ log: quiet, timeoutMs: 150, breaker: false })
  gateway = createMidtransGateway({
    baseUrl,
    serverKey: 'SB-Mid-server-abc123cde456',
    http,
    clock: { now: systemClock.now, wait: async () => undefined },
    log: quiet,
    notificationUrl: 'https://jasaweb.test/api/webhooks/midtrans',
  })
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await http.close()
})
beforeEach(() => {
  asked.length = 0
})

const order: ChargeRequest = {
  orderId: 'order-1',
  amount: 275_000,
  lines: [{ id: 'plan', name: 'Company Profile', price: 275_000, quantity: 1 }],
  customer: { name: 'Siti', email: 'siti@example.com', phone: null },
  expiresInMinutes: 5,
  orderedAt: new Date('2026-01-31T17:30:00Z'),
}
const pending = {
  status_code: '201',
  transaction_id: 'trx-1',
  order_id: 'order-1',
  gross_amount: '275000.00',
  currency: 'IDR',
  payment_type: 'qris',
  transaction_status: 'pending',
  fraud_status: 'accept',
}
const refused = (code: string, http = 200): Reply => ({
  http,
  body: { status_code: code, status_message: 'No.', id: 'x' },
})
const refund = { key: 'key-1', amount: 1_000, reason: 'Batal' }
const calls: Record<string, () => Promise<unknown>> = {
  charge: () => gateway.charge(order),
  status: () => gateway.status('order-1'),
  cancel: () => gateway.cancel('order-1'),
  expire: () => gateway.expire('order-1'),
  refund: () => gateway.refund('order-1', refund),
}
const outcome = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: unknown) => (error instanceof Problem ? error.type.code : error),
  )

test('a charge is sent as documented', async () => {
  replies = [{ http: 200, body: pending }]
  await gateway.charge(order)
  expect(asked).toHaveLength(1)
  const [{ method, path, headers, body }] = asked as [Asked]
  expect({ method, path }).toEqual({ method: 'POST', path: '/v2/charge' })
  expect(headers).toMatchObject({
    authorization: 'Basic U0ItTWlkLXNlcnZlci1hYmMxMjNjZGU0NTY6',
    accept: 'application/json',
    'content-type': 'application/json',
    'idempotency-key': 'order-1',
    'x-override-notification': 'https://jasaweb.test/api/webhooks/midtrans',
  })
  expect(JSON.parse(body)).toEqual({
    payment_type: 'qris',
    transaction_details: { order_id: 'order-1', gross_amount: 275_000 },
    item_details: [{ id: 'plan', name: 'Company Profile', price: 275_000, quantity: 1 }],
    customer_details: { first_name: 'Siti', email: 'siti@example.com' },
    custom_expiry: { order_time: '2026-02-01 00:30:00 +0700', expiry_duration: 15, unit: 'minute' },
  })
})

test('a charge without QR string, picture or expiry is still a charge', async () => {
  replies = [{ http: 200, body: pending }]
  expect(await gateway.charge(order)).toMatchObject({
    status: 'pending',
    qrString: null,
    qrImageUrl: null,
    expiresAt: null,
  })
})

test('the picture is chosen by its name, never by its place', async () => {
  const action = (name: string) => ({ name, method: 'GET', url: `https://api.midtrans.com/${name}` })
  const withActions = (...names: string[]) => [{ http: 200, body: { ...pending, actions: names.map(action) } }]
  replies = withActions('deeplink-redirect', 'generate-qr-code-v2', 'generate-qr-code')
  expect((await gateway.charge(order)).qrImageUrl).toBe('https://api.midtrans.com/generate-qr-code-v2')
  replies = withActions('deeplink-redirect', 'generate-qr-code')
  expect((await gateway.charge(order)).qrImageUrl).toBe('https://api.midtrans.com/generate-qr-code')
  replies = withActions('deeplink-redirect')
  expect((await gateway.charge(order)).qrImageUrl).toBeNull()
})

test('a picture at an address that is no web address is not shown', async () => {
  replies = [{ http: 200, body: { ...pending, actions: [{ name: 'generate-qr-code', url: 'javascript:alert(1)' }] } }]
  expect((await gateway.charge(order)).qrImageUrl).toBeNull()
})

test('while the first request is still worked on, the same key is sent until there is an answer', async () => {
  replies = [refused('202', 202), { http: 202, body: '' }, { http: 200, body: pending }]
  expect((await gateway.charge(order)).transactionId).toBe('trx-1')
  expect(asked.map(({ headers }) => headers['idempotency-key'])).toEqual(['order-1', 'order-1', 'order-1'])
})

test('an endless 202 ends as unavailable', async () => {
  replies = [refused('202', 202)]
  expect(await outcome(gateway.charge(order))).toBe('provider_unavailable')
  expect(asked.length).toBeLessThan(10)
})

test('a charge that the bank denies is a denied charge', async () => {
  replies = [{ http: 200, body: { ...pending, status_code: '202', transaction_status: 'deny', fraud_status: 'deny' } }]
  expect((await gateway.charge(order)).status).toBe('denied')
})

test('a lost answer is asked for again with the same key', async () => {
  replies = ['drop', { http: 200, body: pending }]
  expect((await gateway.charge(order)).status).toBe('pending')
  expect(asked.map(({ headers }) => headers['idempotency-key'])).toEqual(['order-1', 'order-1'])
})

describe.each(Object.entries(calls))('%s', (_name, call) => {
  test.each<[string, Reply]>([
    ['does not answer', 'hang'],
    ['drops the connection', 'drop'],
    ['answers 503', { http: 503, body: '<html>' }],
    ['answers 500 in the body', refused('500')],
    ['limits the rate', refused('429', 429)],
    ['answers with a page', { http: 200, body: '<html>hello</html>' }],
    ['answers with nothing', { http: 200, body: '' }],
    ['answers with a list', { http: 200, body: [] }],
  ])('is unavailable when the provider %s', async (_what, reply) => {
    replies = [reply]
    expect(await outcome(call())).toBe('provider_unavailable')
  })

  test('is refused with a wrong server key, over HTTP or in the body', async () => {
    replies = [refused('401', 401)]
    expect(await outcome(call())).toBe('provider_refused')
    replies = [refused('401')]
    expect(await outcome(call())).toBe('provider_refused')
    replies = [{ http: 401, body: '' }]
    expect(await outcome(call())).toBe('provider_refused')
  })
})

describe.each(['charge', 'status', 'refund'])('%s', (name) => {
  test.each([
    ['an amount with sen', { gross_amount: '275000.50' }],
    ['another currency', { currency: 'USD' }],
    ['a status from the future', { transaction_status: 'levitating' }],
  ])('concludes nothing from %s', async (_what, change) => {
    replies = [{ http: 200, body: { ...pending, ...change } }]
    expect(await outcome(calls[name]?.() ?? Promise.resolve())).toBe('provider_unavailable')
  })
})

test.each([
  ['another order', { order_id: 'order-2' }],
  ['another amount', { gross_amount: '1.00' }],
])('a charge answered with %s is not taken for ours', async (_what, change) => {
  replies = [{ http: 200, body: { ...pending, ...change } }]
  expect(await outcome(gateway.charge(order))).toBe('provider_refused')
})

const refundedAs = (refund_key: string, amount: string) => ({
  ...pending,
  status_code: '200',
  transaction_status: 'partial_refund',
  refunds: [{ refund_key, refund_amount: amount }],
})
test.each(['202', '404', '406', '412', '414'])('a refund answered with %s is refused', async (code) => {
  for (const [key, amount] of [
    ['another', '1000.00'],
    ['key-1', '999.00'],
  ] as const) {
    replies = [refused(code), { http: 200, body: refundedAs(key, amount) }]
    expect(await outcome(gateway.refund('order-1', refund))).toBe('refund_refused')
  }
})

test.each(['406', '412', '414'])('a refund whose first answer was lost is not refused by a %s', async (code) => {
  replies = [refused(code), { http: 200, body: refundedAs('key-1', '1000.00') }]
  expect(await gateway.refund('order-1', refund)).toMatchObject({
    status: 'partially_refunded',
    refunds: [{ key: 'key-1', amount: 1_000, confirmedAt: null }],
  })
  expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /v2/order-1/refund',
    'GET /v2/order-1/status',
  ])
  replies = [refused(code), 'drop']
  expect(await outcome(gateway.refund('order-1', refund))).toBe('provider_unavailable')
})

test('a refund that is only said to be running is not known to be refused', async () => {
  replies = [{ http: 202, body: '' }]
  expect(await outcome(gateway.refund('order-1', refund))).toBe('provider_unavailable')
})

test('the answer to a refund counts it, listed or not', async () => {
  replies = [
    {
      http: 200,
      body: { ...pending, status_code: '200', transaction_status: 'partial_refund', refund_amount: '1000.00' },
    },
  ]
  expect(await gateway.refund('order-1', refund)).toMatchObject({
    status: 'partially_refunded',
    refundedAmount: 1_000,
    refunds: [{ key: 'key-1', amount: 1_000, confirmedAt: null }],
  })
})

test.each(['..', '.', 'a/b', 'a?b', '', 'x'.repeat(65)])(
  'an id like %j never becomes part of an address',
  async (id) => {
    replies = [{ http: 200, body: pending }]
    await expect(gateway.status(id)).rejects.toThrow()
    expect(asked).toHaveLength(0)
  },
)
