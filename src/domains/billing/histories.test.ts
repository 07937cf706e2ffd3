// Random histories through everything that is real: operations, inbox, reconciliation, PostgreSQL; with a provider that fails
// at random moments. In the end our books must be the provider's.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAgency } from '../../../test/support/agency.ts'
import type { Agency } from '../../../test/support/agency.ts'
import type { Account } from '../../platform/contract/call.ts'
import { Problem } from '../../platform/contract/problem.ts'
import { cancelProject, getProject, placeOrder } from '../projects/contract.ts'
import { cancelPayment, getInvoice, receiveNotification, refundPayment, startPayment } from './contract.ts'
import type { ProviderTransaction } from './gateway.ts'

let agency: Agency
let client: Account
let admin: Account
beforeAll(async () => {
  agency = await createAgency()
  client = await agency.person('client')
  admin = await agency.person('admin')
})
afterAll(() => agency.drop())

const steps = [
  'start',
  'start',
  'pay',
  'pay',
  'expire',
  'deny',
  // Only of use after a payment: oftener, so that every run has a good many.
  'refund',
  'refund',
  'refund',
  'confirm',
  'notify',
  'notify',
  'notify',
  'forge',
  'lie',
  'process',
  'process',
  'reconcile',
  'giveUp',
  'cancel',
] as const
const step = fc.record({
  do: fc.constantFrom(...steps),
  which: fc.nat(100),
  amount: fc.constantFrom(500_000, 1_500_000, 2_000_000),
  trouble: fc.constantFrom('none', 'none', 'none', 'before', 'after'),
})
const isMoney = ({ status }: ProviderTransaction) =>
  ['settled', 'partially_refunded', 'refunded', 'charged_back'].includes(status)
const total = (amounts: number[]) => amounts.reduce((sum, amount) => sum + amount, 0)

/** A refusal is an answer; anything else is a fault of ours. */
async function tried(work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (!(error instanceof Problem) || error.type.status === 500) throw error
  }
}

async function run(history: readonly { do: (typeof steps)[number]; which: number; amount: number; trouble: string }[]) {
  const { provider } = agency
  const { invoice, project } = await agency.call(client, placeOrder, { plan: 'company', projectName: 'P' })
  const sent: Record<string, unknown>[] = []
  const payments = async () => (await agency.call(client, getInvoice, { id: invoice.id })).payments
  const send = (body: Record<string, unknown>) => tried(agency.call(null, receiveNotification, body as never))
  const known = async () => {
    const orders = new Set((await payments()).map(({ orderId }) => orderId))
    return provider.transactions().filter(({ orderId }) => orders.has(orderId))
  }
  const actions: Record<(typeof steps)[number], (which: number, amount: number) => Promise<void> | void> = {
    start: () => tried(agency.call(client, startPayment, { id: invoice.id, method: 'qris' })),
    async pay(which) {
      const transaction = await pick(which)
      if (transaction && provider.transactions().filter(({ orderId }) => orderId === transaction.orderId).length < 3)
        provider.world.pay(transaction.orderId)
    },
    expire: async (which) => provider.world.end((await pick(which))?.orderId ?? '', 'expired'),
    deny: async (which) => provider.world.end((await pick(which))?.orderId ?? '', 'denied'),
    async refund(which, amount) {
      const all = await payments()
      const payment = all[which % Math.max(1, all.length)]
      if (payment) await tried(agency.call(admin, refundPayment, { id: payment.id, amount, reason: 'goodwill' }))
    },
    confirm: async (which) => provider.world.confirmRefunds((await pick(which))?.orderId ?? ''),
    async notify(which) {
      const transaction = await pick(which)
      if (!transaction) return
      sent.push(provider.notification(transaction))
      // The newest, or any older one again.
      await send(sent[sent.length - 1 - (which % Math.min(3, sent.length))] ?? {})
    },
    forge: async (which) => {
      const transaction = await pick(which)
      if (transaction)
        await send(provider.notification(transaction, { transaction_status: 'settlement', signature_key: 'forged' }))
    },
    lie: async (which) => {
      const transaction = await pick(which)
      if (transaction)
        await send(
          provider.notification(transaction, {
            transaction_status: 'settlement',
            gross_amount: '7.00',
            key: `lie-${transaction.transactionId}`,
          }),
        )
    },
    process: () => agency.processInbox(),
    reconcile: (which) => agency.reconcile(which * 60_000),
    async giveUp(which) {
      const all = await payments()
      const payment = all[which % Math.max(1, all.length)]
      if (payment) await tried(agency.call(client, cancelPayment, { id: payment.id }))
    },
    cancel: (which) => (which < 30 ? tried(agency.call(admin, cancelProject, { id: project.id })) : undefined),
  }
  async function pick(which: number) {
    const all = await known()
    return all[which % Math.max(1, all.length)]
  }

  for (const { do: name, which, amount, trouble } of history) {
    let countdown = which % 3
    provider.setTrouble((_call, _orderId, when) => {
      if (when === trouble && countdown-- === 0) throw provider.unavailable()
    })
    if (['expire', 'deny', 'confirm'].includes(name) && (await known()).length === 0) continue
    await actions[name](which, amount)
  }

  // The provider is well again, repeats what it has to say, and time passes.
  provider.setTrouble(null)
  for (let round = 0; round < 2; round++) {
    for (const transaction of await known()) {
      provider.world.confirmRefunds(transaction.orderId)
      await send(provider.notification(transaction))
    }
    await agency.clock.advance(3_600_000)
    await agency.processInbox()
    await agency.reconcile(25 * 3_600_000)
  }
  return { invoice, project, transactions: await known() }
}

