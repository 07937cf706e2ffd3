// What is happening on all gateways just now.
import { getStatus } from '../../../../domains/realtime/contract.ts'
import { page } from '../../../context.ts'
import { m } from '../../../i18n/generated/messages.js'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ConsoleFault } from '../parts/fault.tsx'
import { Section } from '../parts/page-title.tsx'
import { useReload } from '../parts/reload.ts'
import type { Route } from './+types/now.ts'
import { Breakdown } from './breakdown.tsx'
import { ConnectionsTable } from './connections-table.tsx'
import { Figures } from './figures.tsx'
import { Health, Hops } from './hops.tsx'
import { TimeLine } from './time-line.tsx'

export async function loader({ context }: Route.LoaderArgs) {
  const { list, ...status } = await context.get(page).call(getStatus, {})
  return { status, newest: list.slice(0, 10) }
}

export default function LiveNow({ loaderData: { status, newest } }: Route.ComponentProps) {
  useReload(2_000)
  return (
    <div className="space-y-10">
      <Figures status={status} />
      <TimeLine at={status.at} connections={status.connections} messages={status.rates.messagesOut} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-10 lg:grid-cols-2">
        <Hops latency={status.latency} />
        <Health status={status} />
      </div>
      <Breakdown status={status} />
      <Section id="newest" title={m.console_live_connections()}>
        {newest.length === 0 ? (
          <EmptyState icon="bolt" title={m.console_live_nobody_title()}>
            {m.console_live_nobody_text()}
          </EmptyState>
        ) : (
          <ConnectionsTable connections={newest} />
        )}
      </Section>
    </div>
  )
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <ConsoleFault error={error} />
}
