// Which events become mail, and to whom.
import type { Tx } from '../../platform/database.ts'
import { reading, when } from '../../platform/events/reader.ts'
import type { EventReader } from '../../platform/events/reader.ts'
import type { Letter } from '../../platform/mail/letter.ts'
import type { Platform } from '../../platform/platform.ts'
import { InvoiceIssued, InvoicePaid, PaymentRefunded } from '../billing/contract.ts'
import {
  ProjectCancelled,
  ProjectCompleted,
  ProjectStarted,
  ProjectSubmitted,
  RevisionRequested,
} from '../projects/contract.ts'
import { orderLetter, paidLetter, projectLetter, refundLetter, revisionLetter } from './letters.ts'
import type { Addressee } from './letters.ts'

export interface People {
  addressee(id: string): Promise<Addressee | null>
  owners(): Promise<Addressee[]>
}

export function createMailReader({ platform, people }: { platform: Platform; people: People }): EventReader {
  const { mailer, publicUrl } = platform

  async function post(tx: Tx, to: Addressee | null, kind: string, compose: (to: Addressee) => Letter) {
    if (to) await mailer.send(tx, { ...compose(to), to: { address: to.email, name: to.name }, kind, locale: to.locale })
  }
  const toClient = async (tx: Tx, clientId: string, kind: string, compose: (to: Addressee) => Letter) =>
    post(tx, await people.addressee(clientId), kind, compose)
  const project = (event: typeof ProjectSubmitted, kind: 'submitted' | 'completed' | 'cancelled') =>
    when(event, ({ data }, tx) =>
      toClient(tx, data.project.client.id, `project_${kind}`, (to) =>
        projectLetter(to, kind, data.project, data.note, publicUrl),
      ),
    )

  return reading('notifications.mail', [
    when(InvoiceIssued, ({ data: { invoice } }, tx) =>
      toClient(tx, invoice.client.id, 'order', (to) => orderLetter(to, invoice, publicUrl)),
    ),
    when(InvoicePaid, ({ data: { invoice } }, tx) =>
      toClient(tx, invoice.client.id, 'paid', (to) => paidLetter(to, invoice, publicUrl)),
    ),
    when(PaymentRefunded, ({ data: { invoice, refund } }, tx) =>
      toClient(tx, invoice.client.id, 'refunded', (to) => refundLetter(to, invoice, refund.amount, publicUrl)),
    ),
    when(ProjectStarted, async ({ data, actor }, tx) => {
      // Begun by a payment, the mail about the payment says so already.
      if (actor === null) return
      await toClient(tx, data.project.client.id, 'project_started', (to) =>
        projectLetter(to, 'started', data.project, null, publicUrl),
      )
    }),
    project(ProjectSubmitted, 'submitted'),
    project(ProjectCompleted as unknown as typeof ProjectSubmitted, 'completed'),
    project(ProjectCancelled as unknown as typeof ProjectSubmitted, 'cancelled'),
    when(RevisionRequested, async ({ data }, tx) => {
      for (const owner of await people.owners()) {
        await post(tx, owner, 'project_revision', (to) => revisionLetter(to, data.project, data.note, publicUrl))
      }
    }),
  ])
}
