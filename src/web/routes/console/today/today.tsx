// The first page of the console: what needs a human now, and how the agency stands.
import { listParkedEvents } from '../../../../domains/audit/contract.ts'
import { listFlags, summarizeBilling } from '../../../../domains/billing/contract.ts'
import { listMails } from '../../../../domains/notifications/contract.ts'
import { countProjects, listProjects } from '../../../../domains/projects/contract.ts'
import { page } from '../../../context.ts'
import { formatDate } from '../../../i18n/format.ts'
import { m } from '../../../i18n/generated/messages.js'
import { getLocale } from '../../../i18n/generated/runtime.js'
import { useReader } from '../../../reader.ts'
import { Link } from '../../../ui/link.tsx'
import { ConsoleFault } from '../parts/fault.tsx'
import { PageTitle, Section } from '../parts/page-title.tsx'
import type { Route } from './+types/today.ts'
import { AttentionList } from './attention-list.tsx'
import { matters } from './attention.ts'
import { Counts } from './counts.tsx'
import { MoneyToday } from './money.tsx'
import { NewestOrders } from './newest-orders.tsx'

export async function loader({ context }: Route.LoaderArgs) {
  const { call, now } = context.get(page)
  const [flags, working, unpaid, mails, parked, counts, newest, summary] = await Promise.all([
    call(listFlags, { resolved: 'false', limit: 100 }),
    call(listProjects, { status: 'in_progress', limit: 100 }),
    call(listProjects, { status: 'pending_payment', limit: 100 }),
    call(listMails, { status: 'failed', limit: 100 }),
    call(listParkedEvents, {}),
    call(countProjects, {}),
    call(listProjects, { limit: 8 }),
    call(summarizeBilling, {}),
  ])
  const situation = { flags: flags.data, working: working.data, unpaid: unpaid.data, now }
  return {
    matters: matters({ ...situation, failedMails: mails.data.length, parkedEvents: parked.data.length }),
    counts,
    newest: newest.data,
    summary,
  }
}

export default function Today({ loaderData: { matters, counts, newest, summary } }: Route.ComponentProps) {
  const { now } = useReader()
  return (
    <>
      <PageTitle title={m.console_today()} text={formatDate(now, getLocale(), 'date')} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-12 gap-y-10 xl:grid-cols-[minmax(0,1fr)_22rem] xl:grid-rows-[auto_1fr]">
        <Section id="now" title={m.console_needs_you()}>
          <AttentionList matters={matters} />
        </Section>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-10 md:max-xl:grid-cols-2 xl:row-span-2">
          <Section id="money" title={m.console_received_month()}>
            <MoneyToday summary={summary} />
          </Section>
          <Section id="counts" title={m.console_projects()}>
            <Counts counts={counts} />
          </Section>
        </div>
        <Section
          id="newest"
          title={m.console_newest()}
          aside={<Link to="/console/projects?view=table">{m.console_all_projects()}</Link>}
        >
          <NewestOrders projects={newest} />
        </Section>
      </div>
    </>
  )
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <ConsoleFault error={error} />
}
