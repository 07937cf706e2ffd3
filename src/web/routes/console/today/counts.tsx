import type { Output } from '../../../../platform/contract/operation.ts'
import { ProjectStatus, type countProjects } from '../../../../domains/projects/contract.ts'
import { ProjectStatusTag } from '../../../../domains/projects/ui/project-status.tsx'
import { formatNumber } from '../../../i18n/format.ts'
import { getLocale } from '../../../i18n/generated/runtime.js'
import { Link } from '../../../ui/link.tsx'

/** How many projects are in each status. */
export function Counts({ counts }: { counts: Output<typeof countProjects> }) {
  return (
    <ul className="border-t border-line">
      {ProjectStatus.options.map((status) => (
        <li key={status} className="border-b border-line">
          <Link
            to={`/console/projects?column=${status}`}
            look="plain"
            className="flex min-h-11 items-center justify-between gap-4 hover:bg-sunken/60"
          >
            <ProjectStatusTag status={status} />
            <span className="text-small font-semibold tabular">{formatNumber(counts[status] ?? 0, getLocale())}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
