// The connections by role, protocol and process.
import { protocolWord } from '../../../../domains/realtime/ui/words.ts'
import { formatNumber } from '../../../i18n/format.ts'
import { m } from '../../../i18n/generated/messages.js'
import { getLocale } from '../../../i18n/generated/runtime.js'
import { DateTime } from '../../../ui/date-time.tsx'
import { Badge } from '../../../ui/status-tag.tsx'
import { Table } from '../../../ui/table.tsx'
import { Facts } from '../parts/facts.tsx'
import { Section } from '../parts/page-title.tsx'
import { roleWord } from './role.ts'
import type { Status } from './status.ts'
import { sizeOf } from './timeline.ts'

export function Breakdown({ status: { byRole, byProtocol, nodes } }: { status: Status }) {
  const locale = getLocale()
  const number = (value: number) => formatNumber(value, locale)
  const counts = (of: Record<string, number>, word: (name: string) => string) =>
    Object.entries(of)
      .toSorted(([, a], [, b]) => b - a)
      .map(([name, count]) => ({ name: word(name), value: <span className="tabular">{number(count)}</span> }))
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-10 lg:grid-cols-2">
      <Section id="nodes" title={m.console_live_by_node()}>
        <Table
          caption={m.console_live_by_node()}
          rows={nodes}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'name',
              head: m.console_live_node(),
              cell: ({ name, figures }) => (
                <span className="inline-flex items-center gap-2 whitespace-nowrap">
                  <span className="font-mono text-caption">{name}</span>
                  {figures.draining && <Badge tone="attention">{m.console_live_draining()}</Badge>}
                </span>
              ),
            },
            {
              key: 'connections',
              head: m.console_live_connections(),
              cell: (row) => number(row.figures.connections),
              end: true,
            },
            {
              key: 'memory',
              head: m.console_live_memory(),
              cell: (row) => sizeOf(row.figures.memoryBytes, number),
              end: true,
            },
            {
              key: 'since',
              head: m.console_live_since(),
              cell: ({ startedAt }) => <DateTime at={startedAt} className="max-sm:whitespace-normal" />,
              end: true,
            },
          ]}
        />
      </Section>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-10 sm:grid-cols-2">
        <Section id="roles" title={m.console_live_by_role()}>
          <Counts facts={counts(byRole, roleWord)} />
        </Section>
        <Section id="protocols" title={m.console_live_by_protocol()}>
          <Counts facts={counts(byProtocol, protocolWord)} />
        </Section>
      </div>
    </div>
  )
}

function Counts({ facts }: Parameters<typeof Facts>[0]) {
  return facts.length > 0 ? <Facts facts={facts} /> : <p className="text-small text-soft">{m.console_none()}</p>
}
