// Connections and messages of the last minutes, as this page has seen them.
import { useEffect } from 'react'
import { formatDate, formatNumber } from '../../../i18n/format.ts'
import { m } from '../../../i18n/generated/messages.js'
import { getLocale } from '../../../i18n/generated/runtime.js'
import { Icon } from '../../../ui/icon.tsx'
import { Table } from '../../../ui/table.tsx'
import { ceilingOf, lineOf, withSample, type Sample } from './timeline.ts'

const box = { width: 600, height: 80 }

export function TimeLine({
  at,
  connections,
  messages,
  seen,
  onSeen,
}: {
  at: string
  connections: number
  messages: number
  /** Kept by whoever stays while one looks at other pages. */
  seen: Sample[]
  onSeen(add: (before: Sample[]) => Sample[]): void
}) {
  const time = new Date(at).getTime()
  const samples = withSample(seen, { at: time, connections, messages })
  useEffect(() => {
    onSeen((before) => withSample(before, { at: time, connections, messages }))
  }, [onSeen, time, connections, messages])
  const locale = getLocale()
  const number = (value: number) => formatNumber(value, locale)
  return (
    <div>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-6 md:grid-cols-2">
        <Chart
          title={m.console_live_chart_connections()}
          now={number(connections)}
          values={samples.map((each) => ({ at: each.at, value: each.connections }))}
        />
        <Chart
          title={m.console_live_chart_messages()}
          now={number(messages)}
          values={samples.map((each) => ({ at: each.at, value: each.messages }))}
        />
      </div>
      <details className="group mt-2 text-small">
        <summary className="inline-flex min-h-9 items-center gap-1.5 font-semibold text-nila">
          <Icon name="chevron-right" className="transition-transform duration-150 group-open:rotate-90" />
          {m.console_live_chart_table()}
        </summary>
        <div className="max-h-80 overflow-y-auto">
          <Table
            caption={m.console_live_chart()}
            rows={samples.toReversed()}
            rowKey={(sample) => String(sample.at)}
            columns={[
              { key: 'at', head: m.console_when(), cell: (row) => formatDate(new Date(row.at), locale, 'second') },
              {
                key: 'connections',
                head: m.console_live_connections(),
                cell: (row) => number(row.connections),
                end: true,
              },
              {
                key: 'messages',
                head: m.console_live_chart_messages(),
                cell: (row) => number(row.messages),
                end: true,
              },
            ]}
          />
        </div>
      </details>
    </div>
  )
}

function Chart({ title, now, values }: { title: string; now: string; values: { at: number; value: number }[] }) {
  const ceiling = ceilingOf(values.map(({ value }) => value))
  const line = lineOf(values, ceiling, box)
  const points = line.map((point) => point.join(',')).join(' ')
  const from = line[0]?.[0] ?? box.width
  const most = formatNumber(Math.max(...values.map(({ value }) => value)), getLocale())
  return (
    <figure>
      <figcaption className="mb-2 flex items-baseline justify-between gap-4 text-small">
        <span className="font-semibold">{title}</span>
        <span aria-hidden="true" className="text-caption text-faint tabular">
          {formatNumber(ceiling, getLocale())}
        </span>
      </figcaption>
      <svg
        viewBox={`0 0 ${box.width} ${box.height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={m.console_live_chart_label({ title, now, most })}
        className="block h-20 w-full"
      >
        <path
          d={`M0 1H${box.width}M0 ${box.height / 2}H${box.width}M0 ${box.height - 1}H${box.width}`}
          vectorEffect="non-scaling-stroke"
          className="fill-none stroke-line"
        />
        {line.length > 1 && (
          <polygon points={`${from},${box.height} ${points} ${box.width},${box.height}`} className="fill-nila/12" />
        )}
        {/* A single point is drawn as a short line. */}
        <polyline
          points={line.length > 1 ? points : `${box.width - 4},${line[0]?.[1] ?? 0} ${points}`}
          strokeWidth="2"
          strokeLinejoin="round"
          vectorEffect="non-scaling-stroke"
          className="fill-none stroke-nila"
        />
      </svg>
      <p aria-hidden="true" className="mt-1 flex justify-between text-caption text-faint">
        <span>{m.console_live_chart_from()}</span>
        <span>{m.console_live_now()}</span>
      </p>
    </figure>
  )
}
