// How long a message is on its way, stretch by stretch.
import { formatNumber } from '../../../i18n/format.ts'
import { m } from '../../../i18n/generated/messages.js'
import { getLocale } from '../../../i18n/generated/runtime.js'
import { Table } from '../../../ui/table.tsx'
import { Section } from '../parts/page-title.tsx'
import type { Status } from './status.ts'
import { durationOf, unmeasured } from './timeline.ts'

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
  const slowest = Math.max(...hops.map((hop) => latency[hop].p99))
  const time = (hop: Hop, share: 'p50' | 'p95' | 'p99') =>
    unmeasured(latency[hop]) ? '–' : durationOf(latency[hop][share], (value) => formatNumber(value, locale))
  return (
    <Section id="hops" title={m.console_live_hops()}>
      <Table
        caption={m.console_live_hops()}
        rows={[...hops]}
        rowKey={(hop) => hop}
        columns={[
          {
            key: 'hop',
            head: m.console_live_hop(),
            cell: (hop) => (
              <span className={hop === 'total' ? 'font-semibold' : ''}>
                {words[hop]()}
                <Span half={latency[hop].p50} most={latency[hop].p99} of={slowest} />
              </span>
            ),
          },
          { key: 'p50', head: m.console_live_p50(), cell: (hop) => time(hop, 'p50'), end: true },
          { key: 'p95', head: m.console_live_p95(), cell: (hop) => time(hop, 'p95'), end: true },
          { key: 'p99', head: m.console_live_p99(), cell: (hop) => time(hop, 'p99'), end: true },
        ]}
      />
    </Section>
  )
}

/** The figures of the row once more, for the eye: half of the messages, and nearly all. */
function Span({ half, most, of }: { half: number; most: number; of: number }) {
  const share = (value: number) => (of > 0 ? (value / of) * 100 : 0)
  return (
    <svg aria-hidden="true" viewBox="0 0 100 4" preserveAspectRatio="none" className="mt-1.5 block h-1 w-full">
      <rect width="100" height="4" className="fill-sunken" />
      <rect width={share(most)} height="4" className="fill-nila/30 transition-[width] duration-200" />
      <rect width={share(half)} height="4" className="fill-nila transition-[width] duration-200" />
    </svg>
  )
}
