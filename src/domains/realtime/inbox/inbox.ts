// The inbox: what reached a user's own channel and was not acknowledged. Only a cursor is kept; the messages are in the log.
import type { Clock } from '../../../platform/clock.ts'
import type { Database, Tx } from '../../../platform/database.ts'
import type { EventLog, StoredEvent } from '../../../platform/events/log.ts'
import { InboxOverdue } from '../contract.ts'
import * as store from './store.ts'

/** How long something may wait before it counts as overdue. */
const OVERDUE_MS = 600_000
const TOLD_AT_ONCE = 100
const PAGE = 100
const MOST_COUNTED = 1_000

export interface UserInbox {
  channelOf(userId: string): string
  /** Up to where a user has acknowledged; who has no inbox gets one that begins now. Who asks at the same time shares a query. */
  cursorOf(userId: string): Promise<number>
  /** The same of many. */
  cursorsOf(userIds: readonly string[]): Promise<Map<string, number>>
  /** Everything up to a position was received. Never goes back, and never beyond the end of the log. */
  acknowledge(userId: string, position: number): Promise<void>
  /** Something reached these users; within the transaction that read it. */
  note(tx: Tx, userIds: readonly string[], position: number, at: Date): Promise<void>
  /** Appends an event for each user for whom something has waited too long, once for each stretch. True when there may be more. */
  tellOverdue(): Promise<boolean>
}

export function createInbox({
  database,
  events,
  clock,
}: {
  database: Database
  events: Pick<EventLog, 'append' | 'horizon' | 'readReaching'>
  clock: Clock
}): UserInbox {
  const { db } = database
  const channelOf = (userId: string) => `user:${userId}`
  let asking: { ids: Set<string>; answer: Promise<Map<string, number>> } | undefined

  async function inboxesOf(userIds: readonly string[]): Promise<store.InboxRow[]> {
    const found = await store.inboxes(db, userIds)
    if (found.length === userIds.length) return found
    const known = new Set(found.map(({ userId }) => userId))
    const made = await store.addInboxes(
      db,
      userIds.filter((id) => !known.has(id)),
    )
    return [...found, ...made]
  }

  async function* messagesOf(userId: string, after: number, upTo: number): AsyncGenerator<StoredEvent> {
    for (let at = after; at < upTo;) {
      const page = await events.readReaching([channelOf(userId)], at, upTo, PAGE)
      for (const event of page.events) if (event.live !== null) yield event
      if (page.upTo <= at) return
      at = page.upTo
    }
  }
  async function timeOfFirst(userId: string, after: number, upTo: number): Promise<Date | null> {
    for await (const { occurredAt } of messagesOf(userId, after, upTo)) return occurredAt
    return null
  }
  async function count(userId: string, after: number, upTo: number): Promise<number> {
    let messages = 0
    for await (const _message of messagesOf(userId, after, upTo)) if (++messages === MOST_COUNTED) break
    return messages
  }

  async function cursorsOf(userIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await inboxesOf([...new Set(userIds)])
    return new Map(rows.map(({ userId, acknowledged }) => [userId, acknowledged]))
  }

  return {
    channelOf,
    cursorsOf,
    async cursorOf(userId) {
      if (!asking) {
        const ids = new Set<string>()
        const answer = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
          asking = undefined
          return cursorsOf([...ids])
        })
        asking = { ids, answer }
      }
      asking.ids.add(userId)
      const cursor = (await asking.answer).get(userId)
      if (cursor === undefined) throw new Error('an inbox was neither found nor made')
      return cursor
    },
    async acknowledge(userId, position) {
      for (;;) {
        const [inbox] = await inboxesOf([userId])
        if (!inbox) throw new Error('an inbox was neither found nor made')
        if (position <= inbox.acknowledged) return
        // What was noted is settled; only beyond it there may be nothing yet.
        const to = position <= inbox.newest ? position : Math.min(position, await events.horizon())
        if (to <= inbox.acknowledged) return
        const untold = Math.max(to, inbox.told)
        const waiting = untold < inbox.newest ? await timeOfFirst(userId, untold, inbox.newest) : null
        // Should something have arrived or been acknowledged meanwhile, it is looked at again.
        if (await store.acknowledge(db, inbox, to, waiting)) return
      }
    },
    note: store.note,
    async tellOverdue() {
      const since = new Date(clock.now().getTime() - OVERDUE_MS)
      return database.transaction(async (tx) => {
        const overdue = await store.takeOverdue(tx, since, TOLD_AT_ONCE)
        for (const { userId, after, upTo } of overdue) {
          const messages = await count(userId, after, upTo)
          const told = { user: { id: userId }, after: String(after), upTo: String(upTo), messages }
          events.append(tx, InboxOverdue.of(told))
        }
        return overdue.length === TOLD_AT_ONCE
      })
    },
  }
}
