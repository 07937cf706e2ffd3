// Messages by the hour of the last day, with the table behind the chart.
import type { Output } from '../../../../platform/contract/operation.ts'
import type { listMessages } from '../../../../domains/realtime/contract.ts'
import { formatDate, formatNumber } from '../../../i18n/format.ts'
import { m } from '../../../i18n/generated/messages.js'
import { getLocale } from '../../../i18n/generated/runtime.js'
import { Icon } from '../../../ui/icon.tsx'
import { Table } from '../../../ui/table.tsx'
import { barsOf } from '../today/bars.ts'
import { lastHours } from './timeline.ts'

const box = { width: 600, height: 56 }

export function HoursChart({ totals, now }: { totals: Output<typeof listMessages>['totals']; now: number }) {
  const locale = getLocale()
  const hours = lastHours(totals.byHour, now)
  const bars = barsOf(
    hours.map(({ messages }) => messages),
    box,
  )
  const time = (hour: string) => formatDate(hour, locale, 'time')
  const busy = hours.filter(({ messages }) => messages > 0).toReversed()
  return (
    <div className="mb-8">
      <figure>
        <figcaption className="mb-2 flex flex-wrap justify-between gap-x-4 text-small">
          <span className="font-semibold">{m.console_live_totals()}</span>
          <span className="text-caption text-soft tabular">
            {m.console_live_totals_all({ number: formatNumber(totals.all, locale) })}
          </span>
        </figcaption>
        <svg
          viewBox={`0 0 ${box.width} ${box.height}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`${m.console_live_totals()}: ${formatNumber(
            hours.reduce((sum, { messages }) => sum + messages, 0),
            locale,
          )}`}
          className="block h-16 w-full"
        >
          {bars.map((bar, index) => (
            <rect key={hours[index]?.hour} {...bar} className={hours[index]?.messages ? 'fill-nila' : 'fill-line'}>
              <title>{`${time(hours[index]?.hour ?? '')}: ${formatNumber(hours[index]?.messages ?? 0, locale)}`}</title>
            </rect>
          ))}
        </svg>
      </figure>
      <details className="group mt-2 text-small">
        <summary className="inline-flex min-h-8 items-center gap-1.5 font-semibold text-nila">
          <Icon name="chevron-right" className="transition-transform duration-150 group-open:rotate-90" />
          {m.console_live_chart_table()}
        </summary>
        {busy.length === 0 ? (
          <p className="py-2 text-soft">{m.console_live_no_messages_title()}</p>
        ) : (
          <Table
            caption={m.console_live_totals()}
            rows={busy}
            rowKey={({ hour }) => hour}
            columns={[
              { key: 'hour', head: m.console_live_hour(), cell: ({ hour }) => time(hour) },
              {
                key: 'messages',
                head: m.console_live_messages(),
                cell: ({ messages }) => formatNumber(messages, locale),
                end: true,
              },
            ]}
          />
        )}
      </details>
    </div>
  )
}
