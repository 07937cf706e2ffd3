// What is owed, in one sum and a line an invoice.
import { m } from '../../../i18n/generated/messages.js'
import { getLocale } from '../../../i18n/generated/runtime.js'
import { formatMoney } from '../../../i18n/format.ts'
import { InvoiceStatusTag } from '../../../../domains/billing/ui/billing-status.tsx'
import { Link } from '../../../ui/link.tsx'
import { Money } from '../../../ui/money.tsx'
import type { InvoiceItem } from './next-step.ts'
import { Section } from './page-title.tsx'

export function OpenInvoices({ invoices }: { invoices: InvoiceItem[] }) {
  const total = invoices.reduce((sum, { balance }) => sum + balance, 0)
  return (
    <Section
      id="owed"
      title={m.portal_open_invoices()}
      aside={<Link to="/portal/invoices">{m.portal_all_invoices()}</Link>}
    >
      {invoices.length === 0 ? (
        <p className="border-t border-line pt-4 text-small text-soft">{m.portal_no_open_invoices()}</p>
      ) : (
        <>
          <p className="border-t border-line pt-4 text-small text-soft">
            {invoices.length > 1 &&
              m.portal_open_total({ total: formatMoney(total, getLocale()), count: invoices.length })}
          </p>
          <ul>
            {invoices.map(({ id, number, projectName, status, balance }) => (
              <li
                key={id}
                className="relative flex items-start justify-between gap-4 border-b border-line py-3.5 last:border-0"
              >
                <div className="min-w-0">
                  <Link
                    to={`/portal/invoices/${id}`}
                    look="plain"
                    className="text-small font-semibold after:absolute after:inset-0"
                  >
                    {number}
                  </Link>
                  <p className="text-caption wrap-anywhere text-faint">{projectName}</p>
                </div>
                <div className="flex shrink-0 flex-col items-end gap-1">
                  <Money rupiah={balance} className="text-small font-bold" />
                  <InvoiceStatusTag status={status} />
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  )
}
