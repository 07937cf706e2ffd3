// What a live message means to the client, in a sentence, and where to look. Null for what needs no word.
import { z } from 'zod'
import { m } from '../../../i18n/generated/messages.js'
import type { LiveNews } from '../../../ui/live.tsx'

const About = z.object({
  project: z.object({ id: z.string(), name: z.string() }).optional(),
  invoice: z.object({ id: z.string(), number: z.string() }).optional(),
})

const ofProject: Record<string, (project: { name: string }) => string> = {
  'project.started': (project) => m.portal_news_started(project),
  'project.submitted': (project) => m.portal_news_submitted(project),
  'project.revision_requested': (project) => m.portal_news_revision(project),
  'project.completed': (project) => m.portal_news_completed(project),
  'project.cancelled': (project) => m.portal_news_cancelled(project),
}
const ofInvoice: Record<string, (invoice: { number: string }) => string> = {
  'invoice.paid': (invoice) => m.portal_news_paid(invoice),
  'payment.ended': (invoice) => m.portal_news_ended(invoice),
  'payment.refunded': (invoice) => m.portal_news_refunded(invoice),
}

export interface Sentence {
  text: string
  to: string
}

export function sentenceOf({ payload }: Pick<LiveNews, 'payload'>): Sentence | null {
  const about = About.safeParse(payload.data)
  if (!about.success) return null
  const { project, invoice } = about.data
  const aboutProject = Object.hasOwn(ofProject, payload.event) ? ofProject[payload.event] : undefined
  if (project && aboutProject) return { text: aboutProject(project), to: `/portal/projects/${project.id}` }
  const aboutInvoice = Object.hasOwn(ofInvoice, payload.event) ? ofInvoice[payload.event] : undefined
  if (invoice && aboutInvoice) return { text: aboutInvoice(invoice), to: `/portal/invoices/${invoice.id}` }
  return null
}

export const announce = (news: LiveNews): string | null => sentenceOf(news)?.text ?? null
