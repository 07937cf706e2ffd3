// What is happening with my website, what do you need from me, what do I owe: in the order of what matters now.
import { data } from 'react-router'
import { listInvoices } from '../../../domains/billing/contract.ts'
import { resendVerification } from '../../../domains/identity/contract.ts'
import { listProjects } from '../../../domains/projects/contract.ts'
import { page } from '../../context.ts'
import { explain } from '../../form.ts'
import { m } from '../../i18n/generated/messages.js'
import { problemOf } from '../../problem.ts'
import { useReader } from '../../reader.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Link } from '../../ui/link.tsx'
import type { Route } from './+types/dashboard.ts'
import { FirstOrder } from './parts/first-order.tsx'
import { NextSteps, NothingToDo } from './parts/next-steps.tsx'
import { nextSteps } from './parts/next-step.ts'
import { OpenInvoices } from './parts/open-invoices.tsx'
import { PageTitle, Section } from './parts/page-title.tsx'
import { ProjectRows } from './parts/project-rows.tsx'
import { VerifyNotice } from './parts/verify-notice.tsx'

export { PortalFault as ErrorBoundary } from './parts/fault.tsx'

/** How many of the newest are looked at; further ones are on their own pages. */
const seen = 100
const shown = 5

export async function loader({ context }: Route.LoaderArgs) {
  const { call } = context.get(page)
  const [projects, invoices] = await Promise.all([
    call(listProjects, { limit: seen }),
    call(listInvoices, { limit: seen }),
  ])
  const steps = nextSteps(projects.data, invoices.data)
  const atWork = projects.data.filter(({ status }) => status === 'in_progress').map(({ name }) => name)
  return {
    projects: projects.data.slice(0, shown),
    more: projects.data.length > shown,
    steps,
    atWork,
    visit: crypto.randomUUID(),
  }
}

/** The link that confirms the e-mail address, sent again. */
export async function action({ context }: Route.ActionArgs) {
  try {
    await context.get(page).call(resendVerification, {})
    return { sent: true, message: null }
  } catch (error) {
    const problem = problemOf(error)
    return data({ sent: false, message: explain(problem) }, { status: problem.status })
  }
}

export default function Dashboard({
  loaderData: { projects, more, steps, atWork, visit },
  actionData,
}: Route.ComponentProps) {
  const { user } = useReader()
  const firstName = user?.name.split(' ')[0] ?? ''
  const verify = user && !user.emailVerified && <VerifyNotice email={user.email} answer={actionData} />
  const open = steps.flatMap((step) => (step.kind === 'pay' ? [step.invoice] : []))
  return (
    <>
      <PageTitle title={m.portal_hello({ name: firstName })} documentTitle={m.portal_home()} />
      {projects.length === 0 ? (
        <>
          <FirstOrder />
          {verify}
        </>
      ) : (
        <>
          {steps.length > 0 ? <NextSteps steps={steps} visit={visit} /> : <NothingToDo atWork={atWork} />}
          {verify}
          <div className="mt-12 grid gap-x-14 gap-y-12 lg:grid-cols-[minmax(0,1fr)_22rem]">
            <Section
              id="projects"
              title={m.portal_my_projects()}
              aside={more && <Link to="/portal/projects">{m.portal_all_projects()}</Link>}
            >
              <ProjectRows projects={projects} />
              <ButtonLink to="/pesan" reloadDocument icon="plus" className="mt-5">
                {m.portal_order_another()}
              </ButtonLink>
            </Section>
            <OpenInvoices invoices={open} />
          </div>
        </>
      )}
    </>
  )
}
