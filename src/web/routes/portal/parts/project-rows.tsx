import type { z } from 'zod'
import type { Project } from '../../../../domains/projects/contract.ts'
import { ProjectStatusTag } from '../../../../domains/projects/ui/project-status.tsx'
import { m } from '../../../i18n/generated/messages.js'
import { DateTime } from '../../../ui/date-time.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Link } from '../../../ui/link.tsx'
import { useChanged } from './changed.ts'

type Item = z.output<typeof Project>

/** Projects, a line each, with their picture and status. */
export function ProjectRows({ projects }: { projects: Item[] }) {
  return (
    <ul className="border-t border-line">
      {projects.map((project) => (
        <Row key={project.id} project={project} />
      ))}
    </ul>
  )
}

function Row({ project: { id, name, planName, status, template, updatedAt } }: { project: Item }) {
  const arriving = useChanged(status)
  return (
    <li className="relative flex items-center gap-4 border-b border-line py-4">
      <span
        aria-hidden
        className="hidden h-16 w-24 shrink-0 overflow-hidden rounded-[0.375rem] border border-line bg-sunken sm:grid"
      >
        {template ? (
          <img
            src={template.pictureUrl}
            alt=""
            width="96"
            height="64"
            loading="lazy"
            className="h-full w-full object-cover object-top"
          />
        ) : (
          <Icon name="layers" className="m-auto size-5 text-faint" />
        )}
      </span>
      <div className="min-w-0 flex-1">
        <Link
          to={`/portal/projects/${id}`}
          look="plain"
          className="font-semibold wrap-anywhere after:absolute after:inset-0"
        >
          {name}
        </Link>
        <p className="text-small text-faint">
          {planName} · {m.portal_updated()} <DateTime at={updatedAt} className="relative" />
        </p>
        <p className="mt-1.5 sm:hidden">
          <ProjectStatusTag status={status} arriving={arriving} />
        </p>
      </div>
      <span className="max-sm:hidden">
        <ProjectStatusTag status={status} arriving={arriving} />
      </span>
      <Icon name="chevron-right" className="text-faint" />
    </li>
  )
}
