// The few figures that tell whether all is well.
import type { ReactNode } from 'react'
import { formatNumber } from '../../../i18n/format.ts'
import { m } from '../../../i18n/generated/messages.js'
import { getLocale } from '../../../i18n/generated/runtime.js'
import type { Status } from './status.ts'
import { sizeOf } from './timeline.ts'

export function Figures({ status: { connections, rates, latency } }: { status: Status }) {
  const locale = getLocale()
  const number = (value: number) => formatNumber(value, locale)
  const milliseconds = (value: number) => m.console_live_milliseconds({ number: number(value) })
  return (
    <dl className="grid grid-cols-2 gap-x-8 gap-y-6 lg:grid-cols-4">
      <Figure name={m.console_live_connections()} value={number(connections)} />
      <Figure
        name={m.console_live_out()}
        value={m.console_live_per_second({ number: number(rates.messagesOut) })}
        more={m.console_live_bytes_per_second({ size: sizeOf(rates.bytesOut, number) })}
      />
      <Figure name={m.console_live_in()} value={m.console_live_per_second({ number: number(rates.messagesIn) })} />
      <Figure
        name={m.console_live_latency()}
        value={milliseconds(latency.total.p50)}
        more={m.console_live_latency_hint({ slow: milliseconds(latency.total.p99) })}
      />
    </dl>
  )
}

function Figure({ name, value, more }: { name: string; value: ReactNode; more?: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-small text-faint">{name}</dt>
      <dd className="mt-1 text-heading font-bold tabular">{value}</dd>
      {/* The line is kept, so that nothing moves when it is filled. */}
      <dd className="mt-0.5 min-h-[1.5em] text-caption text-soft tabular">{more}</dd>
    </div>
  )
}
