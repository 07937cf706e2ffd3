// What the agency has announced, what is planned, and the form for something new.
import { data } from 'react-router'
import { getClient, listClients } from '../../../../domains/identity/contract.ts'
import { getProject, listProjects } from '../../../../domains/projects/contract.ts'
import {
  listSentAnnouncements,
  NoSuchReceiver,
  notify,
  withdrawAnnouncement,
} from '../../../../domains/realtime/contract.ts'
import { InvalidInput } from '../../../../platform/contract/problem.ts'
import { page } from '../../../context.ts'
import { explain, text, type FormState } from '../../../form.ts'
import { m } from '../../../i18n/generated/messages.js'
import { problemOf, type PageProblem } from '../../../problem.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Pagination } from '../../../ui/pagination.tsx'
import { valuesOf } from '../catalogue/input.ts'
import { asked } from '../parts/asked.ts'
import { ConsoleFault } from '../parts/fault.tsx'
import { attempt, type Outcome } from '../parts/outcome.ts'
import { Section } from '../parts/page-title.tsx'
import type { Route } from './+types/announcements.ts'
import { AnnouncementForm } from './announcement-form.tsx'
import { announcementOf, fieldsOf } from './announcement-input.ts'
import { AnnouncementsList } from './announcements-list.tsx'

/** Offered as receivers before one searches. */
const newest = 20

export async function loader({ request, context }: Route.LoaderArgs) {
  const { call } = context.get(page)
  const [list, clients, projects] = await Promise.all([
    call(listSentAnnouncements, { limit: 20, ...asked(request).cursor }),
    call(listClients, { limit: newest }),
    call(listProjects, { limit: newest }),
  ])
  const names = await Promise.all(
    list.data.map(async ({ target }): Promise<[string, string][]> => {
      // Who is gone since has no name; the announcement stays in the list.
      if (target.kind === 'user')
        return call(getClient, { id: target.userId }).then(
          ({ name }) => [[target.userId, name]],
          () => [],
        )
      if (target.kind === 'project')
        return call(getProject, { id: target.projectId }).then(
          ({ name }) => [[target.projectId, name]],
          () => [],
        )
      return []
    }),
  )
  return {
    list,
    names: Object.fromEntries(names.flat()),
    clients: clients.data.map(({ id, name, email }) => ({ value: id, label: name, detail: email })),
    projects: projects.data.map(({ id, name, client }) => ({ value: id, label: name, detail: client.name })),
  }
}

export async function action({
  request,
  context,
}: Route.ActionArgs): Promise<Outcome | ReturnType<typeof data<FormState>>> {
  const { call } = context.get(page)
  const form = await request.formData()
  if (text(form, 'intent') === 'withdraw') return attempt(() => call(withdrawAnnouncement, { id: text(form, 'id') }))
  const values = valuesOf(form)
  try {
    await call(notify, announcementOf(values))
    return { done: true }
  } catch (error) {
    const problem = problemOf(error)
    const errors = errorsOf(problem)
    const message = Object.keys(errors).length > 0 ? m.console_check_fields() : explain(problem)
    return data<FormState>({ values, errors, message }, { status: problem.status })
  }
}

function errorsOf(problem: PageProblem): Record<string, string> {
  if (!problem.is(InvalidInput) && !problem.is(NoSuchReceiver)) return {}
  return Object.fromEntries(fieldsOf(problem.data.errors).map((field) => [field, sentenceFor(field)]))
}
function sentenceFor(field: string): string {
  if (field === 'startsAt') return m.console_announce_err_starts()
  if (field === 'endsAt') return m.console_announce_err_ends()
  return /^(title|body)\./.test(field) ? m.console_announce_err_text() : m.console_announce_err_target()
}

export default function AnnouncementsPage({ loaderData: { list, names, clients, projects } }: Route.ComponentProps) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-10 xl:grid-cols-[minmax(0,1fr)_26rem]">
      <Section id="sent" title={m.console_announce_list()} className="max-xl:order-last">
        {list.data.length === 0 ? (
          <EmptyState icon="bell" title={m.console_announce_none_title()}>
            {m.console_announce_none_text()}
          </EmptyState>
        ) : (
          <AnnouncementsList announcements={list.data} names={names} />
        )}
        <Pagination nextCursor={list.nextCursor} className="mt-4" />
      </Section>
      <Section id="new" title={m.console_announce()}>
        <AnnouncementForm clients={clients} projects={projects} />
      </Section>
    </div>
  )
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <ConsoleFault error={error} />
}
