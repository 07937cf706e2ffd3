// Mail is written into the database in the transaction that makes it due, so it is never sent for something that was rolled
// back and never forgotten. Without an SMTP server it stays there: the mailbox that the console shows.
import type { Locale } from '../contract/shapes.ts'
import type { Clock } from '../clock.ts'
import type { Database, Tx } from '../database.ts'
import { newId } from '../ids.ts'
import type { Letter } from './letter.ts'

export type MailStatus = 'kept' | 'queued' | 'sent' | 'failed'
declare module '../database.ts' {
  interface Tables {
    mails: {
      id: string
      to_address: string
      to_name: string
      subject: string
      text: string
      html: string
      locale: Locale
      kind: string
      status: MailStatus
      attempts: number
      last_error: string | null
      next_attempt_at: Date | null
      created_at: Date
      sent_at: Date | null
    }
  }
}

export interface NewMail extends Letter {
  to: { address: string; name: string }
  /** What the mail is for, such as `verify_email`. */
  kind: string
  locale: Locale
}
export interface Mailer {
  send(tx: Tx, mail: NewMail): Promise<void>
}
export const MAIL_QUEUED = 'mail_queued'

/** `delivers`: whether an SMTP worker will pick the mail up. */
export function createMailer(options: { database: Database; clock: Clock; delivers: boolean }): Mailer {
  const { database, clock, delivers } = options
  return {
    async send(tx, { to, kind, locale, subject, text, html }) {
      const now = clock.now()
      await tx
        .insertInto('mails')
        .values({
          id: newId(clock),
          to_address: to.address,
          to_name: to.name,
          subject,
          text,
          html,
          locale,
          kind,
          status: delivers ? 'queued' : 'kept',
          attempts: 0,
          last_error: null,
          next_attempt_at: delivers ? now : null,
          created_at: now,
          sent_at: null,
        })
        .execute()
      if (delivers) database.afterCommit(tx, () => database.notify(MAIL_QUEUED))
    },
  }
}
