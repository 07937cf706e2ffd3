// Money this month, with its change, its days, and the table behind the chart.
import type { Output } from '../../../../platform/contract/operation.ts'
import type { summarizeBilling } from '../../../../domains/billing/contract.ts'
import { formatDate, formatMoney, formatNumber } from '../../../i18n/format.ts'
import { m } from '../../../i18n/generated/messages.js'
import { getLocale } from '../../../i18n/generated/runtime.js'
import { cx } from '../../../ui/class-names.ts'
import { Icon } from '../../../ui/icon.tsx'
import { Link } from '../../../ui/link.tsx'
import { Money } from '../../../ui/money.tsx'
import { Table } from '../../../ui/table.tsx'
import { barsOf, changeOf } from './bars.ts'

type Summary = Output<typeof summarizeBilling>
const box = { width: 300, height: 56 }
/** The day at noon in the agency's zone: the same date wherever it is formatted. */
const noon = (date: string) => `${date}T05:00:00.000Z`

export function MoneyToday({ summary: { received, refunded, outstanding, days } }: { summary: Summary }) {
  const locale = getLocale()
  const total = days.reduce((sum, day) => sum + day.received, 0)
  const withMoney = days.filter((day) => day.received > 0).toReversed()
  return (
    <div>
      <p className="text-display font-bold">
        <Money rupiah={received.thisMonth} />
      </p>
      <Change now={received.thisMonth} before={received.lastMonth} />
      <figure className="mt-5">
        <svg
          viewBox={`0 0 ${box.width} ${box.height}`}
          role="img"
          aria-label={m.console_chart_label({ total: formatMoney(total, locale) })}
          className="block h-auto w-full"
        >
          {barsOf(
            days.map((day) => day.received),
            box,
          ).map((bar, index) => (
            <rect key={days[index]?.date} {...bar} rx="1" className={days[index]?.received ? 'fill-nila' : 'fill-line'}>
              <title>{`${formatDate(noon(days[index]?.date ?? ''), locale, 'short')}: ${formatMoney(days[index]?.received ?? 0, locale)}`}</title>
            </rect>
          ))}
        </svg>
        <figcaption className="mt-2 flex flex-wrap justify-between gap-x-4 text-caption text-faint">
          <span>{m.console_chart_caption()}</span>
          <span className="tabular">{m.console_chart_total({ total: formatMoney(total, locale) })}</span>
        </figcaption>
      </figure>
      <details className="group mt-2 text-small">
        <summary className="inline-flex min-h-8 items-center gap-1.5 font-semibold text-nila">
          <Icon name="chevron-right" className="transition-transform duration-150 group-open:rotate-90" />
          {m.console_chart_table()}
        </summary>
        {withMoney.length === 0 ? (
          <p className="py-2 text-soft">{m.console_chart_nothing()}</p>
        ) : (
          <Table
            caption={m.console_chart_caption()}
            rows={withMoney}
            rowKey={({ date }) => date}
            columns={[
              { key: 'date', head: m.console_date(), cell: ({ date }) => formatDate(noon(date), locale, 'date') },
              {
                key: 'received',
                head: m.console_received(),
                end: true,
                cell: ({ received }) => <Money rupiah={received} />,
              },
            ]}
          />
        )}
      </details>
      <dl className="mt-4 grid grid-cols-2 gap-x-6 border-t border-line pt-4 text-small">
        <div>
          <dt className="text-faint">{m.console_outstanding()}</dt>
          <dd className="font-semibold">
            <Money rupiah={outstanding.amount} />
          </dd>
          <dd className="text-caption text-soft">
            <Link to="/console/invoices?status=unpaid">
              {m.console_outstanding_count({ count: formatNumber(outstanding.invoices, locale) })}
            </Link>
          </dd>
        </div>
        <div>
          <dt className="text-faint">{m.console_refunded()}</dt>
          <dd className="font-semibold">
            <Money rupiah={refunded.thisMonth} />
          </dd>
          <dd className="text-caption text-soft">
            {m.console_last_month({ amount: formatMoney(refunded.lastMonth, locale) })}
          </dd>
        </div>
      </dl>
    </div>
  )
}

function Change({ now, before }: { now: number; before: number }) {
  const locale = getLocale()
  const change = changeOf(now, before)
  if (change === null) return <p className="mt-1 text-small text-soft">{m.console_change_unknown()}</p>
  const percent = `${change > 0 ? '+' : change < 0 ? '−' : ''}${formatNumber(Math.abs(change), locale)}%`
  return (
    <p className="mt-1 text-small text-soft">
      <span className={cx('font-semibold', change >= 0 ? 'text-daun' : 'text-ink')}>{percent}</span>{' '}
      {m.console_change({ amount: formatMoney(before, locale) })}
    </p>
  )
}
