// Mail that the platform writes, and the mailbox in which the console shows it.
import { z } from 'zod'
import { agencyOnly, get, operation, post } from '../../platform/contract/operation.ts'
import { ById, Id, Line, LocaleSchema, Page, PageInput, Time } from '../../platform/contract/shapes.ts'

export const MailStatus = z.enum(['kept', 'queued', 'sent', 'failed'])
export const Mail = z.object({
  id: Id,
  to: z.string(),
  subject: z.string(),
  kind: z.string(),
  locale: LocaleSchema,
  status: MailStatus,
  error: z.string().nullable(),
  createdAt: Time,
  sentAt: Time.nullable(),
})
export const MailDetail = Mail.extend({ text: z.string(), html: z.string() })

export const listMails = operation('notifications.listMails', {
  does: 'The mail the platform wrote, newest first.',
  rest: get('/api/admin/mails'),
  input: PageInput.extend({ status: MailStatus.optional(), search: Line(100).optional() }),
  output: Page(Mail),
  allows: agencyOnly,
})
export const getMail = operation('notifications.getMail', {
  does: 'One mail with its text.',
  rest: get('/api/admin/mails/{id}'),
  input: ById,
  output: MailDetail,
  allows: agencyOnly,
})
export const resendMail = operation('notifications.resendMail', {
  does: 'Puts a failed mail back in the queue.',
  rest: post('/api/admin/mails/{id}/resend'),
  input: ById,
  output: Mail,
  allows: agencyOnly,
})
export const operations = { listMails, getMail, resendMail }
