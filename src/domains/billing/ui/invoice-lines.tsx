// The lines of an invoice and what they come to. On a phone each line is its own small paragraph.
import type { z } from 'zod'
import { m } from '../../../web/i18n/generated/messages.js'
import { Money } from '../../../web/ui/money.tsx'
import type { InvoiceDetail } from '../contract.ts'
import { sumsOf } from './sums.ts'

const figure = 'px-3 py-3 text-right align-top tabular last:pr-0'

export function InvoiceLines({ invoice }: { invoice: z.output<typeof InvoiceDetail> }) {
  const { received, returned } = sumsOf(invoice)
  const sums = [
    { name: m.portal_total(), rupiah: invoice.total, strong: true },
    ...(received !== null && received > 0 ? [{ name: m.portal_received(), rupiah: -received, strong: false }] : []),
    ...(returned > 0 ? [{ name: m.portal_returned(), rupiah: returned, strong: false }] : []),
    ...(invoice.balance > 0 && invoice.status !== 'cancelled'
      ? [{ name: m.portal_balance(), rupiah: invoice.balance, strong: true }]
      : []),
    ...(invoice.balance < 0 ? [{ name: m.portal_overpaid(), rupiah: -invoice.balance, strong: true }] : []),
  ]
  return (
    <table className="w-full border-collapse text-small">
      <thead>
        <tr className="border-y border-line text-caption text-faint">
          <th scope="col" className="py-2.5 pr-3 text-left font-semibold">
            {m.portal_line_description()}
          </th>
          <th scope="col" className={`${figure} py-2.5 font-semibold max-sm:hidden`}>
            {m.portal_line_quantity()}
          </th>
          <th scope="col" className={`${figure} py-2.5 font-semibold max-sm:hidden`}>
            {m.portal_line_price()}
          </th>
          <th scope="col" className={`${figure} py-2.5 font-semibold`}>
            {m.portal_line_amount()}
          </th>
        </tr>
      </thead>
      <tbody>
        {invoice.lines.map((line) => (
          <tr key={line.description} className="border-b border-line">
            <td className="py-3 pr-3 align-top wrap-anywhere">
              {line.description}
              <span className="block text-caption text-faint sm:hidden">
                {line.quantity} × <Money rupiah={line.unitPrice} />
              </span>
            </td>
            <td className={`${figure} max-sm:hidden`}>{line.quantity}</td>
            <td className={`${figure} max-sm:hidden`}>
              <Money rupiah={line.unitPrice} />
            </td>
            <td className={figure}>
              <Money rupiah={line.amount} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        {sums.map(({ name, rupiah, strong }) => (
          <tr key={name} className={strong ? 'text-body font-bold' : ''}>
            <th scope="row" colSpan={3} className="hidden py-2 pr-3 text-right font-[inherit] text-soft sm:table-cell">
              {name}
            </th>
            <th scope="row" className="py-2 pr-3 text-left font-[inherit] text-soft sm:hidden">
              {name}
            </th>
            <td className="py-2 pl-3 text-right">
              <Money rupiah={rupiah} />
            </td>
          </tr>
        ))}
      </tfoot>
    </table>
  )
}