test('300 random histories leave our books as the provider keeps its own', async () => {
  const seen = { paid: 0, paidTwice: 0, refunded: 0, cancelledAndPaid: 0 }
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14, size: 'max' }), async (history) => {
      const { invoice, project, transactions } = await run([
        { do: 'start', which: 0, amount: 0, trouble: 'none' },
        ...history,
      ])
      const after = await agency.call(client, getInvoice, { id: invoice.id })
      const { status } = await agency.call(client, getProject, { id: project.id })
      const paid = transactions.filter(isMoney)
      const refunds = paid.flatMap((transaction) => transaction.refunds)
      const received = total(paid.map(({ amount }) => amount))
      const refunded = total(refunds.map(({ amount }) => amount))

      const receipts = await agency.database.pool.query<{ transaction_id: string }>(
        `select r.transaction_id from payment_receipts r join payment_attempts a on a.id = r.attempt_id where a.invoice_id = $1`,
        [invoice.id],
      )
      expect(receipts.rows.map((row) => row.transaction_id).toSorted()).toEqual(
        paid.map(({ transactionId }) => transactionId).toSorted(),
      )
      const ledger = await agency.ledger(invoice.id)
      expect(total(Object.values(ledger))).toBe(0)
      expect(ledger.gateway_clearing ?? 0).toBe(received - refunded)
      expect(after.refunds.filter((refund) => refund.status === 'confirmed')).toHaveLength(refunds.length)
      expect(after.refunds.filter((refund) => refund.status === 'requested')).toEqual([])
      expect(after.balance).toBe(ledger.accounts_receivable)

      const cancelled = after.status === 'cancelled'
      if (!cancelled && received > 0) {
        const kept = received - refunded
        expect(after.status).toBe(
          refunded === 0 || kept >= 2_000_000 ? 'paid' : kept > 0 ? 'partially_refunded' : 'refunded',
        )
      }
      if (received === 0) expect(['unpaid', 'expired', 'failed', 'cancelled']).toContain(after.status)
      if (cancelled || received === 0) expect(['pending_payment', 'cancelled']).toContain(status)
      else expect(['in_progress', 'cancelled']).toContain(status)
      // Nothing that can be paid is left lying about.
      expect(transactions.filter((transaction) => transaction.status === 'pending')).toEqual([])
      const events = (await agency.eventsOf(`invoice:${invoice.id}`)).map(({ type }) => type)
      expect(events.filter((type) => type === 'invoice.paid')).toHaveLength(cancelled || received === 0 ? 0 : 1)

      // Checked; the daily sweeps of the histories to come need not look at it again.
      await agency.database.pool.query('update payment_attempts set next_check_at = null')
      seen.paid += Number(paid.length > 0)
      seen.paidTwice += Number(paid.length > 1)
      seen.refunded += Number(refunded > 0)
      seen.cancelledAndPaid += Number(cancelled && paid.length > 0)
    }),
    { numRuns: 300 },
  )
  expect(
    Object.values(seen).every((count) => count > 5),
    JSON.stringify(seen),
  ).toBe(true)
}, 240_000)
