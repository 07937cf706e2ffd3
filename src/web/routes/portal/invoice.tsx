// An invoice as a document: what for, how much, what was paid. It prints on a page of paper.
import type { ReactNode } from 'react'
import { getInvoice } from '../../../domains/billing/contract.ts'
import { InvoiceStatusTag } from '../../../domains/billing/ui/billing-status.tsx'
import { InvoiceLines } from '../../../domains/billing/ui/invoice-lines.tsx'
import { PaymentList, RefundList } from '../../../domains/billing/ui/payment-list.tsx'
import { nextCodeKey, owed } from '../../../domains/billing/ui/payment-view.ts'
import { page } from '../../context.ts'
import { m } from '../../i18n/generated/messages.js'
import { Brand } from '../../ui/brand.tsx'
import { Button } from '../../ui/button.tsx'
import { DateTime } from '../../ui/date-time.tsx'
import { Link } from '../../ui/link.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useAlive } from '../../ui/now.ts'
import type { Route } from './+types/invoice.ts'
import { useChanged } from './parts/changed.ts'
import { PageTitle, Section } from './parts/page-title.tsx'
import { PayForm } from './parts/pay-form.tsx'

export { PortalFault as ErrorBoundary } from './parts/fault.tsx'

export async function loader({ params, context }: Route.LoaderArgs) {
  return { invoice: await context.get(page).call(getInvoice, { id: params.id }) }
}

export default function InvoicePage({ loaderData: { invoice } }: Route.ComponentProps) {
  const { id, number, status, projectId, projectName, client, issuedAt, paidAt, payments, refunds } = invoice
  const arriving = useChanged(status)
  return (
    <div className="mx-auto max-w-3xl">
      <Brand className="mb-8 hidden! print:inline-flex!" />
      <PageTitle
        title={m.portal_invoice_title({ number })}
        back={{ to: '/portal/invoices', label: m.portal_invoices() }}
        aside={<InvoiceStatusTag status={status} arriving={arriving} />}
      />
      <dl className="mb-9 grid grid-cols-2 gap-x-6 gap-y-5 text-small sm:grid-cols-4">
        <Fact name={m.portal_billed_to()}>{client.name}</Fact>
        <Fact name={m.portal_for_project()}>
          <Link to={`/portal/projects/${projectId}`}>{projectName}</Link>
        </Fact>
        <Fact name={m.portal_issued()}>
          <DateTime at={issuedAt} show="date" />
        </Fact>
        {paidAt && (
          <Fact name={m.portal_paid_on()}>
            <DateTime at={paidAt} show="date" />
          </Fact>
        )}
      </dl>
      {invoice.balance < 0 && (
        <Notice tone="attention" title={m.portal_overpaid()} className="mb-9">
          {m.portal_overpaid_text()}
        </Notice>
      )}
      <Section id="lines" title={m.portal_lines()}>
        <InvoiceLines invoice={invoice} />
      </Section>
      <div className="mt-6 flex flex-wrap justify-end gap-3 print:hidden">
        <PrintButton />
        {owed(invoice) > 0 && <PayForm invoiceId={id} paymentKey={nextCodeKey(invoice)} />}
      </div>
      <Section id="payments" title={m.portal_payments()} className="mt-12">
        <PaymentList payments={payments} />
      </Section>
      {refunds.length > 0 && (
        <Section id="refunds" title={m.portal_refunds()} className="mt-12">
          <RefundList refunds={refunds} />
        </Section>
      )}
    </div>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-faint">{name}</dt>
      <dd className="mt-0.5 font-medium wrap-anywhere">{children}</dd>
    </div>
  )
}

/** The browser prints; without JavaScript its own menu does. */
function PrintButton() {
  if (!useAlive()) return null
  return (
    <Button type="button" size="large" icon="download" onClick={() => window.print()}>
      {m.portal_print()}
    </Button>
  )
}
