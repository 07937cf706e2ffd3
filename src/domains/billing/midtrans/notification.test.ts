import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../../platform/contract/problem.ts'
import { signatureOf, verifyNotification } from './notification.ts'

const KEY = 'SB-Mid-server-abc'
const signed = (change: Record<string, unknown> = {}) => {
  const body = {
    order_id: 'order-1',
    status_code: '200',
    gross_amount: '275000.00',
    transaction_id: '0d8178e1-c6c7-4ab4-81a6-893be9d924ab',
    transaction_status: 'settlement',
    ...change,
  }
  const fields = { orderId: body.order_id, statusCode: body.status_code, grossAmount: body.gross_amount }
  return { ...body, signature_key: signatureOf(fields, KEY) }
}
const refusal = (body: unknown) => {
  try {
    verifyNotification(body, KEY)
    return 'accepted'
  } catch (error) {
    return error instanceof Problem ? error.type.code : error
  }
}

test('the signature is that of the documented sample', () => {
  const sample = { orderId: '1111', statusCode: '200', grossAmount: '100000.00' }
  expect(signatureOf(sample, 'askvnoibnosifnboseofinbofinfgbiufglnbfg')).toBe(
    'edc076b21793ebe3e17926350f5b8ae67d902fe657b3d0aa31b932d5c127e2375d308a2bc94f3265ac2d80a1f181a79b997ac178a236fcff35af263fc4d4c231',
  )
})

describe('verifyNotification', () => {
  test('hands on what the notification is about', () => {
    expect(verifyNotification(signed(), KEY)).toEqual({
      orderId: 'order-1',
      transactionId: '0d8178e1-c6c7-4ab4-81a6-893be9d924ab',
      amount: 275_000,
      key: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    })
  })

  test('takes a signature in capitals', () => {
    const body = signed()
    expect(refusal({ ...body, signature_key: body.signature_key.toUpperCase() })).toBe('accepted')
  })

  test.each([
    ['another amount', { gross_amount: '1.00' }],
    ['another status code', { status_code: '201' }],
    ['another order', { order_id: 'order-2' }],
    [
      'a signature with another key',
      { signature_key: signatureOf({ orderId: 'order-1', statusCode: '200', grossAmount: '275000.00' }, 'x') },
    ],
    ['a short signature', { signature_key: 'abc' }],
    ['an empty signature', { signature_key: '' }],
    ['no signature', { signature_key: undefined }],
    ['a signature that is not text', { signature_key: ['a'.repeat(128)] }],
    ['a transaction id that is a path', { transaction_id: '../../x' }],
    ['a number as the amount', { gross_amount: 275_000 }],
  ])('refuses %s', (_what, change) => expect(refusal({ ...signed(), ...change })).toBe('bad_signature'))

  test.each([
    ['order-12', '007', '5000.00'],
    ['order-', '120', '0275000.0'],
    ['order-1200275000.00', '', ''],
  ])('refuses the same signature for the split %s|%s|%s', (order_id, status_code, gross_amount) => {
    expect(refusal({ ...signed(), order_id, status_code, gross_amount })).toBe('bad_signature')
  })

  test('never throws anything but bad_signature', () => {
    const near = fc.record(Object.fromEntries(Object.keys(signed()).map((key) => [key, fc.jsonValue()])), {
      requiredKeys: [],
    })
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          near.map((change) => ({ ...signed(), ...change })),
        ),
        (body) => {
          expect(['accepted', 'bad_signature']).toContain(refusal(body))
        },
      ),
      { numRuns: 2_000 },
    )
  })
})

describe('the key of a notification', () => {
  const keyOf = (change: Record<string, unknown>) => verifyNotification(signed(change), KEY).key
  const refund = { refund_key: 'r1', refund_amount: '5000.00' }
  test('is the same for a repeated one, whatever else it says', () => {
    expect(keyOf({ status_message: 'again', transaction_time: '2026-01-01 00:00:00' })).toBe(keyOf({}))
  })
  test('differs for anything that is another fact', () => {
    const facts = [
      {},
      { order_id: 'order-2' },
      { transaction_id: 'another' },
      { transaction_status: 'expire' },
      { status_code: '201' },
      { gross_amount: '1.00' },
      { refunds: [refund] },
      { refunds: [{ ...refund, bank_confirmed_at: '2026-01-01 00:00:00' }] },
      { refunds: [refund, { ...refund, refund_key: 'r2' }] },
    ]
    expect(new Set(facts.map(keyOf)).size).toBe(facts.length)
  })
})
