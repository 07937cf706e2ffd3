// The board of projects: columns side by side on a wide screen; on a narrow one the column that the address names.
import { Link as RouterLink, useLocation, useSearchParams } from 'react-router'
import type { z } from 'zod'
import type { Project, ProjectStatus } from '../../../../domains/projects/contract.ts'
import { projectStatusWord } from '../../../../domains/projects/ui/project-status.tsx'
import { formatNumber } from '../../../i18n/format.ts'
import { m } from '../../../i18n/generated/messages.js'
import { getLocale } from '../../../i18n/generated/runtime.js'
import { cx } from '../../../ui/class-names.ts'
import { Link } from '../../../ui/link.tsx'
import { Badge } from '../../../ui/status-tag.tsx'
import { Card } from './card.tsx'
import { useVerbs } from './verbs.tsx'

export interface Column {
  status: ProjectStatus
  projects: z.output<typeof Project>[]
  /** Of all projects in the status; null while a search narrows the board. */
  total: number | null
  more: boolean
}

export function Board({ columns, chosen }: { columns: Column[]; chosen: ProjectStatus }) {
  const { ask, dialog } = useVerbs()
  return (
    <>
      <Segments columns={columns} chosen={chosen} />
      <div className="grid items-start gap-4 lg:-mx-1 lg:auto-cols-[minmax(15rem,1fr)] lg:grid-flow-col lg:overflow-x-auto lg:px-1 lg:pb-2">
        {columns.map((column) => (
          <section
            key={column.status}
            data-column
            aria-labelledby={`column-${column.status}`}
            className={cx('min-w-0 lg:rounded-base lg:bg-sunken lg:p-3', column.status !== chosen && 'max-lg:hidden')}
          >
            <h2
              id={`column-${column.status}`}
              className="mb-3 flex items-center justify-between gap-2 text-small font-bold max-lg:visually-hidden"
            >
              {projectStatusWord(column.status)}
              <CountOf column={column} />
            </h2>
            <ul className="space-y-3">
              {column.projects.map((project) => (
                <li key={project.id}>
                  <Card project={project} ask={ask} />
                </li>
              ))}
            </ul>
            {column.projects.length === 0 && (
              <p className="py-3 text-small text-soft lg:px-1">{empty[column.status]()}</p>
            )}
            {column.more && <MoreOf status={column.status} />}
          </section>
        ))}
      </div>
      {dialog}
    </>
  )
}

const empty: Record<ProjectStatus, () => string> = {
  pending_payment: () => m.console_empty_pending_payment(),
  in_progress: () => m.console_empty_in_progress(),
  review: () => m.console_empty_review(),
  completed: () => m.console_empty_completed(),
  cancelled: () => m.console_empty_cancelled(),
}

function CountOf({ column: { total, projects, more } }: { column: Column }) {
  const shown = `${formatNumber(total ?? projects.length, getLocale())}${total === null && more ? '+' : ''}`
  return <Badge>{shown}</Badge>
}

function MoreOf({ status }: { status: ProjectStatus }) {
  const [params] = useSearchParams()
  const search = params.get('search')
  const query = new URLSearchParams({ view: 'table', status, ...(search && { search }) })
  return (
    <p className="mt-3 text-small">
      <Link to={`/console/projects?${query}`}>{m.console_column_more()}</Link>
    </p>
  )
}

/** The columns as segments, for narrow screens. */
function Segments({ columns, chosen }: { columns: Column[]; chosen: ProjectStatus }) {
  const { pathname } = useLocation()
  const [params] = useSearchParams()
  return (
    <nav
      aria-label={m.console_columns()}
      className="-mx-4 mb-4 flex gap-1 overflow-x-auto border-b border-line px-4 lg:hidden"
    >
      {columns.map((column) => {
        const next = new URLSearchParams(params)
        next.set('column', column.status)
        const current = column.status === chosen
        return (
          <RouterLink
            key={column.status}
            to={`${pathname}?${next}`}
            replace
            preventScrollReset
            aria-current={current ? 'true' : undefined}
            className={cx(
              '-mb-px flex min-h-11 shrink-0 items-center gap-2 border-b-2 px-2 text-small font-semibold whitespace-nowrap no-underline',
              current ? 'border-nila text-ink' : 'border-transparent text-soft',
            )}
          >
            {projectStatusWord(column.status)}
            <CountOf column={column} />
          </RouterLink>
        )
      })}
    </nav>
  )
}
