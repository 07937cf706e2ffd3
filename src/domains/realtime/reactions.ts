// The inbox's reader of the log: what reaches a user's own channel waits there until it is acknowledged.
import type { EventReader } from '../../platform/events/reader.ts'
import { parseChannel } from './channels.ts'
import type { UserInbox } from './inbox/inbox.ts'
import { INBOX_READER } from './inbox/store.ts'

export const createInboxReader = (inbox: Pick<UserInbox, 'note'>): EventReader => ({
  name: INBOX_READER,
  from: 'now',
  async handle({ live, channels, position, occurredAt }, tx) {
    if (live === null) return
    const users = channels.map(parseChannel).flatMap((name) => (name?.kind === 'user' ? [name.id] : []))
    if (users.length > 0) await inbox.note(tx, users, position, occurredAt)
  },
})
