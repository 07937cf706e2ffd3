import { listProjects } from '../../../domains/projects/contract.ts'
import { page } from '../../context.ts'
import { m } from '../../i18n/generated/messages.js'
import { ButtonLink } from '../../ui/button.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import type { Route } from './+types/projects.ts'
import { FirstOrder } from './parts/first-order.tsx'
import { PageTitle } from './parts/page-title.tsx'
import { ProjectRows } from './parts/project-rows.tsx'

export { PortalFault as ErrorBoundary } from './parts/fault.tsx'

export async function loader({ request, context }: Route.LoaderArgs) {
  const cursor = new URL(request.url).searchParams.get('cursor')
  return context.get(page).call(listProjects, cursor ? { cursor } : {})
}

export default function Projects({ loaderData: { data: projects, nextCursor } }: Route.ComponentProps) {
  return (
    <>
      <PageTitle
        title={m.portal_projects_title()}
        text={projects.length > 0 && m.portal_projects_text()}
        aside={
          projects.length > 0 && (
            <ButtonLink to="/pesan" reloadDocument icon="plus">
              {m.portal_order_another()}
            </ButtonLink>
          )
        }
      />
      {projects.length === 0 ? <FirstOrder /> : <ProjectRows projects={projects} />}
      <Pagination nextCursor={nextCursor} className="mt-6" />
    </>
  )
}
