// The mail the platform wrote: the list, and beside it on wide screens the mail that is open.
import { Outlet, useLocation, useParams } from 'react-router'
import { listMails, MailStatus } from '../../../../domains/notifications/contract.ts'
import { page } from '../../../context.ts'
import { m } from '../../../i18n/generated/messages.js'
import { cx } from '../../../ui/class-names.ts'
import { DateTime } from '../../../ui/date-time.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Link } from '../../../ui/link.tsx'
import { Pagination } from '../../../ui/pagination.tsx'
import { asked, given } from '../parts/asked.ts'
import { ConsoleFault } from '../parts/fault.tsx'
import { FilterBar, FilterLinks, noMatch, Results, SearchBox } from '../parts/filters.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { useReload } from '../parts/reload.ts'
import type { Route } from './+types/mailbox.ts'
import { MailStatusTag, mailStatusWord } from './mail-status.tsx'

export async function loader({ request, context }: Route.LoaderArgs) {
  const { call } = context.get(page)
  const { text, one, cursor } = asked(request)
  const search = text('search')
  const status = one('status', MailStatus)
  return { search, status, list: await call(listMails, { limit: 30, ...cursor, ...given({ search, status }) }) }
}

export default function Mailbox({ loaderData: { search, status, list } }: Route.ComponentProps) {
  useReload()
  const { id: opened } = useParams()
  const query = useLocation().search
  return (
    <>
      <PageTitle title={m.console_mailbox()} text={m.console_mailbox_text()} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 lg:grid-cols-[minmax(0,22rem)_minmax(0,1fr)]">
        <section aria-label={m.console_mails()} className={cx('min-w-0', opened && 'max-lg:hidden')}>
          <FilterBar>
            <SearchBox label={m.console_search_mails()} />
            <FilterLinks
              label={m.console_status()}
              name="status"
              choices={[
                { value: '', label: m.console_all() },
                ...MailStatus.options.map((each) => ({ value: each, label: mailStatusWord(each) })),
              ]}
            />
          </FilterBar>
          <Results>
            {list.data.length === 0 && (
              <EmptyState
                icon="mail"
                title={search ? noMatch(search) : status ? m.console_nothing_here() : m.console_no_mails_title()}
              >
                {search || status ? m.console_change_filters() : m.console_no_mails_text()}
              </EmptyState>
            )}
            {list.data.length > 0 && (
              <ul className="border-t border-line">
                {list.data.map((mail) => (
                  <li key={mail.id} className="border-b border-line">
                    <Link
                      look="plain"
                      data-row
                      to={`/console/mailbox/${mail.id}${query}`}
                      preventScrollReset
                      aria-current={mail.id === opened ? 'true' : undefined}
                      className={cx(
                        'block px-3 py-3 text-small',
                        mail.id === opened ? 'bg-nila-wash' : 'hover:bg-sunken/60',
                      )}
                    >
                      <span className="flex items-baseline justify-between gap-3">
                        <span className="truncate font-semibold">{mail.subject}</span>
                        <DateTime at={mail.createdAt} className="shrink-0 text-caption text-soft" />
                      </span>
                      <span className="mt-1 flex items-center justify-between gap-3">
                        <span className="truncate text-caption text-soft">{mail.to}</span>
                        <MailStatusTag status={mail.status} />
                      </span>
                    </Link>
                  </li>
                ))}
              </ul>
            )}
            <Pagination nextCursor={list.nextCursor} className="mt-4" />
          </Results>
        </section>
        <div className={cx('min-w-0', !opened && 'max-lg:hidden')}>
          <Outlet />
        </div>
      </div>
    </>
  )
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <ConsoleFault error={error} />
}
