// How long a message is on its way, stretch by stretch; and what waits, was refused or went wrong.
import { formatNumber } from '../../../i18n/format.ts'
import { m } from '../../../i18n/generated/messages.js'
import { getLocale } from '../../../i18n/generated/runtime.js'
import { Table } from '../../../ui/table.tsx'
import { Facts } from '../parts/facts.tsx'
import { Section } from '../parts/page-title.tsx'
import type { Status } from './status.ts'
import { sizeOf } from './timeline.ts'

type Hop = keyof Status['latency']
const hops: readonly Hop[] = ['log', 'node', 'socket', 'ack', 'total']
const words: Record<Hop, () => string> = {
  log: () => m.console_live_hop_log(),
  node: () => m.console_live_hop_node(),
  socket: () => m.console_live_hop_socket(),
  ack: () => m.console_live_hop_ack(),
  total: () => m.console_live_hop_total(),
}

export function Hops({ latency }: Pick<Status, 'latency'>) {
  const locale = getLocale()
  const time = (value: number) => m.console_live_milliseconds({ number: formatNumber(value, locale) })
  return (
    <Section id="hops" title={m.console_live_hops()}>
      <Table
        caption={m.console_live_hops()}
        rows={[...hops]}
        rowKey={(hop) => hop}
        columns={[
          { key: 'hop', head: m.console_live_hop(), cell: (hop) => words[hop]() },
          { key: 'p50', head: m.console_live_p50(), cell: (hop) => time(latency[hop].p50), end: true },
          { key: 'p95', head: m.console_live_p95(), cell: (hop) => time(latency[hop].p95), end: true },
          { key: 'p99', head: m.console_live_p99(), cell: (hop) => time(latency[hop].p99), end: true },
        ]}
      />
    </Section>
  )
}

export function Health({ status: { queues, totals, refusals, compressionRatio } }: { status: Status }) {
  const locale = getLocale()
  const number = (value: number) => formatNumber(value, locale)
  const refused = Object.values(refusals).reduce((sum, times) => sum + times, 0)
  return (
    <Section id="health" title={m.console_live_health()}>
      <Facts
        facts={[
          { name: m.console_live_queue(), value: sizeOf(queues.bytes, number) },
          { name: m.console_live_behind(), value: number(queues.behind) },
          { name: m.console_live_slow(), value: number(totals.slowCloses) },
          { name: m.console_live_refused(), value: number(refused) },
          {
            name: m.console_live_recovered(),
            value: `${number(totals.recoveredFull)} / ${number(totals.recoveredNone)}`,
          },
          {
            name: m.console_live_ratio(),
            value: compressionRatio === null ? m.console_none() : `${number(Math.round(compressionRatio * 100))} %`,
          },
        ].map(({ name, value }) => ({ name, value: <span className="tabular">{value}</span> }))}
      />
    </Section>
  )
}
