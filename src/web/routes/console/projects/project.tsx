// One project with everything about it: the client, the brief, the story, the invoices, and what can be done now.
import { listInvoices } from '../../../../domains/billing/contract.ts'
import { cancelProject, getProject, startProject, submitProject } from '../../../../domains/projects/contract.ts'
import { BriefList } from '../../../../domains/projects/ui/brief-list.tsx'
import { ProjectStatusTag } from '../../../../domains/projects/ui/project-status.tsx'
import { page } from '../../../context.ts'
import { text } from '../../../form.ts'
import { m } from '../../../i18n/generated/messages.js'
import { Button } from '../../../ui/button.tsx'
import { DateTime } from '../../../ui/date-time.tsx'
import { Link } from '../../../ui/link.tsx'
import { InvoicesTable } from '../invoices/invoices-table.tsx'
import { Facts } from '../parts/facts.tsx'
import { ConsoleFault } from '../parts/fault.tsx'
import { attempt } from '../parts/outcome.ts'
import { PageTitle, Section } from '../parts/page-title.tsx'
import type { Route } from './+types/project.ts'
import { Story } from './story.tsx'
import { agencyVerbs, useVerbs, verbLooks } from './verbs.tsx'

export async function loader({ params: { id }, context }: Route.LoaderArgs) {
  const { call } = context.get(page)
  const [project, invoices] = await Promise.all([
    call(getProject, { id }),
    call(listInvoices, { projectId: id, limit: 100 }),
  ])
  return { project, invoices: invoices.data }
}

export async function action({ params: { id }, request, context }: Route.ActionArgs) {
  const { call } = context.get(page)
  const form = await request.formData()
  const reason = text(form, 'reason')
  const note = text(form, 'note')
  switch (text(form, 'intent')) {
    case 'start':
      return attempt(() => call(startProject, { id, reason }), { reason }, { reason: m.console_err_reason() })
    case 'submit':
      return attempt(() => call(submitProject, { id, ...(note && { note }) }), { note }, { note: m.console_err_note() })
    case 'cancel':
      return attempt(
        () => call(cancelProject, { id, ...(reason && { reason }) }),
        { reason },
        { reason: m.console_err_note() },
      )
    default:
      throw new Response(null, { status: 400 })
  }
}

export default function ProjectPage({ loaderData: { project, invoices } }: Route.ComponentProps) {
  const { ask, dialog } = useVerbs()
  const { client, template, brief } = project
  const written = brief !== null && Object.keys(brief).length > 1
  return (
    <>
      <PageTitle
        title={project.name}
        back={{ to: '/console/projects', label: m.console_projects() }}
        tag={<ProjectStatusTag status={project.status} />}
        aside={agencyVerbs(project.verbs).map((verb) => (
          <Button
            key={verb}
            type="button"
            kind={verbLooks[verb].kind}
            icon={verbLooks[verb].icon}
            onClick={() => ask(verb, project)}
          >
            {verbLooks[verb].word()}
          </Button>
        ))}
      />
      {dialog}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="space-y-10">
          <Section id="story" title={m.console_story()}>
            <Story project={project} />
          </Section>
          <Section id="brief" title={m.console_brief()}>
            {written ? <BriefList brief={brief} /> : <p className="text-small text-soft">{m.console_brief_empty()}</p>}
          </Section>
          <Section id="invoices" title={m.console_invoices()}>
            {invoices.length > 0 ? (
              <InvoicesTable caption={m.console_invoices()} invoices={invoices} withProject={false} />
            ) : (
              <p className="text-small text-soft">{m.console_project_no_invoices()}</p>
            )}
          </Section>
        </div>
        <aside aria-label={m.console_facts()}>
          {template && (
            <img
              src={template.pictureUrl}
              alt={m.console_template_picture({ name: template.name })}
              className="mb-4 block aspect-4/3 w-full rounded-base border border-line object-cover object-top"
            />
          )}
          <Facts
            facts={[
              { name: m.console_client(), value: <Link to={`/console/clients/${client.id}`}>{client.name}</Link> },
              { name: m.console_plan(), value: project.planName },
              { name: m.console_template(), value: template?.name ?? m.console_none() },
              { name: m.console_revisions(), value: project.revisions },
              { name: m.console_ordered_at(), value: <DateTime at={project.createdAt} show="date" /> },
              { name: m.console_changed_at(), value: <DateTime at={project.updatedAt} /> },
              ...(project.supportUntil
                ? [{ name: m.console_support_until(), value: <DateTime at={project.supportUntil} show="date" /> }]
                : []),
            ]}
          />
          <p className="mt-4 text-small">
            <Link to={`/console/events?subject=project:${project.id}`}>{m.console_events_of_this()}</Link>
          </p>
        </aside>
      </div>
    </>
  )
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <ConsoleFault error={error} />
}
