import type { z } from 'zod'
import type { Project } from '../../../../domains/projects/contract.ts'
import { ProjectStatusTag } from '../../../../domains/projects/ui/project-status.tsx'
import { m } from '../../../i18n/generated/messages.js'
import { DateTime } from '../../../ui/date-time.tsx'
import { Link } from '../../../ui/link.tsx'
import { Table, type Column } from '../../../ui/table.tsx'

type ProjectRecord = z.output<typeof Project>

/** `withClient` is off where all are of one client; `dense` sets client and plan under the name, for narrow places. */
export function ProjectsTable({
  caption,
  projects,
  withClient = true,
  dense = false,
}: {
  caption: string
  projects: ProjectRecord[]
  withClient?: boolean
  dense?: boolean
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
  const plan: Column<ProjectRecord> = {
    key: 'plan',
    head: m.console_plan(),
    className: 'whitespace-nowrap',
    cell: ({ planName }) => planName,
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
          cell: ({ id, name, client, planName }) => (
            <>
              <Link look="plain" data-row to={`/console/projects/${id}`} className="font-semibold">
                {name}
              </Link>
              {dense && (
                <span className="block text-caption text-soft">
                  {withClient ? `${client.name} · ${planName}` : planName}
                </span>
              )}
            </>
          ),
        },
        ...(withClient && !dense ? [client] : []),
        ...(dense ? [] : [plan]),
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
