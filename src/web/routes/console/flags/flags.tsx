import { listFlags, resolveFlag } from '../../../../domains/billing/contract.ts'
import { page } from '../../../context.ts'
import { text } from '../../../form.ts'
import { m } from '../../../i18n/generated/messages.js'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Pagination } from '../../../ui/pagination.tsx'
import { asked } from '../parts/asked.ts'
import { ConsoleFault } from '../parts/fault.tsx'
import { FilterBar, FilterLinks, Results } from '../parts/filters.tsx'
import { attempt } from '../parts/outcome.ts'
import { PageTitle } from '../parts/page-title.tsx'
import type { Route } from './+types/flags.ts'
import { FlagList } from './flag-list.tsx'

export async function loader({ request, context }: Route.LoaderArgs) {
  const { call } = context.get(page)
  const { text, cursor } = asked(request)
  const resolved = text('state') === 'resolved'
  return { resolved, list: await call(listFlags, { resolved: resolved ? 'true' : 'false', limit: 30, ...cursor }) }
}

export async function action({ request, context }: Route.ActionArgs) {
  const { call } = context.get(page)
  const form = await request.formData()
  const note = text(form, 'note')
  return attempt(() => call(resolveFlag, { id: text(form, 'flag'), note }), { note }, { note: m.console_err_reason() })
}

export default function Flags({ loaderData: { resolved, list } }: Route.ComponentProps) {
  return (
    <>
      <PageTitle title={m.console_flags()} text={m.console_flags_text()} />
      <FilterBar>
        <FilterLinks
          label={m.console_status()}
          name="state"
          choices={[
            { value: '', label: m.console_flags_open() },
            { value: 'resolved', label: m.console_flags_resolved() },
          ]}
        />
      </FilterBar>
      <Results>
        {list.data.length > 0 ? (
          <FlagList flags={list.data} />
        ) : (
          <EmptyState
            icon="check-circle"
            title={resolved ? m.console_flags_none_resolved() : m.console_flags_none_title()}
          >
            {resolved ? m.console_flags_none_resolved_text() : m.console_flags_none_text()}
          </EmptyState>
        )}
        <Pagination nextCursor={list.nextCursor} className="mt-6" />
      </Results>
    </>
  )
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <ConsoleFault error={error} />
}
