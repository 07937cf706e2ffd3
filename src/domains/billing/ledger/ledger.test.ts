import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAgency } from '../../../../test/support/agency.ts'
import type { Agency } from '../../../../test/support/agency.ts'
import { newId } from '../../../platform/ids.ts'
import { placeOrder } from '../../projects/contract.ts'
import { bookCancellation, bookIssue, bookReceipt, bookRefund } from './ledger.ts'
import { book, identified } from './store.ts'

test('every booking is in balance', () => {
  const amount = fc.integer({ min: 1, max: 10 ** 12 })
  fc.assert(
    fc.property(amount, amount, fc.integer({ min: -(10 ** 12), max: 10 ** 12 }), (first, second, balance) => {
      for (const booking of [
        bookIssue('i', first),
        bookCancellation('i', first),
        bookReceipt('a', 't', second),
        bookRefund('r', second, balance),
      ]) {
        expect(booking.entries.reduce((sum, entry) => sum + entry.amount, 0)).toBe(0)
        expect(booking.entries.every((entry) => entry.amount !== 0)).toBe(true)
      }
    }),
  )
})

test('a refund first uses up what was paid too much', () => {
  expect(bookRefund('r', 300, -100).entries).toEqual([
    { account: 'accounts_receivable', amount: 100 },
    { account: 'refunds', amount: 200 },
    { account: 'gateway_clearing', amount: -300 },
  ])
  expect(bookRefund('r', 300, 50).entries).toEqual([
    { account: 'refunds', amount: 300 },
    { account: 'gateway_clearing', amount: -300 },
  ])
})

describe('the database refuses', () => {
  let agency: Agency
  let invoiceId: string
  beforeAll(async () => {
    agency = await createAgency()
    const client = await agency.person('client')
    invoiceId = (await agency.call(client, placeOrder, { plan: 'company', projectName: 'P' })).invoice.id
  })
  afterAll(() => agency.drop())
  const write = (entries: { account: 'revenue' | 'refunds'; amount: number }[], reference: string = newId()) =>
    agency.database.transaction((tx) =>
      book(tx, invoiceId, identified({ kind: 'payment_received', reference, entries }, newId), agency.clock.now()),
    )

  test('a booking that is out of balance, at commit', async () => {
    await expect(
      write([
        { account: 'revenue', amount: 5 },
        { account: 'refunds', amount: -4 },
      ]),
    ).rejects.toThrow('out of balance by 1')
  })
  test('another entry for a booking that is in balance', async () => {
    const pool = agency.database.pool
    const { rows } = await pool.query<{ id: string }>('select id from ledger_transactions limit 1')
    const sneak = pool.query(
      `insert into ledger_entries (id, transaction_id, invoice_id, account, amount) values ($1, $2, $3, 'revenue', 1)`,
      [newId(), rows[0]?.id, invoiceId],
    )
    await expect(sneak).rejects.toThrow('out of balance')
  })
  test('the same fact twice', async () => {
    const entries = [
      { account: 'revenue' as const, amount: 5 },
      { account: 'refunds' as const, amount: -5 },
    ]
    await write(entries, 'once')
    await expect(write(entries, 'once')).rejects.toMatchObject({ code: '23505' })
  })
  test.each([
    'update ledger_entries set amount = amount',
    'delete from ledger_entries',
    'truncate ledger_entries cascade',
    'delete from ledger_transactions',
  ])('to change what is booked: %s', async (statement) => {
    await expect(agency.database.pool.query(statement)).rejects.toThrow('append-only')
  })
})
