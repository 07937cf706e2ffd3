// Mail about what happened, and the mailbox in the console.
import { implement } from '../../platform/contract/call.ts'
import { keyOf, pageOf } from '../../platform/contract/page.ts'
import { NotFound } from '../../platform/contract/problem.ts'
import { MAIL_QUEUED } from '../../platform/mail/mailer.ts'
import type { Platform, Slice } from '../../platform/platform.ts'
import { operations } from './contract.ts'
import type { MailServer } from './gateway.ts'
import { createDelivery } from './jobs.ts'
import { createMailReader } from './reactions.ts'
import type { People } from './reactions.ts'
import * as store from './store.ts'

const listed = (mail: store.MailRow) => ({
  id: mail.id,
  to: mail.to_address,
  subject: mail.subject,
  kind: mail.kind,
  locale: mail.locale,
  status: mail.status,
  error: mail.last_error,
  createdAt: mail.created_at,
  sentAt: mail.sent_at,
})

/** Without a `server` mail stays in the mailbox. */
export function createNotifications({
  platform,
  people,
  server,
}: {
  platform: Platform
  people: People
  server: MailServer | null
}): Slice {
  const { database, clock } = platform
  return {
    readers: [createMailReader({ platform, people })],
    workers: server ? [createDelivery({ platform, server })] : [],
    operations: implement(operations, {
      listMails: async (_call, { limit, cursor, status, search }) =>
        pageOf(
          await store.mails(database.db, { limit: limit + 1, before: keyOf(cursor), status, search }),
          limit,
          (row) => row.id,
          listed,
        ),
      getMail: async (_call, { id }) => {
        const mail = await store.mailById(database.db, id)
        if (!mail) throw NotFound.because('No such mail.')
        return { ...listed(mail), text: mail.text, html: mail.html }
      },
      resendMail: (call, { id }) =>
        call.transaction(async (tx) => {
          const mail = await store.queueAgain(tx, id, clock.now())
          if (!mail) throw NotFound.because('Only a failed mail can be sent again.')
          database.afterCommit(tx, () => database.notify(MAIL_QUEUED))
          return listed(mail)
        }),
    }),
  }
}
