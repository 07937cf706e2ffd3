import { listClients } from '../../../../domains/identity/contract.ts'
import { page } from '../../../context.ts'
import { m } from '../../../i18n/generated/messages.js'
import { ButtonLink } from '../../../ui/button.tsx'
import { DateTime } from '../../../ui/date-time.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Link } from '../../../ui/link.tsx'
import { Pagination } from '../../../ui/pagination.tsx'
import { Table } from '../../../ui/table.tsx'
import { asked, given } from '../parts/asked.ts'
import { ConsoleFault } from '../parts/fault.tsx'
import { FilterBar, noMatch, Results, SearchBox } from '../parts/filters.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import type { Route } from './+types/clients.ts'
import { BlockedTag } from './block.tsx'
import { Verified } from './verified.tsx'

export async function loader({ request, context }: Route.LoaderArgs) {
  const { call } = context.get(page)
  const { text, cursor } = asked(request)
  const search = text('search')
  return { search, list: await call(listClients, { limit: 50, ...cursor, ...given({ search }) }) }
}

export default function Clients({ loaderData: { search, list } }: Route.ComponentProps) {
  return (
    <>
      <PageTitle title={m.console_clients()} />
      <FilterBar>
        <SearchBox label={m.console_search_clients()} />
      </FilterBar>
      <Results>
        {list.data.length > 0 && (
          <Table
            caption={m.console_clients()}
            rows={list.data}
            rowKey={({ id }) => id}
            columns={[
              {
                key: 'name',
                head: m.console_name(),
                className: 'min-w-36',
                cell: ({ id, name, blocked }) => (
                  <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                    <Link look="plain" data-row to={`/console/clients/${id}`} className="font-semibold">
                      {name}
                    </Link>
                    {blocked && <BlockedTag />}
                  </span>
                ),
              },
              { key: 'email', head: m.console_email(), cell: ({ email }) => email },
              {
                key: 'verified',
                head: m.console_verification(),
                cell: ({ emailVerified }) => <Verified verified={emailVerified} />,
              },
              {
                key: 'phone',
                head: m.console_phone(),
                className: 'whitespace-nowrap',
                cell: ({ phone }) => phone ?? <span className="text-faint">{m.console_none()}</span>,
              },
              {
                key: 'since',
                head: m.console_since(),
                end: true,
                className: 'whitespace-nowrap',
                cell: ({ createdAt }) => <DateTime at={createdAt} className="text-soft" />,
              },
            ]}
          />
        )}
        {list.data.length === 0 &&
          (search ? (
            <EmptyState icon="search" title={noMatch(search)}>
              {m.console_change_search()}
            </EmptyState>
          ) : (
            <EmptyState
              icon="users"
              title={m.console_no_clients_title()}
              action={
                <ButtonLink to="/" reloadDocument icon="globe">
                  {m.common_to_site()}
                </ButtonLink>
              }
            >
              {m.console_no_clients_text()}
            </EmptyState>
          ))}
        <Pagination nextCursor={list.nextCursor} className="mt-6" />
      </Results>
    </>
  )
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <ConsoleFault error={error} />
}
