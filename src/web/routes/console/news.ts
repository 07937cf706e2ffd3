// What a live message means to the agency, in a sentence for screen readers. Null for what needs no word.
import { z } from 'zod'
import { m } from '../../i18n/generated/messages.js'
import type { LiveNews } from '../../ui/live.tsx'

const About = z.object({
  project: z.object({ name: z.string(), client: z.object({ name: z.string() }) }).optional(),
  invoice: z.object({ number: z.string() }).optional(),
  flag: z.object({ invoiceNumber: z.string() }).optional(),
  user: z.object({ name: z.string() }).optional(),
})
type About = z.output<typeof About>

const sentences: Record<string, (about: About) => string | undefined> = {
  'project.ordered': ({ project }) =>
    project && m.console_news_ordered({ project: project.name, client: project.client.name }),
  'project.started': ({ project }) => project && m.console_news_started({ project: project.name }),
  'project.submitted': ({ project }) => project && m.console_news_submitted({ project: project.name }),
  'project.revision_requested': ({ project }) => project && m.console_news_revision({ project: project.name }),
  'project.completed': ({ project }) => project && m.console_news_completed({ project: project.name }),
  'project.cancelled': ({ project }) => project && m.console_news_cancelled({ project: project.name }),
  'invoice.paid': ({ invoice }) => invoice && m.console_news_paid({ number: invoice.number }),
  'payment.refunded': ({ invoice }) => invoice && m.console_news_refunded({ number: invoice.number }),
  'payment.flagged': ({ flag }) => flag && m.console_news_flagged({ number: flag.invoiceNumber }),
  'user.registered': ({ user }) => user && m.console_news_registered({ name: user.name }),
}

export function announce({ payload }: Pick<LiveNews, 'payload'>): string | null {
  const sentence = Object.hasOwn(sentences, payload.event) ? sentences[payload.event] : undefined
  const about = About.safeParse(payload.data)
  return (about.success && sentence?.(about.data)) || null
}
