// The pretended provider's HTTP as its documentation tells it, asked without the adapter.
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSandbox, SERVER_KEY } from '../../../../../test/support/sandbox.ts'
import type { SandboxWorld } from '../../../../../test/support/sandbox.ts'
import { signatureOf } from '../../midtrans/notification.ts'

let world: SandboxWorld
beforeAll(async () => {
  world = await openSandbox({ courier: false })
})
afterAll(() => world.close())

const charge = (change: Record<string, unknown> = {}, details: Record<string, unknown> = {}) => ({
  payment_type: 'qris',
  transaction_details: { order_id: randomUUID(), gross_amount: 275_000, ...details },
  ...change,
})
const ask: SandboxWorld['ask'] = (...request) => world.ask(...request)
const faults = async (body: unknown) => (await ask('POST', '/v2/charge', body)).body['validation_messages']

describe('authentication', () => {
  test.each([
    ['no header', ''],
    ['another key', `Basic ${Buffer.from('SB-Mid-server-other:').toString('base64')}`],
    ['the key as a password', `Basic ${Buffer.from(`:${SERVER_KEY}`).toString('base64')}`],
    ['a bearer token', `Bearer ${SERVER_KEY}`],
  ])('with %s is refused everywhere', async (_what, Authorization) => {
    for (const [method, path] of [
      ['POST', '/v2/charge'],
      ['GET', '/v2/x/status'],
      ['POST', '/v2/x/refund'],
      ['GET', '/v2/nothing'],
    ] as const) {
      expect(await ask(method, path, method === 'POST' ? charge() : undefined, { Authorization })).toMatchObject({
        http: 401,
        code: '401',
      })
    }
  })
})

describe('charge', () => {
  test('answers as documented', async () => {
    const body = charge({ qris: { acquirer: 'airpay shopee' }, custom_field1: 'satu', metadata: { a: [1] } })
    const answer = await ask('POST', '/v2/charge', body)
    expect(answer).toMatchObject({ http: 200, code: '201' })
    expect(answer.body).toMatchObject({
      status_message: 'QRIS transaction is created',
      order_id: body.transaction_details['order_id'],
      gross_amount: '275000.00',
      currency: 'IDR',
      payment_type: 'qris',
      transaction_status: 'pending',
      fraud_status: 'accept',
      acquirer: 'airpay shopee',
      custom_field1: 'satu',
      metadata: { a: [1] },
      qr_string: expect.stringMatching(/^000201.*6304[0-9A-F]{4}$/) as string,
      transaction_time: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/) as string,
    })
    const actions = answer.body['actions'] as { name: string; method: string; url: string }[]
    expect(actions.map(({ name }) => name)).toEqual(['generate-qr-code', 'generate-qr-code-v2'])
    expect(actions[0]?.url).toBe(
      `http://jasaweb.test/sandbox/midtrans/v2/qris/${String(answer.body['transaction_id'])}/qr-code`,
    )
  })

  test('expires after 15 minutes unless told otherwise', async () => {
    const lifetime = async (change: Record<string, unknown>) => {
      const { body } = await ask('POST', '/v2/charge', charge(change))
      const [from, to] = [body['transaction_time'], body['expiry_time']].map((time) =>
        Date.parse(`${String(time).replace(' ', 'T')}Z`),
      )
      return ((to ?? 0) - (from ?? 0)) / 60_000
    }
    expect(await lifetime({})).toBe(15)
    expect(await lifetime({ custom_expiry: { expiry_duration: 2, unit: 'hour' } })).toBe(120)
    expect(await lifetime({ custom_expiry: { expiry_duration: 30 } })).toBe(30)
  })

  test('refuses an order id that was used, with HTTP 200', async () => {
    const body = charge()
    await ask('POST', '/v2/charge', body)
    expect(await ask('POST', '/v2/charge', body)).toMatchObject({ http: 200, code: '406' })
  })

  test.each<[string, object, string]>([
    ['no order id', charge({}, { order_id: undefined }), 'transaction_details.order_id is required'],
    ['a long order id', charge({}, { order_id: 'x'.repeat(51) }), 'transaction_details.order_id too long'],
    ['a strange order id', charge({}, { order_id: 'a b' }), 'transaction_details.order_id contains characters'],
    ['decimals', charge({}, { gross_amount: 1.5 }), 'transaction_details.gross_amount'],
    ['an amount as text', charge({}, { gross_amount: '275000' }), 'transaction_details.gross_amount'],
    ['nothing to pay', charge({}, { gross_amount: 0 }), 'at least 1'],
    ['too much for QRIS', charge({}, { gross_amount: 10_000_001 }), 'at most 10000000'],
    [
      'items that do not add up',
      charge({ item_details: [{ name: 'a', price: 1, quantity: 1 }] }),
      'sum of item_details',
    ],
    ['an unknown acquirer', charge({ qris: { acquirer: 'bank' } }), 'qris.acquirer is not supported'],
    ['an expiry without a length', charge({ custom_expiry: { unit: 'minute' } }), 'custom_expiry.expiry_duration'],
    [
      'an expiry in fortnights',
      charge({ custom_expiry: { expiry_duration: 1, unit: 'fortnight' } }),
      'custom_expiry.unit',
    ],
    [
      'an expiry with a strange time',
      charge({ custom_expiry: { order_time: '2026-01-01', expiry_duration: 1 } }),
      'custom_expiry.order_time',
    ],
    [
      'an expiry in the past',
      charge({ custom_expiry: { order_time: '2020-01-01 00:00:00 +0700', expiry_duration: 1 } }),
      'must be in the future',
    ],
    ['a long custom field', charge({ custom_field1: 'x'.repeat(256) }), 'custom_field1 must be'],
    ['text that cannot be stored', charge({ metadata: { a: 'nul\u0000' } }), 'metadata must be text'],
    ['a list', [], 'request body'],
  ])('names the fault of %s', async (_what, body, message) => {
    const answer = await ask('POST', '/v2/charge', body)
    expect(answer).toMatchObject({ http: 400, code: '400' })
    expect(String(answer.body['validation_messages'])).toContain(message)
  })

  test('refuses other ways to pay, bodies above 16 KB, and what is not JSON', async () => {
    expect(await ask('POST', '/v2/charge', charge({ payment_type: 'gopay' }))).toMatchObject({ code: '402' })
    expect(await ask('POST', '/v2/charge', charge({ metadata: { a: 'x'.repeat(17_000) } }))).toMatchObject({
      http: 413,
      code: '413',
    })
    expect(await ask('POST', '/v2/charge', '{"payment_type":')).toMatchObject({ http: 400, code: '400' })
    expect(await faults('null')).toEqual([expect.stringContaining('request body')])
  })

  test('directs notifications only to the merchant', async () => {
    const override = (url: string) => ask('POST', '/v2/charge', charge(), { 'X-Override-Notification': url })
    expect((await override(world.merchant.url.replace('/notifications', '/elsewhere'))).code).toBe('201')
    expect((await override('http://169.254.169.254/latest')).code).toBe('400')
    expect((await override('no address')).code).toBe('400')
  })
})

