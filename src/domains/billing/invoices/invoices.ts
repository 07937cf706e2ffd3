// Issuing invoices and taking them back, inside the transaction of whoever ordered or cancelled the work.
import type { z } from 'zod'
import type { Scope } from '../../../platform/contract/call.ts'
import type { NewEvent } from '../../../platform/contract/event.ts'
import { systemScope } from '../../../platform/contract/scope.ts'
import type { Tx } from '../../../platform/database.ts'
import { newId } from '../../../platform/ids.ts'
import type { Platform } from '../../../platform/platform.ts'
import { InvoiceCancelled, InvoiceIssued } from '../contract.ts'
import type { OrderedInvoice } from '../contract.ts'
import { bookCancellation, bookIssue } from '../ledger/ledger.ts'
import { book, identified } from '../ledger/store.ts'
import { isLive } from '../payments/attempt.ts'
import * as payments from '../payments/store.ts'
import { amountOf, isPayable, numberingOf, totalOf } from './invoice.ts'
import type { Line } from './invoice.ts'
import { invoiceFor } from './listing.ts'
import * as store from './store.ts'

export type Append = (event: NewEvent) => void
export interface InvoiceOrder {
  /** The invoice's id, chosen by the caller, who may have written it down already. */
  id: string
  project: { id: string; name: string }
  client: { id: string; name: string }
  lines: Line[]
  append: Append
}

export function createInvoices({
  platform,
  cancelSoon,
}: {
  platform: Platform
  cancelSoon: (tx: Tx, attemptIds: string[]) => Promise<void>
}) {
  const { clock } = platform
  return {
    /**
     * Numbers, writes and books an invoice and appends its event. Call it as late in the transaction as possible: from here
     * to COMMIT every other invoice of the year waits.
     */
    async issueInvoice(
      tx: Tx,
      { id, project, client, lines, append }: InvoiceOrder,
    ): Promise<z.input<typeof OrderedInvoice>> {
      const issuedAt = clock.now()
      const total = totalOf(lines)
      const booking = identified(bookIssue(id, total), () => newId(clock))
      const number = await store.addInvoice(tx, {
        id,
        ...numberingOf(issuedAt),
        projectId: project.id,
        projectName: project.name,
        client,
        total,
        issuedAt,
        booking,
        lines: lines.map((line) => ({ ...line, amount: amountOf(line) })),
      })
      const row: store.InvoiceRow = {
        id,
        number,
        project_id: project.id,
        project_name: project.name,
        client_id: client.id,
        client_name: client.name,
        status: 'unpaid',
        total,
        issued_at: issuedAt,
        paid_at: null,
        balance: total,
      }
      append(InvoiceIssued.of({ invoice: invoiceFor(row) }))
      return { id, number, total, status: row.status }
    },

    /** Locks the project's invoices. Whoever locks the project as well does this first. */
    async lockInvoices(tx: Tx, scope: Scope, projectId: string): Promise<void> {
      await store.lockInvoicesOf(tx, scope, projectId)
    },

    /**
     * Cancels the project's invoices that are not paid and reverses their booking; codes still waiting at the provider are
     * cancelled after COMMIT, also if this process dies then. A paid invoice stays: giving money back is a decision of its own.
     */
    async cancelInvoices(tx: Tx, projectId: string, append: Append): Promise<void> {
      const now = clock.now()
      for (const id of await store.lockInvoicesOf(tx, systemScope(), projectId)) {
        const invoice = await store.invoice(tx, systemScope(), id)
        if (!invoice || !isPayable(invoice.status)) continue
        await book(
          tx,
          id,
          identified(bookCancellation(id, invoice.total), () => newId(clock)),
          now,
        )
        await store.setStatus(tx, id, { status: 'cancelled', paidAt: null }, now)
        const live = (await payments.attemptsOf(tx, id)).filter(({ status }) => isLive(status))
        await cancelSoon(
          tx,
          live.map((attempt) => attempt.id),
        )
        append(
          InvoiceCancelled.of({
            invoice: invoiceFor({ ...invoice, status: 'cancelled', balance: invoice.balance - invoice.total }),
          }),
        )
      }
    },
  }
}
