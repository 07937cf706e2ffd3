// The inbox's reader of the log: what reaches a user's own channel waits there until it is acknowledged.
import type { EventReader } from '../../platform/events/reader.ts'
import { parseChannel } from './channels.ts'
import type { UserInbox } from './inbox/inbox.ts'
import { INBOX_READER } from './inbox/store.ts'

/** @param isLive whether events of a type are messages */
export const createInboxReader = (inbox: Pick<UserInbox, 'note'>, isLive: (type: string) => boolean): EventReader => ({
  name: INBOX_READER,
  from: 'now',
  async handle({ type, channels, position, occurredAt }, tx) {
    if (!isLive(type)) return
    const users = channels.map(parseChannel).flatMap((name) => (name?.kind === 'user' ? [name.id] : []))
    if (users.length > 0) await inbox.note(tx, users, position, occurredAt)
  },
})
