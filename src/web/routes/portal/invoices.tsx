import type { z } from 'zod'
import { listInvoices, type Invoice } from '../../../domains/billing/contract.ts'
import { InvoiceStatusTag } from '../../../domains/billing/ui/billing-status.tsx'
import { owed } from '../../../domains/billing/ui/payment-view.ts'
import { page } from '../../context.ts'
import { m } from '../../i18n/generated/messages.js'
import { ButtonLink } from '../../ui/button.tsx'
import { DateTime } from '../../ui/date-time.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Link } from '../../ui/link.tsx'
import { Money } from '../../ui/money.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import type { Route } from './+types/invoices.ts'
import { useChanged } from './parts/changed.ts'
import { PageTitle } from './parts/page-title.tsx'

export { PortalFault as ErrorBoundary } from './parts/fault.tsx'

export async function loader({ request, context }: Route.LoaderArgs) {
  const cursor = new URL(request.url).searchParams.get('cursor')
  return context.get(page).call(listInvoices, cursor ? { cursor } : {})
}

export default function Invoices({ loaderData: { data: invoices, nextCursor } }: Route.ComponentProps) {
  return (
    <>
      <PageTitle title={m.portal_invoices_title()} text={invoices.length > 0 && m.portal_invoices_text()} />
      {invoices.length === 0 ? (
        <EmptyState
          icon="receipt"
          title={m.portal_invoices_empty()}
          action={
            <ButtonLink to="/pesan" reloadDocument kind="main" after="arrow-right">
              {m.portal_order_first()}
            </ButtonLink>
          }
        >
          {m.portal_invoices_empty_text()}
        </EmptyState>
      ) : (
        <ul className="border-t border-line">
          {invoices.map((invoice) => (
            <Row key={invoice.id} invoice={invoice} />
          ))}
        </ul>
      )}
      <Pagination nextCursor={nextCursor} className="mt-6" />
    </>
  )
}

function Row({ invoice }: { invoice: z.output<typeof Invoice> }) {
  const { id, number, projectName, status, total, issuedAt } = invoice
  const arriving = useChanged(status)
  return (
    <li className="relative grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6 gap-y-3 border-b border-line py-4 md:grid-cols-[minmax(0,1fr)_8rem_12rem_10rem]">
      <div className="min-w-0">
        <Link to={`/portal/invoices/${id}`} look="plain" className="font-semibold tabular after:absolute after:inset-0">
          {number}
        </Link>
        <p className="text-small wrap-anywhere text-faint">
          {projectName} · <DateTime at={issuedAt} show="short" className="relative whitespace-nowrap" />
        </p>
      </div>
      <div className="flex flex-col items-end gap-1 md:contents">
        <Money rupiah={total} className="text-right font-bold" />
        <span>
          <InvoiceStatusTag status={status} arriving={arriving} />
        </span>
      </div>
      {owed(invoice) > 0 && (
        <ButtonLink
          to={`/portal/invoices/${id}/pay`}
          kind="main"
          size="small"
          icon="qr"
          className="relative max-md:col-span-2 md:justify-self-end"
          aria-label={m.portal_pay_row_label({ number })}
        >
          {m.portal_pay_now()}
        </ButtonLink>
      )}
    </li>
  )
}