describe('the idempotency key', () => {
  const keyed = (key: string, body: unknown, path = '/v2/charge') => ask('POST', path, body, { 'Idempotency-Key': key })

  test('repeats the first success, whatever is asked', async () => {
    const first = await keyed('key-a', charge())
    expect(await keyed('key-a', charge())).toEqual(first)
    expect(await keyed('key-a', {}, `/v2/${randomUUID()}/cancel`)).toEqual(first)
  })
  test('does not keep a failure', async () => {
    expect((await keyed('key-b', {})).code).toBe('400')
    expect((await keyed('key-b', charge())).code).toBe('201')
  })
  test('is ignored when it is longer than 46 characters', async () => {
    const [one, other] = [await keyed('k'.repeat(47), charge()), await keyed('k'.repeat(47), charge())]
    expect(one.body['order_id']).not.toBe(other.body['order_id'])
  })
  test('is answered with 202 while the first request is running', async () => {
    const held = await world.database.pool.connect()
    try {
      await held.query(`begin; select pg_advisory_xact_lock(hashtextextended('sandbox:key-c', 0))`)
      expect(await keyed('key-c', charge())).toMatchObject({ http: 202, code: '202' })
    } finally {
      await held.query('rollback')
      held.release()
    }
    expect((await keyed('key-c', charge())).code).toBe('201')
  })
})

