// The few figures that tell whether all is well.
import type { ReactNode } from 'react'
import { formatNumber } from '../../../i18n/format.ts'
import { m } from '../../../i18n/generated/messages.js'
import { getLocale } from '../../../i18n/generated/runtime.js'
import type { Status } from './status.ts'
import { durationOf, sizeOf, unmeasured } from './timeline.ts'

export function Figures({ status: { connections, rates, latency, channels } }: { status: Status }) {
  const locale = getLocale()
  const number = (value: number) => formatNumber(value, locale)
  const time = (value: number) => durationOf(value, number)
  const measured = !unmeasured(latency.total)
  const [half = '', unit] = measured ? time(latency.total.p50).split('\u00a0') : ['–']
  return (
    <dl className="grid grid-cols-2 gap-x-8 gap-y-6 lg:grid-cols-4">
      <Figure
        name={m.console_live_connections()}
        value={number(connections)}
        more={m.console_live_in_channels({ number: number(channels) })}
      />
      <Figure
        name={m.console_live_out()}
        value={number(rates.messagesOut)}
        unit={m.console_live_a_second()}
        more={m.console_live_bytes_per_second({ size: sizeOf(rates.bytesOut, number) })}
      />
      <Figure name={m.console_live_in()} value={number(rates.messagesIn)} unit={m.console_live_a_second()} />
      <Figure
        name={m.console_live_latency()}
        value={half}
        unit={unit}
        more={measured ? m.console_live_latency_hint({ slow: time(latency.total.p99) }) : m.console_live_unmeasured()}
      />
    </dl>
  )
}

function Figure({
  name,
  value,
  unit,
  more,
}: {
  name: string
  value: string
  unit?: string | undefined
  more?: ReactNode
}) {
  return (
    <div className="min-w-0 max-sm:last:[&>dd:last-child]:min-h-[3em]">
      <dt className="text-small text-faint">{name}</dt>
      <dd className="mt-1 text-title font-bold tabular">
        {value}
        {unit && <span className="ml-1 text-small font-medium text-soft">{unit}</span>}
      </dd>
      {/* The line is kept, so that nothing moves when it is filled; the last one takes two on a narrow screen. */}
      <dd className="mt-0.5 min-h-[1.5em] text-caption text-soft tabular">{more}</dd>
    </div>
  )
}
