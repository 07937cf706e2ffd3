// A project as the contract shows it.
import type { z } from 'zod'
import type { Locale } from '../../platform/contract/shapes.ts'
import type { Project, ProjectDetail } from './contract.ts'
import { verbsFor } from './project.ts'
import type { Actor } from './project.ts'
import type { ProjectDetailRow, ProjectRow, TimelineRow } from './store.ts'

export const projectFor = (row: ProjectRow, locale: Locale): z.input<typeof Project> => ({
  id: row.id,
  name: row.name,
  plan: row.plan_slug,
  planName: row.plan_name[locale],
  status: row.status,
  template:
    row.template_id && row.template_slug && row.template_name && row.template_picture
      ? {
          id: row.template_id,
          slug: row.template_slug,
          name: row.template_name[locale],
          pictureUrl: row.template_picture,
        }
      : null,
  client: { id: row.client_id, name: row.client_name },
  invoiceId: row.invoice_id,
  revisions: row.revisions,
  supportUntil: row.support_until,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

export const projectDetailFor = (
  row: ProjectDetailRow,
  timeline: TimelineRow[],
  actor: Actor,
  locale: Locale,
): z.input<typeof ProjectDetail> => ({
  ...projectFor(row, locale),
  brief: row.brief,
  timeline: timeline.map((entry) =>
    entry.kind === 'started' && actor === 'client' ? { ...entry, note: null } : entry,
  ),
  verbs: verbsFor(row.status, actor),
})
