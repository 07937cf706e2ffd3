import { m } from '../../../i18n/generated/messages.js'
import { DateTime } from '../../../ui/date-time.tsx'
import { Link } from '../../../ui/link.tsx'
import { Facts } from './facts.tsx'
import type { Bill, ProjectStory } from './project-data.ts'

/** What was ordered, with the picture of the template. */
export function ProjectAside({ project, bill }: { project: ProjectStory; bill: Bill | null }) {
  const { template, planName, createdAt, revisions, supportUntil } = project
  const facts = [
    { name: m.portal_plan(), value: planName },
    { name: m.portal_template(), value: template?.name ?? m.portal_template_later() },
    { name: m.portal_ordered_on(), value: <DateTime at={createdAt} show="date" /> },
    ...(bill
      ? [
          {
            name: m.portal_invoice(),
            value: (
              <Link to={`/portal/invoices/${bill.id}`} className="tabular">
                {bill.number}
              </Link>
            ),
          },
        ]
      : []),
    ...(revisions > 0 ? [{ name: m.portal_revisions(), value: m.portal_revisions_count({ count: revisions }) }] : []),
    ...(supportUntil ? [{ name: m.portal_support_until(), value: <DateTime at={supportUntil} show="date" /> }] : []),
  ]
  return (
    <>
      {template && (
        <div className="mb-3 aspect-[3/2] overflow-hidden rounded-base border border-line bg-sunken">
          <img
            src={template.pictureUrl}
            alt={m.portal_template_picture({ name: template.name })}
            width="720"
            height="480"
            loading="lazy"
            className="h-full w-full object-cover object-top"
          />
        </div>
      )}
      <Facts facts={facts} />
    </>
  )
}
