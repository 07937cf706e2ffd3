// The mails about projects and money, as words in the reader's language.
import type { Locale } from '../../platform/contract/shapes.ts'
import { letter } from '../../platform/mail/letter.ts'
import type { Letter, LetterContent } from '../../platform/mail/letter.ts'
import { formatDate, formatMoney } from '../../web/i18n/format.ts'
import { m } from '../../web/i18n/generated/messages.js'

export interface Addressee {
  id: string
  name: string
  email: string
  locale: Locale
}
interface ProjectNews {
  id: string
  name: string
  supportUntil: string | null
}
interface InvoiceNews {
  id: string
  number: string
  projectName: string
  total: number
}

type Body = Pick<LetterContent, 'subject' | 'paragraphs' | 'facts' | 'action'>
function write({ name, locale }: Addressee, body: Body): Letter {
  const to = { locale }
  return letter({ ...body, locale, greeting: m.mail_greeting({ name }, to), closing: m.mail_closing({}, to) })
}
const noteFact = (note: string | null, locale: Locale) =>
  note ? [{ label: m.mail_fact_note({}, { locale }), value: note }] : []

export type ProjectMail = 'started' | 'submitted' | 'revision' | 'completed' | 'cancelled'
const projectWords = {
  started: { subject: m.mail_started_subject, body: m.mail_started_body },
  submitted: { subject: m.mail_submitted_subject, body: m.mail_submitted_body },
  completed: { subject: m.mail_completed_subject, body: m.mail_completed_body },
  cancelled: { subject: m.mail_cancelled_subject, body: m.mail_cancelled_body },
}

export function projectLetter(
  to: Addressee,
  kind: Exclude<ProjectMail, 'revision'>,
  project: ProjectNews,
  note: string | null,
  publicUrl: string,
): Letter {
  const { locale } = to
  const words = projectWords[kind]
  const facts = noteFact(note, locale)
  if (project.supportUntil)
    facts.push({ label: m.mail_fact_support_until({}, { locale }), value: formatDate(project.supportUntil, locale) })
  return write(to, {
    subject: words.subject({ project: project.name }, { locale }),
    paragraphs: [words.body({ project: project.name }, { locale })],
    facts,
    action: { label: m.mail_open_project({}, { locale }), url: `${publicUrl}/portal/projects/${project.id}` },
  })
}

export function revisionLetter(
  to: Addressee,
  project: ProjectNews & { client: { name: string } },
  note: string | null,
  publicUrl: string,
): Letter {
  const { locale } = to
  return write(to, {
    subject: m.mail_revision_subject({ project: project.name }, { locale }),
    paragraphs: [m.mail_revision_body({ client: project.client.name, project: project.name }, { locale })],
    facts: noteFact(note, locale),
    action: { label: m.mail_open_project({}, { locale }), url: `${publicUrl}/console/projects/${project.id}` },
  })
}

const bill = ({ number, projectName }: InvoiceNews, amount: number, locale: Locale) => [
  { label: m.mail_fact_invoice({}, { locale }), value: number },
  { label: m.mail_fact_project({}, { locale }), value: projectName },
  { label: m.mail_fact_amount({}, { locale }), value: formatMoney(amount, locale) },
]

export function orderLetter(to: Addressee, invoice: InvoiceNews, publicUrl: string): Letter {
  const { locale } = to
  return write(to, {
    subject: m.mail_ordered_subject({ project: invoice.projectName }, { locale }),
    paragraphs: [m.mail_ordered_body({ number: invoice.number }, { locale })],
    facts: bill(invoice, invoice.total, locale),
    action: { label: m.mail_ordered_action({}, { locale }), url: `${publicUrl}/portal/invoices/${invoice.id}` },
  })
}
export function paidLetter(to: Addressee, invoice: InvoiceNews, publicUrl: string): Letter {
  const { locale } = to
  return write(to, {
    subject: m.mail_paid_subject({ number: invoice.number }, { locale }),
    paragraphs: [m.mail_paid_body({ project: invoice.projectName }, { locale })],
    facts: bill(invoice, invoice.total, locale),
    action: { label: m.mail_open_invoice({}, { locale }), url: `${publicUrl}/portal/invoices/${invoice.id}` },
  })
}
export function refundLetter(to: Addressee, invoice: InvoiceNews, amount: number, publicUrl: string): Letter {
  const { locale } = to
  return write(to, {
    subject: m.mail_refunded_subject({ number: invoice.number }, { locale }),
    paragraphs: [m.mail_refunded_body({ number: invoice.number }, { locale })],
    facts: bill(invoice, amount, locale),
    action: { label: m.mail_open_invoice({}, { locale }), url: `${publicUrl}/portal/invoices/${invoice.id}` },
  })
}
