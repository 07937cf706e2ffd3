// Connections and messages of the last minutes, as this page has seen them.
import { useState } from 'react'
import { formatDate, formatNumber } from '../../../i18n/format.ts'
import { m } from '../../../i18n/generated/messages.js'
import { getLocale } from '../../../i18n/generated/runtime.js'
import { Icon } from '../../../ui/icon.tsx'
import { Table } from '../../../ui/table.tsx'
import { lineOf, withSample, type Sample } from './timeline.ts'

const box = { width: 600, height: 72 }

export function TimeLine({ at, connections, messages }: { at: string; connections: number; messages: number }) {
  const [samples, setSamples] = useState<Sample[]>([])
  const sample = { at: new Date(at).getTime(), connections, messages }
  // Every answer of the loader is a sample: taken while rendering, so that the line never lags behind the figures.
  if (samples.at(-1)?.at !== sample.at) setSamples(withSample(samples, sample))
  const locale = getLocale()
  const number = (value: number) => formatNumber(value, locale)
  const peak = (of: 'connections' | 'messages') => number(Math.max(...samples.map((each) => each[of]), sample[of]))
  return (
    <div>
      <figure>
        <figcaption className="mb-2 flex flex-wrap justify-between gap-x-6 gap-y-1 text-small">
          <span className="font-semibold">{m.console_live_chart()}</span>
          <span className="flex flex-wrap gap-x-5 text-caption text-soft tabular">
            <span className="inline-flex items-center gap-1.5">
              <span aria-hidden="true" className="h-0.5 w-4 bg-nila" />
              {m.console_live_peak({ name: m.console_live_connections(), number: peak('connections') })}
            </span>
            <span className="inline-flex items-center gap-1.5">
              <span aria-hidden="true" className="h-0.5 w-4 bg-daun" />
              {m.console_live_peak({ name: m.console_live_out(), number: peak('messages') })}
            </span>
          </span>
        </figcaption>
        <svg
          viewBox={`0 0 ${box.width} ${box.height}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={m.console_live_chart_label({ connections: number(connections), messages: number(messages) })}
          className="block h-24 w-full border-b border-line"
        >
          <Line values={samples.map((sample) => sample.connections)} className="stroke-nila" />
          <Line values={samples.map((sample) => sample.messages)} className="stroke-daun" />
        </svg>
        <p aria-hidden="true" className="mt-1 flex justify-between text-caption text-faint">
          <span>{m.console_live_chart_from()}</span>
          <span>{m.console_live_now()}</span>
        </p>
      </figure>
      <details className="group mt-2 text-small">
        <summary className="inline-flex min-h-8 items-center gap-1.5 font-semibold text-nila">
          <Icon name="chevron-right" className="transition-transform duration-150 group-open:rotate-90" />
          {m.console_live_chart_table()}
        </summary>
        {samples.length < 2 ? (
          <p className="py-2 text-soft">{m.console_live_chart_waiting()}</p>
        ) : (
          <Table
            caption={m.console_live_chart()}
            rows={samples.toReversed().slice(0, 30)}
            rowKey={(sample) => String(sample.at)}
            columns={[
              { key: 'at', head: m.console_when(), cell: ({ at: time }) => formatDate(new Date(time), locale, 'time') },
              {
                key: 'connections',
                head: m.console_live_connections(),
                cell: (row) => number(row.connections),
                end: true,
              },
              { key: 'messages', head: m.console_live_out(), cell: (row) => number(row.messages), end: true },
            ]}
          />
        )}
      </details>
    </div>
  )
}

function Line({ values, className }: { values: number[]; className: string }) {
  return (
    <polyline
      points={lineOf(values, box)}
      fill="none"
      strokeWidth="2"
      strokeLinejoin="round"
      vectorEffect="non-scaling-stroke"
      className={className}
    />
  )
}
