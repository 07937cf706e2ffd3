// One website from order to handover: where it stands, the one thing to do, and the story so far.
import { data, redirect } from 'react-router'
import { getInvoice } from '../../../domains/billing/contract.ts'
import { nextCodeKey, owed } from '../../../domains/billing/ui/payment-view.ts'
import {
  TransitionRefused,
  approveProject,
  cancelProject,
  getProject,
  requestRevision,
} from '../../../domains/projects/contract.ts'
import { BriefList } from '../../../domains/projects/ui/brief-list.tsx'
import { ProjectStatusTag } from '../../../domains/projects/ui/project-status.tsx'
import { ProjectStory } from '../../../domains/projects/ui/project-story.tsx'
import { InvalidInput } from '../../../platform/contract/problem.ts'
import { page } from '../../context.ts'
import { explain, refused, text } from '../../form.ts'
import { m } from '../../i18n/generated/messages.js'
import { problemOf } from '../../problem.ts'
import type { Route } from './+types/project.ts'
import { useChanged } from './parts/changed.ts'
import { isSameName } from './parts/confirmation.ts'
import { PageTitle, Section } from './parts/page-title.tsx'
import { ProjectAside } from './parts/project-aside.tsx'
import { ProjectNext } from './parts/project-next.tsx'

export { PortalFault as ErrorBoundary } from './parts/fault.tsx'

export async function loader({ params, request, context }: Route.LoaderArgs) {
  const { call } = context.get(page)
  const project = await call(getProject, { id: params.id })
  const invoice = project.invoiceId ? await call(getInvoice, { id: project.invoiceId }) : null
  const asked = new URL(request.url).searchParams
  // Which form is open stands in the address, so that it opens without JavaScript and the back button closes it.
  const form = asked.has('revise') ? ('revise' as const) : asked.has('cancel') ? ('cancel' as const) : null
  const bill = invoice && {
    id: invoice.id,
    number: invoice.number,
    status: invoice.status,
    owed: owed(invoice),
    paymentKey: nextCodeKey(invoice),
  }
  return { project, bill, form }
}

export async function action({ params: { id }, request, context }: Route.ActionArgs) {
  const { call } = context.get(page)
  const here = `/portal/projects/${id}`
  const form = await request.formData()
  const [note, reason, confirmation] = [text(form, 'note'), text(form, 'reason'), text(form, 'confirmation')]
  const values = { note, reason, confirmation }
  try {
    const intent = text(form, 'intent')
    if (intent === 'approve') await call(approveProject, { id })
    if (intent === 'revise') await call(requestRevision, { id, note })
    if (intent === 'cancel') {
      const { name } = await call(getProject, { id })
      if (!isSameName(confirmation, name)) {
        return data(
          { values, errors: { confirmation: m.portal_cancel_confirm_error({ name }) }, message: null },
          { status: InvalidInput.status },
        )
      }
      await call(cancelProject, { id, ...(reason && { reason }) })
    }
    return redirect(here, 303)
  } catch (error) {
    const problem = problemOf(error)
    // Somebody was faster; the page as it is now says how things stand.
    if (problem.is(TransitionRefused))
      return data({ values, errors: {}, message: explain(problem) }, { status: problem.status })
    return refused(problem, values, {
      note: m.portal_revision_error(),
      reason: m.portal_cancel_reason_error(),
      confirmation: '',
    })
  }
}

export default function ProjectPage({ loaderData: { project, bill, form }, actionData }: Route.ComponentProps) {
  const arriving = useChanged(project.status)
  return (
    <>
      <PageTitle
        title={project.name}
        back={{ to: '/portal', label: m.portal_home() }}
        aside={<ProjectStatusTag status={project.status} arriving={arriving} />}
      />
      <ProjectNext key={project.status} project={project} bill={bill} form={form} answer={actionData} />
      <div className="mt-12 grid gap-x-14 gap-y-12 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Section id="story" title={m.portal_story()}>
          <ProjectStory status={project.status} timeline={project.timeline} />
        </Section>
        <div className="space-y-12">
          <Section id="about" title={m.portal_about()}>
            <ProjectAside project={project} bill={bill} />
          </Section>
          <Section id="brief" title={m.portal_brief()}>
            <BriefList brief={project.brief} />
          </Section>
        </div>
      </div>
    </>
  )
}
