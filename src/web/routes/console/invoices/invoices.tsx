import { InvoiceStatus, listInvoices } from '../../../../domains/billing/contract.ts'
import { invoiceStatusWord } from '../../../../domains/billing/ui/billing-status.tsx'
import { page } from '../../../context.ts'
import { m } from '../../../i18n/generated/messages.js'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Pagination } from '../../../ui/pagination.tsx'
import { asked, given } from '../parts/asked.ts'
import { ConsoleFault } from '../parts/fault.tsx'
import { FilterBar, FilterLinks, noMatch, Results, SearchBox } from '../parts/filters.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import type { Route } from './+types/invoices.ts'
import { InvoicesTable } from './invoices-table.tsx'

export async function loader({ request, context }: Route.LoaderArgs) {
  const { call } = context.get(page)
  const { text, one, cursor } = asked(request)
  const search = text('search')
  const status = one('status', InvoiceStatus)
  return { search, status, list: await call(listInvoices, { limit: 50, ...cursor, ...given({ search, status }) }) }
}

export default function Invoices({ loaderData: { search, status, list } }: Route.ComponentProps) {
  return (
    <>
      <PageTitle title={m.console_invoices()} />
      <FilterBar>
        <SearchBox label={m.console_search_invoices()} />
      </FilterBar>
      <FilterLinks
        label={m.console_status()}
        name="status"
        className="mb-3"
        choices={[
          { value: '', label: m.console_all() },
          ...InvoiceStatus.options.map((each) => ({ value: each, label: invoiceStatusWord(each) })),
        ]}
      />
      <Results>
        {list.data.length > 0 ? (
          <InvoicesTable caption={m.console_invoices()} invoices={list.data} />
        ) : search || status ? (
          <EmptyState icon="search" title={search ? noMatch(search) : m.console_nothing_here()}>
            {m.console_change_filters()}
          </EmptyState>
        ) : (
          <EmptyState icon="receipt" title={m.console_no_invoices_title()}>
            {m.console_no_invoices_text()}
          </EmptyState>
        )}
        <Pagination nextCursor={list.nextCursor} className="mt-6" />
      </Results>
    </>
  )
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <ConsoleFault error={error} />
}
