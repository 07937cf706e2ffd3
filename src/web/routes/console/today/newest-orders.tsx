import type { z } from 'zod'
import type { Project } from '../../../../domains/projects/contract.ts'
import { m } from '../../../i18n/generated/messages.js'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ButtonLink } from '../../../ui/button.tsx'
import { ProjectsTable } from '../projects/projects-table.tsx'

export function NewestOrders({ projects }: { projects: z.output<typeof Project>[] }) {
  if (projects.length > 0) return <ProjectsTable dense caption={m.console_newest()} projects={projects} />
  return (
    <EmptyState
      icon="inbox"
      title={m.console_no_orders_title()}
      action={
        <ButtonLink to="/harga" reloadDocument icon="globe">
          {m.console_see_prices()}
        </ButtonLink>
      }
    >
      {m.console_no_orders_text()}
    </EmptyState>
  )
}
