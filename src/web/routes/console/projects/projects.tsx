// All projects: a board by status, or a table. Search and view live in the address.
import { countProjects, listProjects, ProjectStatus } from '../../../../domains/projects/contract.ts'
import { projectStatusWord } from '../../../../domains/projects/ui/project-status.tsx'
import { page } from '../../../context.ts'
import { m } from '../../../i18n/generated/messages.js'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Pagination } from '../../../ui/pagination.tsx'
import { asked, given } from '../parts/asked.ts'
import { ConsoleFault } from '../parts/fault.tsx'
import { FilterBar, FilterLinks, noMatch, Results, SearchBox } from '../parts/filters.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { NewestOrders } from '../today/newest-orders.tsx'
import type { Route } from './+types/projects.ts'
import { Board } from './board.tsx'
import { mostCards } from './columns.ts'
import { ProjectsTable } from './projects-table.tsx'

export async function loader({ request, context }: Route.LoaderArgs) {
  const { call } = context.get(page)
  const { text, one, cursor } = asked(request)
  const search = text('search')
  const counts = await call(countProjects, {})
  const any = Object.values(counts).some((count) => count > 0)
  if (text('view') === 'table') {
    const status = one('status', ProjectStatus)
    const list = await call(listProjects, { limit: 50, ...cursor, ...given({ search, status }) })
    return { view: 'table' as const, any, counts, search, status, list }
  }
  const columns = await Promise.all(
    ProjectStatus.options.map(async (status) => {
      const { data, nextCursor } = await call(listProjects, { status, limit: mostCards[status], ...given({ search }) })
      return { status, projects: data, more: nextCursor !== null, total: search ? null : (counts[status] ?? 0) }
    }),
  )
  return { view: 'board' as const, any, counts, search, columns, chosen: one('column', ProjectStatus) ?? 'in_progress' }
}

export default function Projects({ loaderData }: Route.ComponentProps) {
  const { any, search, counts } = loaderData
  const views = [
    { value: '', label: m.console_view_board() },
    { value: 'table', label: m.console_view_table() },
  ]
  return (
    <>
      <PageTitle title={m.console_projects()} />
      {!any && <NewestOrders projects={[]} />}
      {any && (
        <>
          <FilterBar>
            <SearchBox label={m.console_search_projects()} />
            <FilterLinks label={m.console_view()} name="view" choices={views} />
          </FilterBar>
          <Results>
            {loaderData.view === 'board' ? (
              <Board columns={loaderData.columns} chosen={loaderData.chosen} />
            ) : (
              <>
                <FilterLinks
                  label={m.console_status()}
                  name="status"
                  className="mb-3"
                  choices={[
                    { value: '', label: m.console_all() },
                    ...ProjectStatus.options.map((status) => ({
                      value: status,
                      label: projectStatusWord(status),
                      count: counts[status] ?? 0,
                    })),
                  ]}
                />
                {loaderData.list.data.length > 0 ? (
                  <ProjectsTable caption={m.console_projects()} projects={loaderData.list.data} />
                ) : (
                  <EmptyState icon="search" title={search ? noMatch(search) : m.console_nothing_here()}>
                    {m.console_change_filters()}
                  </EmptyState>
                )}
                <Pagination nextCursor={loaderData.list.nextCursor} className="mt-6" />
              </>
            )}
          </Results>
        </>
      )}
    </>
  )
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <ConsoleFault error={error} />
}
