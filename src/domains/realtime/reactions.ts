// The inbox's reader of the log: what reaches a user's own channel waits there until it is acknowledged.
import type { EventReader } from '../../platform/events/reader.ts'
import type { UserInbox } from './inbox/inbox.ts'

const USER = 'user:'

/** @param isLive whether events of a type are messages */
export const createInboxReader = (inbox: UserInbox, isLive: (type: string) => boolean): EventReader => ({
  name: 'realtime.inbox',
  from: 'now',
  async handle({ type, channels, position, occurredAt }, tx) {
    if (!isLive(type)) return
    const users = channels.filter((channel) => channel.startsWith(USER)).map((channel) => channel.slice(USER.length))
    if (users.length > 0) await inbox.note(tx, users, position, occurredAt)
  },
})
