// What is happening on all gateways just now.
import { useOutletContext } from 'react-router'
import { getStatus } from '../../../../domains/realtime/contract.ts'
import { page } from '../../../context.ts'
import { formatDate } from '../../../i18n/format.ts'
import { m } from '../../../i18n/generated/messages.js'
import { getLocale } from '../../../i18n/generated/runtime.js'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Link } from '../../../ui/link.tsx'
import { useLive } from '../../../ui/live.tsx'
import { ConsoleFault } from '../parts/fault.tsx'
import { Section } from '../parts/page-title.tsx'
import { useReload } from '../parts/reload.ts'
import type { Route } from './+types/now.ts'
import { Breakdown } from './breakdown.tsx'
import { ConnectionsTable } from './connections-table.tsx'
import { Figures } from './figures.tsx'
import type { Seen } from './frame.tsx'
import { Health, Reasons } from './health.tsx'
import { Hops } from './hops.tsx'
import { TimeLine } from './time-line.tsx'

export async function loader({ context }: Route.LoaderArgs) {
  const { list, ...status } = await context.get(page).call(getStatus, {})
  return { status, newest: list.slice(0, 10) }
}

export default function LiveNow({ loaderData: { status, newest } }: Route.ComponentProps) {
  useReload(2_000)
  const seen = useOutletContext<Seen>()
  if (status.nodes.length === 0)
    return (
      <EmptyState icon="pause" title={m.console_live_no_gateway_title()}>
        {status.broker === 'centrifugo' ? m.console_live_centrifugo_text() : m.console_live_no_gateway_text()}
      </EmptyState>
    )
  return (
    <div className="space-y-10">
      <div>
        <AsOf at={status.at} broker={status.broker} />
        <Figures status={status} />
      </div>
      <TimeLine at={status.at} connections={status.connections} messages={status.rates.messagesOut} {...seen} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-10 lg:grid-cols-2">
        <Hops latency={status.latency} />
        <Health status={status} />
      </div>
      <Breakdown status={status} />
      <Section
        id="newest"
        title={m.console_live_newest()}
        aside={
          newest.length > 0 && (
            <Link to="/console/live/connections?status=open">{m.console_live_all_connections()}</Link>
          )
        }
      >
        {newest.length === 0 ? (
          <EmptyState icon="bolt" title={m.console_live_nobody_title()}>
            {m.console_live_nobody_text()}
          </EmptyState>
        ) : (
          <ConnectionsTable connections={newest} />
        )}
      </Section>
      <Reasons status={status} />
    </div>
  )
}

const brokers = { postgres: 'PostgreSQL', redis: 'Redis', centrifugo: 'Centrifugo' }

/** How fresh the figures are; when they no longer are, it says so. */
function AsOf({ at, broker }: { at: string; broker: keyof typeof brokers }) {
  const stale = useLive().state === 'interrupted'
  const time = formatDate(at, getLocale(), 'second')
  return (
    <p className={stale ? 'mb-5 text-caption text-kunyit' : 'mb-5 text-caption text-faint'}>
      <Icon name={stale ? 'pause' : 'refresh'} className="mr-1.5" />
      <span className="tabular">{stale ? m.console_live_as_of({ time }) : m.console_live_updated({ time })}</span>
      <span aria-hidden="true"> · </span>
      {m.console_live_broker({ broker: brokers[broker] })}
    </p>
  )
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <ConsoleFault error={error} />
}
