// One invoice: its lines, every attempt to pay it, the money given back, the bookings, and what a person has to look at.
import { checkPayment, getInvoice, listFlags, listLedger, refundPayment } from '../../../../domains/billing/contract.ts'
import { InvoiceStatusTag } from '../../../../domains/billing/ui/billing-status.tsx'
import { page } from '../../../context.ts'
import { text } from '../../../form.ts'
import { m } from '../../../i18n/generated/messages.js'
import { DateTime } from '../../../ui/date-time.tsx'
import { Link } from '../../../ui/link.tsx'
import { Money } from '../../../ui/money.tsx'
import { Table } from '../../../ui/table.tsx'
import { FlagList } from '../flags/flag-list.tsx'
import { Facts } from '../parts/facts.tsx'
import { ConsoleFault } from '../parts/fault.tsx'
import { attempt } from '../parts/outcome.ts'
import { PageTitle, Section } from '../parts/page-title.tsx'
import type { Route } from './+types/invoice.ts'
import { Ledger } from './ledger.tsx'
import { Payments, Refunds } from './payments.tsx'
import { amountOf, refundKey } from './refund-rules.ts'
import { useRefund } from './refund.tsx'

export async function loader({ params: { id }, context }: Route.LoaderArgs) {
  const { call } = context.get(page)
  const [invoice, ledger, flags] = await Promise.all([
    call(getInvoice, { id }),
    call(listLedger, { id }),
    call(listFlags, { limit: 100 }),
  ])
  return { invoice, ledger: ledger.data, flags: flags.data.filter(({ invoiceId }) => invoiceId === id) }
}

export async function action({ request, context }: Route.ActionArgs) {
  const { call } = context.get(page)
  const form = await request.formData()
  const id = text(form, 'payment')
  if (text(form, 'intent') === 'check') return attempt(() => call(checkPayment, { id }))
  const values = { amount: text(form, 'amount'), reason: text(form, 'reason') }
  const amount = amountOf(values.amount)
  const idempotencyKey = refundKey(id, text(form, 'refunds'), amount)
  return attempt(() => call(refundPayment, { id, amount, reason: values.reason }, { idempotencyKey }), values, {
    amount: m.console_err_amount(),
    reason: m.console_err_refund_reason(),
  })
}

export default function InvoicePage({ loaderData: { invoice, ledger, flags } }: Route.ComponentProps) {
  const { ask, dialog } = useRefund(invoice)
  return (
    <>
      <PageTitle
        title={invoice.number}
        back={{ to: '/console/invoices', label: m.console_invoices() }}
        tag={<InvoiceStatusTag status={invoice.status} />}
      />
      {dialog}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="space-y-10">
          {flags.length > 0 && (
            <Section id="flags" title={m.console_flags()}>
              <FlagList flags={flags} withInvoice={false} />
            </Section>
          )}
          <Section id="lines" title={m.console_lines()}>
            <Table
              caption={m.console_lines()}
              rows={invoice.lines.map((line, index) => ({ ...line, index }))}
              rowKey={({ index }) => String(index)}
              columns={[
                {
                  key: 'description',
                  head: m.console_description(),
                  className: 'min-w-40',
                  cell: ({ description }) => description,
                },
                { key: 'quantity', head: m.console_quantity(), end: true, cell: ({ quantity }) => quantity },
                {
                  key: 'price',
                  head: m.console_unit_price(),
                  end: true,
                  cell: ({ unitPrice }) => <Money rupiah={unitPrice} />,
                },
                { key: 'amount', head: m.console_amount(), end: true, cell: ({ amount }) => <Money rupiah={amount} /> },
              ]}
            />
          </Section>
          <Section id="payments" title={m.console_payments()}>
            <Payments invoice={invoice} onRefund={ask} />
          </Section>
          {invoice.refunds.length > 0 && (
            <Section id="refunds" title={m.console_refunds()}>
              <Refunds invoice={invoice} />
            </Section>
          )}
          <Section id="ledger" title={m.console_ledger()} aside={m.console_ledger_text()}>
            <Ledger entries={ledger} />
          </Section>
        </div>
        <aside aria-label={m.console_facts()} className="max-lg:order-first">
          <Facts
            facts={[
              { name: m.console_total(), value: <Money rupiah={invoice.total} /> },
              {
                name: m.console_balance(),
                value: <Money rupiah={invoice.balance} className={invoice.balance < 0 ? 'text-bata' : ''} />,
              },
              {
                name: m.console_project(),
                value: <Link to={`/console/projects/${invoice.projectId}`}>{invoice.projectName}</Link>,
              },
              {
                name: m.console_client(),
                value: <Link to={`/console/clients/${invoice.client.id}`}>{invoice.client.name}</Link>,
              },
              { name: m.console_issued_at(), value: <DateTime at={invoice.issuedAt} show="date" /> },
              ...(invoice.paidAt
                ? [{ name: m.console_paid_at(), value: <DateTime at={invoice.paidAt} show="date" /> }]
                : []),
            ]}
          />
          {invoice.balance < 0 && <p className="mt-3 text-small text-soft">{m.console_balance_negative()}</p>}
          <p className="mt-4 text-small">
            <Link to={`/console/events?subject=invoice:${invoice.id}`}>{m.console_events_of_this()}</Link>
          </p>
        </aside>
      </div>
    </>
  )
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <ConsoleFault error={error} />
}