describe('status, cancel, expire', () => {
  const made = async () => {
    const { body } = await ask('POST', '/v2/charge', charge())
    return {
      order: String(body['order_id']),
      transaction: String(body['transaction_id']),
      qr: String(body['qr_string']),
    }
  }
  test('are found by order id and by transaction id', async () => {
    const { order, transaction } = await made()
    const byOrder = await ask('GET', `/v2/${order}/status`)
    expect(byOrder.body).toMatchObject({
      order_id: order,
      transaction_id: transaction,
      status_code: '201',
      transaction_status: 'pending',
    })
    expect((await ask('GET', `/v2/${transaction}/status`)).body).toEqual(byOrder.body)
    const signed = { orderId: order, statusCode: '201', grossAmount: '275000.00' }
    expect(byOrder.body['signature_key']).toBe(signatureOf(signed, SERVER_KEY))
  })
  test('say 407 of an expired code', async () => {
    const { order } = await made()
    expect((await ask('POST', `/v2/${order}/expire`)).body).toMatchObject({
      status_code: '407',
      transaction_status: 'expire',
    })
    expect(await ask('GET', `/v2/${order}/status`)).toMatchObject({ http: 200, code: '407' })
    expect((await ask('POST', `/v2/${order}/expire`)).code).toBe('407')
    expect((await ask('POST', `/v2/${order}/cancel`)).code).toBe('407')
  })
  test('say 412 of what is over', async () => {
    const { order } = await made()
    expect((await ask('POST', `/v2/${order}/cancel`)).body).toMatchObject({
      status_code: '200',
      transaction_status: 'cancel',
    })
    expect((await ask('POST', `/v2/${order}/cancel`)).code).toBe('412')
    expect((await ask('POST', `/v2/${order}/expire`)).code).toBe('412')
    expect((await ask('POST', `/v2/${order}/refund`, { refund_key: 'a' })).code).toBe('412')
  })
  test.each([
    '/v2/unknown/status',
    '/v2/%00/status',
    '/v2/%2e%2e/status',
    '/v2/%ff/status',
    `/v2/${'x'.repeat(500)}/status`,
    '/v2',
    '/',
    '/v9/charge',
    "/v2/'or 1=1/status",
    '/v2/qris/unknown/qr-code',
    '/v2/qris/%00/qr-code',
  ])('know nothing of %s', async (path) => expect(await ask('GET', path)).toMatchObject({ http: 404, code: '404' }))
})

describe('refund', () => {
  test('is validated, limited to what was paid, and repeatable by its key', async () => {
    const { body } = await ask('POST', '/v2/charge', charge())
    await world.pay(String(body['qr_string']), 'pay')
    const refund = (order: object) => ask('POST', `/v2/${String(body['order_id'])}/refund`, order)
    expect((await refund({})).code).toBe('400')
    expect((await refund({ refund_key: 'a b', amount: 1 })).code).toBe('400')
    expect((await refund({ refund_key: 'a', amount: 0 })).code).toBe('400')
    expect((await refund({ refund_key: 'a', amount: 1, reason: 'x'.repeat(256) })).code).toBe('400')
    expect((await refund({ refund_key: 'a', amount: 275_001 })).code).toBe('414')
    expect((await refund({ refund_key: 'a', amount: 75_000 })).body).toMatchObject({
      status_code: '200',
      transaction_status: 'partial_refund',
      refund_amount: '75000.00',
    })
    expect((await refund({ refund_key: 'a', amount: 75_000 })).code).toBe('200')
    expect((await refund({ refund_key: 'a', amount: 1 })).code).toBe('406')
    expect((await refund({ refund_key: 'b' })).body).toMatchObject({
      transaction_status: 'refund',
      refund_amount: '200000.00',
    })
    expect((await ask('GET', `/v2/${String(body['order_id'])}/status`)).body).toMatchObject({
      status_code: '200',
      refund_amount: '275000.00',
    })
  })
})

test('no body on any route makes it stumble', async () => {
  const { body: made } = await ask('POST', '/v2/charge', charge())
  const id = String(made['order_id'])
  const paths = [
    '/v2/charge',
    `/v2/${id}/cancel`,
    `/v2/${id}/expire`,
    `/v2/${id}/refund`,
    `/v2/${id}/refund/online/direct`,
    `/v2/${id}/status`,
  ]
  const hostile = fc.oneof(
    fc.jsonValue(),
    fc.string({ unit: 'binary', maxLength: 2_000 }),
    fc
      .jsonValue()
      .map((any) => charge({ custom_field1: any, metadata: any, item_details: any, qris: any, custom_expiry: any })),
    fc.jsonValue().map((any) => charge({ metadata: { any } }, { order_id: any, gross_amount: any })),
    fc.jsonValue().map((any) => ({ refund_key: any, amount: any, reason: any })),
    fc.constantFrom(
      '{"__proto__":{"a":1}}',
      '['.repeat(8_000),
      '{"metadata":{"a":"\\ud800"},"payment_type":"qris"}',
      '\u0000',
      '{"a":1,"a":2}',
    ),
  )
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), hostile, async (path, body) => {
      const answer = await ask('POST', path, body)
      expect(answer.http).toBeLessThan(500)
      expect(answer.code).toMatch(/^[2-4]\d\d$/)
    }),
    { numRuns: 150, endOnFailure: true },
  )
}, 60_000)
