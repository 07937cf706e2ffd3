// Starting and giving up attempts to pay. An invoice has at most one live code: a second request is handed the first code
// again, and a code that cannot be shown any more is closed at the provider before another is made.
import { NotFound } from '../../../platform/contract/problem.ts'
import type { Call, Scope } from '../../../platform/contract/call.ts'
import type { Tx } from '../../../platform/database.ts'
import { newId } from '../../../platform/ids.ts'
import type { Platform } from '../../../platform/platform.ts'
import {
  AmountNotSupported,
  InvoiceNotPayable,
  PaymentNotPending,
  ProviderRefused,
  ProviderUnavailable,
} from '../contract.ts'
import type { PaymentGateway } from '../gateway.ts'
import { isPayable } from '../invoices/invoice.ts'
import { paymentFor } from '../invoices/listing.ts'
import * as invoices from '../invoices/store.ts'
import { isLive } from './attempt.ts'
import { isProblem } from '../inquiry/inquiry.ts'
import type { Inquiry } from '../inquiry/inquiry.ts'
import type { Posting } from '../posting/posting.ts'
import { nextCheck } from './schedule.ts'
import * as store from './store.ts'
import type { AttemptRow } from './store.ts'

/** How long a code can be paid; also the shortest time that the provider keeps reliably. */
const CODE_MINUTES = 15
// Remembered, charged, handed out: three rounds; two more for an old code that has to be closed first.
const ROUNDS = 5

/** Whom a charge is made out to; identity knows. */
export interface Clients {
  addressee(userId: string): Promise<{ name: string; email: string } | null>
}
export interface PaymentsDependencies {
  identity: Clients
  platform: Platform
  gateway: PaymentGateway
  posting: Posting
  inquiry: Inquiry
}

export function createPayments({ identity, platform, gateway, posting, inquiry }: PaymentsDependencies) {
  const { clock, database } = platform
  // Requests for the same attempt in this process share one charge; those of other processes repeat it under the same key.
  const charging = new Map<string, Promise<void>>()
  const closing = () =>
    ProviderUnavailable.because('The code before is still being closed at the provider; try again shortly.', {
      retryAfter: 15,
    })

  /** The invoice's live attempt, or a new one, remembered before anybody outside is asked. */
  async function liveAttempt(tx: Tx, scope: Scope, invoiceId: string): Promise<AttemptRow> {
    if (!(await invoices.lockInvoice(tx, scope, invoiceId))) throw NotFound.because()
    const invoice = await invoices.invoice(tx, scope, invoiceId)
    if (!invoice || !isPayable(invoice.status))
      throw InvoiceNotPayable.because(`The invoice is ${invoice?.status.replaceAll('_', ' ')}.`)
    const { min, max } = gateway.limits
    if (invoice.total < min || invoice.total > max) {
      throw AmountNotSupported.because(
        `QRIS takes Rp${min} to Rp${max} at once; this invoice is over Rp${invoice.total}.`,
        {
          errors: [{ pointer: '/method', detail: 'Choose another method for this amount.' }],
        },
      )
    }
    const live = (await store.attemptsOf(tx, invoiceId)).find(({ status }) => isLive(status))
    if (live) return live
    const id = newId(clock)
    const createdAt = clock.now()
    const times = {
      status: 'created' as const,
      createdAt,
      expiresAt: null,
      endedAt: null,
      settledAt: null,
      refundRequestedAt: null,
    }
    await store.addAttempt(tx, {
      id,
      invoiceId,
      orderId: id,
      amount: invoice.total,
      createdAt,
      nextCheckAt: nextCheck(times, createdAt),
    })
    const added = await store.attempt(tx, scope, id)
    if (!added) throw new Error('the attempt was not written')
    return added
  }

  /** Asks for the code and writes it down. Repeatable: the order id is the provider's idempotency key. */
  async function charge(call: Call, attempt: AttemptRow): Promise<void> {
    const invoice = await invoices.invoice(database.db, call.scope, attempt.invoice_id)
    const client = invoice && (await identity.addressee(invoice.client_id))
    if (!client) throw new Error(`invoice ${attempt.invoice_id} has no client`)
    const lines = await invoices.lines(database.db, attempt.invoice_id)
    try {
      const answer = await gateway.charge({
        orderId: attempt.order_id,
        amount: attempt.amount,
        lines: lines.map((line, index) => ({
          id: String(index + 1),
          name: line.description,
          price: line.unit_price,
          quantity: line.quantity,
        })),
        customer: { name: client.name, email: client.email, phone: null },
        expiresInMinutes: CODE_MINUTES,
        orderedAt: attempt.created_at,
      })
      await database.transaction((tx) => posting.post(tx, attempt, answer, (event) => call.append(tx, event)))
      // It was charged before, and the provider no longer tells the code: of no use to anybody.
      if (answer.status === 'pending' && !answer.qrString && !answer.qrImageUrl) await retire(attempt, 'cancel')
    } catch (error) {
      if (isProblem(error, ProviderRefused)) await database.transaction((tx) => posting.giveUp(tx, attempt, 'failed'))
      throw error
    }
  }
  function chargeOnce(call: Call, attempt: AttemptRow): Promise<void> {
    const running = charging.get(attempt.id)
    if (running) return running
    const started = charge(call, attempt).finally(() => charging.delete(attempt.id))
    charging.set(attempt.id, started)
    return started
  }

  /** Closes a code that will not be shown again; what the provider says of it then is posted. */
  async function retire(attempt: AttemptRow, how: 'cancel' | 'expire'): Promise<void> {
    await inquiry.close(attempt, how)
    const after = await inquiry.inquire(attempt.id)
    if (isLive(after.status)) throw closing()
  }

  const canBeShown = ({ status, qr_string, qr_image_url }: AttemptRow) =>
    status === 'pending' && Boolean(qr_string ?? qr_image_url)
  const isOver = ({ expires_at }: AttemptRow) => expires_at !== null && expires_at <= clock.now()

  async function findOwn(scope: Scope, id: string): Promise<AttemptRow> {
    const attempt = await store.attempt(database.db, scope, id)
    if (!attempt) throw NotFound.because()
    return attempt
  }

  return {
    async start(call: Call, invoiceId: string) {
      for (let round = 1; round <= ROUNDS; round++) {
        const attempt = await database.transaction((tx) => liveAttempt(tx, call.scope, invoiceId))
        if (attempt.cancel_requested_at || isOver(attempt)) await retire(attempt, isOver(attempt) ? 'expire' : 'cancel')
        else if (!canBeShown(attempt)) await chargeOnce(call, attempt)
        else {
          return call.transaction(async (tx) => {
            const row = await store.attempt(tx, call.scope, attempt.id)
            return paymentFor(row ?? attempt)
          })
        }
      }
      throw closing()
    },

    get: async (scope: Scope, id: string) => paymentFor(await findOwn(scope, id)),

    async check(scope: Scope, id: string) {
      await findOwn(scope, id)
      return paymentFor(await inquiry.inquire(id))
    },

    async cancel(scope: Scope, id: string) {
      const attempt = await findOwn(scope, id)
      if (!isLive(attempt.status)) throw PaymentNotPending.because()
      await inquiry.close(attempt, 'cancel')
      await database.transaction((tx) => store.requestCancel(tx, [id], clock.now()))
      const after = await inquiry.inquire(id)
      if (isLive(after.status)) throw closing()
      if (after.status !== 'cancelled')
        throw PaymentNotPending.because(`The payment is ${after.status.replaceAll('_', ' ')}.`)
      return paymentFor(after)
    },
  }
}
