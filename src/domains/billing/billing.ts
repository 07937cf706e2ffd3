// Billing, put together: invoices, attempts to pay, refunds, the inbox of notifications, the reconciliation and the ledger.
import { implement, userOf } from '../../platform/contract/call.ts'
import { keyOf, pageOf } from '../../platform/contract/page.ts'
import { NotFound } from '../../platform/contract/problem.ts'
import type { Tx } from '../../platform/database.ts'
import type { Platform, Slice } from '../../platform/platform.ts'
import { events, operations, problems } from './contract.ts'
import * as flags from './flags/store.ts'
import type { PaymentGateway } from './gateway.ts'
import { createInbox } from './inbox/inbox.ts'
import { createInboxWorker } from './inbox/jobs.ts'
import { createInvoices } from './invoices/invoices.ts'
import { flagFor, invoiceFor, lineFor, paymentFor, refundFor } from './invoices/listing.ts'
import * as invoices from './invoices/store.ts'
import { entriesOf } from './ledger/store.ts'
import { summarize } from './summary/summary.ts'
import { createInquiry } from './inquiry/inquiry.ts'
import { CHECKS_DUE, createReconciliation } from './payments/jobs.ts'
import { createPayments } from './payments/payments.ts'
import type { Clients } from './payments/payments.ts'
import { createPosting } from './posting/posting.ts'
import type { OnPaid } from './posting/posting.ts'
import * as attempts from './payments/store.ts'
import { createRefunds } from './refunds/refunds.ts'
import { refundsOf } from './refunds/store.ts'

export interface BillingDependencies {
  platform: Platform
  gateway: PaymentGateway
  identity: Clients
  /** Called in the transaction that books an invoice as paid, once per invoice, with the invoice's row locked. */
  onPaid: OnPaid
}
export type Billing = ReturnType<typeof createBilling>

export function createBilling({ platform, gateway, identity, onPaid }: BillingDependencies) {
  const { database, clock } = platform
  const db = database.db

  /** Has codes cancelled at the provider after COMMIT, by whichever process is first. */
  async function cancelSoon(tx: Tx, attemptIds: string[]): Promise<void> {
    if (attemptIds.length === 0) return
    await attempts.requestCancel(tx, attemptIds, clock.now())
    database.afterCommit(tx, () => database.notify(CHECKS_DUE))
  }
  const posting = createPosting({ platform, onPaid, cancelSoon })
  const inquiry = createInquiry({ platform, gateway, posting })
  const payments = createPayments({ identity, platform, gateway, posting, inquiry })
  const refunds = createRefunds({ platform, inquiry })
  const inbox = createInbox({ platform, gateway, inquiry, posting })
  const reconciliation = createReconciliation({ platform, inquiry, posting })

  const bound = implement(operations, {
    listInvoices: async (call, { limit, cursor, ...filter }) =>
      pageOf(
        await invoices.invoices(db, call.scope, { ...filter, limit: limit + 1, before: keyOf(cursor) }),
        limit,
        (row) => row.id,
        invoiceFor,
      ),
    getInvoice: async (call, { id }) => {
      const invoice = await invoices.invoice(db, call.scope, id)
      if (!invoice) throw NotFound.because()
      const lines = await invoices.lines(db, id)
      const tried = await attempts.attemptsOf(db, id)
      const given = await refundsOf(
        db,
        tried.map((attempt) => attempt.id),
      )
      return {
        ...invoiceFor(invoice),
        lines: lines.map(lineFor),
        payments: tried.map(paymentFor),
        refunds: given.map(refundFor),
      }
    },
    startPayment: (call, { id }) => payments.start(call, id),
    getPayment: (call, { id }) => payments.get(call.scope, id),
    checkPayment: (call, { id }) => payments.check(call.scope, id),
    cancelPayment: (call, { id }) => payments.cancel(call.scope, id),
    refundPayment: (call, input) => refunds.request(call, input),
    receiveNotification: (_call, body) => inbox.receive(body),
    listFlags: async (_call, { limit, cursor, resolved }) =>
      pageOf(
        await flags.flags(db, { limit: limit + 1, before: keyOf(cursor), resolved }),
        limit,
        (row) => row.id,
        flagFor,
      ),
    resolveFlag: (call, { id, note }) =>
      call.transaction(async (tx) => {
        const flag = await flags.resolveFlag(tx, id, { userId: userOf(call).id, note, at: clock.now() })
        if (!flag) throw NotFound.because()
        return flagFor(flag)
      }),
    listLedger: async (call, { id }) => {
      if (!(await invoices.invoice(db, call.scope, id))) throw NotFound.because()
      const entries = await entriesOf(db, id)
      return {
        data: entries.map(({ amount, ...entry }) => ({
          ...entry,
          debit: Math.max(0, amount),
          credit: Math.max(0, -amount),
        })),
        nextCursor: null,
      }
    },
    summarizeBilling: () => summarize(db, clock.now()),
  })

  const slice: Slice = {
    operations: bound,
    events,
    problems,
    workers: [createInboxWorker({ platform, inbox }), reconciliation],
  }
  return {
    ...slice,
    ...createInvoices({ platform, cancelSoon }),
    /** One step of the background work each, for tests and scripts that do not start the workers; false when nothing was due. */
    processNotification: () => inbox.processNext(),
    reconcile: () => reconciliation.turn(),
  }
}
