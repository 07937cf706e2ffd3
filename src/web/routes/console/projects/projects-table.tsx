import type { z } from 'zod'
import type { Project } from '../../../../domains/projects/contract.ts'
import { ProjectStatusTag } from '../../../../domains/projects/ui/project-status.tsx'
import { m } from '../../../i18n/generated/messages.js'
import { DateTime } from '../../../ui/date-time.tsx'
import { Link } from '../../../ui/link.tsx'
import { Table, type Column } from '../../../ui/table.tsx'

type ProjectRecord = z.output<typeof Project>

/** `withClient` is off where all are of one client. */
export function ProjectsTable({
  caption,
  projects,
  withClient = true,
}: {
  caption: string
  projects: ProjectRecord[]
  withClient?: boolean
}) {
  const client: Column<ProjectRecord> = {
    key: 'client',
    head: m.console_client(),
    cell: ({ client: { id, name } }) => (
      <Link look="quiet" to={`/console/clients/${id}`}>
        {name}
      </Link>
    ),
  }
  return (
    <Table
      caption={caption}
      rows={projects}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'name',
          head: m.console_project(),
          className: 'min-w-44',
          cell: ({ id, name }) => (
            <Link look="plain" data-row to={`/console/projects/${id}`} className="font-semibold">
              {name}
            </Link>
          ),
        },
        ...(withClient ? [client] : []),
        { key: 'plan', head: m.console_plan(), className: 'whitespace-nowrap', cell: ({ planName }) => planName },
        { key: 'status', head: m.console_status(), cell: ({ status }) => <ProjectStatusTag status={status} /> },
        {
          key: 'created',
          head: m.console_ordered_at(),
          end: true,
          className: 'whitespace-nowrap',
          cell: ({ createdAt }) => <DateTime at={createdAt} className="text-soft" />,
        },
      ]}
    />
  )
}
