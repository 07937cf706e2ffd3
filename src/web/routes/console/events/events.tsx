// The event log: everything that happened, newest first, each entry with its data.
import { listEvents } from '../../../../domains/audit/contract.ts'
import { page } from '../../../context.ts'
import { m } from '../../../i18n/generated/messages.js'
import { DateTime } from '../../../ui/date-time.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Pagination } from '../../../ui/pagination.tsx'
import { asked, given } from '../parts/asked.ts'
import { ConsoleFault } from '../parts/fault.tsx'
import { FilterBar, Results, SearchBox } from '../parts/filters.tsx'
import { useReload } from '../parts/reload.ts'
import { SelectFilter } from '../parts/select-filter.tsx'
import type { Route } from './+types/events.ts'
import { eventTypes } from './event-types.ts'
import { EventsFrame } from './frame.tsx'
import { shortSubject, Subject } from './subject.tsx'

export async function loader({ request, context }: Route.LoaderArgs) {
  const { call } = context.get(page)
  const { text, cursor } = asked(request)
  const type = text('type')
  const subject = text('subject')?.slice(0, 80)
  return { type, subject, list: await call(listEvents, { limit: 50, ...cursor, ...given({ type, subject }) }) }
}

export default function Events({ loaderData: { type, subject, list } }: Route.ComponentProps) {
  useReload()
  return (
    <EventsFrame>
      <FilterBar>
        <SearchBox name="subject" label={m.console_filter_subject()} placeholder="project:…" />
        <SelectFilter
          label={m.console_filter_type()}
          name="type"
          all={m.console_all_types()}
          choices={eventTypes.map((name) => ({ value: name, label: name }))}
          className="min-w-56"
        />
      </FilterBar>
      <Results>
        {list.data.length === 0 ? (
          <EmptyState icon="search" title={m.console_nothing_here()}>
            {type || subject ? m.console_subject_help() : m.console_log_empty()}
          </EmptyState>
        ) : (
          <ul className="border-t border-line">
            {list.data.map((entry) => (
              <li key={entry.position} className="border-b border-line text-small">
                <details className="group">
                  <summary
                    className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 py-2.5 hover:bg-sunken/60"
                    data-row
                  >
                    <Icon
                      name="chevron-right"
                      className="text-faint transition-transform duration-150 group-open:rotate-90"
                    />
                    <span className="w-14 shrink-0 text-caption text-faint tabular max-sm:hidden">
                      {entry.position}
                    </span>
                    <span className="min-w-0 flex-1 font-mono text-caption font-semibold wrap-anywhere">
                      {entry.type}
                    </span>
                    <span className="shrink-0 font-mono text-caption text-faint max-lg:hidden">
                      {shortSubject(entry.subject)}
                    </span>
                    <span className="w-24 shrink-0 text-right text-caption text-soft">
                      {entry.actor === null ? m.console_by_system() : m.console_by_person()}
                    </span>
                    <DateTime at={entry.occurredAt} className="w-28 shrink-0 text-right text-caption text-soft" />
                  </summary>
                  <div className="pb-3 pl-6">
                    <p className="mb-2 flex flex-wrap gap-x-5 gap-y-1 text-caption text-soft">
                      <Subject subject={entry.subject} />
                      <DateTime at={entry.occurredAt} show="full" />
                    </p>
                    <pre
                      tabIndex={0}
                      aria-label={m.console_event_data()}
                      className="max-h-96 overflow-auto rounded-base bg-sunken p-3 font-mono text-caption"
                    >
                      {JSON.stringify(entry.data, null, 2)}
                    </pre>
                  </div>
                </details>
              </li>
            ))}
          </ul>
        )}
        <Pagination nextCursor={list.nextCursor} className="mt-6" />
      </Results>
    </EventsFrame>
  )
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <ConsoleFault error={error} />
}
