// All live connections, open ones and those of the past.
import { ConnectionStatus, listConnections, Protocol } from '../../../../domains/realtime/contract.ts'
import { protocolWord } from '../../../../domains/realtime/ui/words.ts'
import { page } from '../../../context.ts'
import { m } from '../../../i18n/generated/messages.js'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Pagination } from '../../../ui/pagination.tsx'
import { asked, given } from '../parts/asked.ts'
import { ConsoleFault } from '../parts/fault.tsx'
import { FilterBar, FilterLinks, noMatch, Results, SearchBox } from '../parts/filters.tsx'
import { useReload } from '../parts/reload.ts'
import { SelectFilter } from '../parts/select-filter.tsx'
import type { Route } from './+types/connections.ts'
import { ConnectionsTable } from './connections-table.tsx'

export async function loader({ request, context }: Route.LoaderArgs) {
  const { call } = context.get(page)
  const { text, one, cursor } = asked(request)
  const search = text('search')
  const status = one('status', ConnectionStatus)
  const protocol = one('protocol', Protocol)
  const list = await call(listConnections, { limit: 30, ...cursor, ...given({ search, status, protocol }) })
  return { search, filtered: status !== undefined || protocol !== undefined, list }
}

export default function Connections({ loaderData: { search, filtered, list } }: Route.ComponentProps) {
  useReload(2_000)
  return (
    <>
      <FilterBar>
        <SearchBox label={m.console_live_search_user()} />
        <FilterLinks
          label={m.console_status()}
          name="status"
          choices={[
            { value: '', label: m.console_all() },
            { value: 'open', label: m.console_live_open() },
            { value: 'closed', label: m.console_live_closed() },
          ]}
        />
        <SelectFilter
          label={m.console_live_protocol()}
          name="protocol"
          all={m.console_live_all_protocols()}
          choices={Protocol.options.map((each) => ({ value: each, label: protocolWord(each) }))}
          className="max-sm:w-full"
        />
      </FilterBar>
      <Results>
        {list.data.length === 0 ? (
          <EmptyState
            icon="bolt"
            title={
              search ? noMatch(search) : filtered ? m.console_live_no_connections() : m.console_live_nobody_title()
            }
          >
            {search || filtered ? m.console_change_filters() : m.console_live_nobody_text()}
          </EmptyState>
        ) : (
          <ConnectionsTable connections={list.data} />
        )}
        <Pagination nextCursor={list.nextCursor} className="mt-4" />
      </Results>
    </>
  )
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <ConsoleFault error={error} />
}
