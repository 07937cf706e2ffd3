// How many messages, by time and by type, with the tables behind the charts.
import type { Output } from '../../../../platform/contract/operation.ts'
import { MessageType, type listMessages } from '../../../../domains/realtime/contract.ts'
import { formatDate, formatNumber } from '../../../i18n/format.ts'
import { m } from '../../../i18n/generated/messages.js'
import { getLocale } from '../../../i18n/generated/runtime.js'
import { Icon } from '../../../ui/icon.tsx'
import { Table } from '../../../ui/table.tsx'
import { barsOf } from '../today/bars.ts'
import { typeWord } from './messages-table.tsx'
import { stepsOf, type Span, type Step } from './steps.ts'

type Counted = Output<typeof listMessages>['totals']
const box = { width: 600, height: 64 }

export function Totals({ totals, span }: { totals: Counted; span: Span }) {
  const locale = getLocale()
  const number = (value: number) => formatNumber(value, locale)
  const { unit, steps } = stepsOf(totals.byHour, span)
  const bounded = span.from !== undefined || span.to !== undefined
  const title =
    unit === 'day'
      ? m.console_live_totals_by_day()
      : bounded
        ? m.console_live_totals_by_hour()
        : m.console_live_totals()
  const nameOf = ({ at }: Step) =>
    unit === 'day'
      ? formatDate(at, locale, 'short')
      : `${bounded ? `${formatDate(at, locale, 'short')} ` : ''}${formatDate(at, locale, 'time')}`
  const busy = steps.filter(({ messages }) => messages > 0).toReversed()
  return (
    <div className="mb-8">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-6 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <figure>
          <figcaption className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4 text-small">
            <span className="font-semibold">{title}</span>
            <span className="text-caption text-faint tabular">
              {m.console_live_highest({ number: number(Math.max(0, ...steps.map(({ messages }) => messages))) })}
            </span>
          </figcaption>
          <svg
            viewBox={`0 0 ${box.width} ${box.height}`}
            preserveAspectRatio="none"
            role="img"
            aria-label={`${title}: ${number(steps.reduce((sum, { messages }) => sum + messages, 0))}`}
            className="block h-20 w-full"
          >
            {barsOf(
              steps.map(({ messages }) => messages),
              box,
            ).map((bar, index) => {
              const step = steps[index]
              return (
                step && (
                  <rect key={step.at} {...bar} className={step.messages > 0 ? 'fill-nila' : 'fill-line'}>
                    <title>{`${nameOf(step)}: ${number(step.messages)}`}</title>
                  </rect>
                )
              )
            })}
          </svg>
          <p aria-hidden="true" className="mt-1 flex min-h-[1.5em] justify-between text-caption text-faint tabular">
            <span>{steps[0] && nameOf(steps[0])}</span>
            <span>{steps.length > 1 && steps.at(-1) && nameOf(steps.at(-1) ?? { at: '', messages: 0 })}</span>
          </p>
        </figure>
        <ByType totals={totals} />
      </div>
      <details className="group mt-2 text-small">
        <summary className="inline-flex min-h-9 items-center gap-1.5 font-semibold text-nila">
          <Icon name="chevron-right" className="transition-transform duration-150 group-open:rotate-90" />
          {m.console_live_chart_table()}
        </summary>
        {busy.length === 0 ? (
          <p className="py-2 text-soft">{m.console_live_no_messages_title()}</p>
        ) : (
          <Table
            caption={title}
            rows={busy}
            rowKey={({ at }) => at}
            columns={[
              { key: 'at', head: m.console_when(), cell: nameOf },
              {
                key: 'messages',
                head: m.console_live_messages(),
                cell: ({ messages }) => number(messages),
                end: true,
              },
            ]}
          />
        )}
      </details>
    </div>
  )
}

/** A list that is its own table: each type with its number, and a bar for the eye. */
function ByType({ totals: { all, byType } }: { totals: Counted }) {
  const number = (value: number) => formatNumber(value, getLocale())
  return (
    <div>
      <p className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4 text-small">
        <span className="font-semibold">{m.console_live_by_type()}</span>
        <span className="text-caption text-faint tabular">{m.console_live_totals_all({ number: number(all) })}</span>
      </p>
      <dl className="space-y-2 text-small">
        {MessageType.options.map((type) => {
          const count = byType[type] ?? 0
          return (
            <div key={type} className="grid grid-cols-[7rem_minmax(0,1fr)_auto] items-center gap-3">
              <dt className="text-soft">{typeWord(type)}</dt>
              <dd aria-hidden="true">
                <svg viewBox="0 0 100 6" preserveAspectRatio="none" className="block h-1.5 w-full">
                  <rect width="100" height="6" className="fill-sunken" />
                  <rect width={all > 0 ? (count / all) * 100 : 0} height="6" className="fill-nila" />
                </svg>
              </dd>
              <dd className="min-w-8 text-right font-medium tabular">{number(count)}</dd>
            </div>
          )
        })}
      </dl>
    </div>
  )
}
