// The inbox: what reached a user's own channel and was not acknowledged. Only a cursor is kept; the messages are in the log.
import type { Clock } from '../../../platform/clock.ts'
import type { Database, Tx } from '../../../platform/database.ts'
import type { EventLog } from '../../../platform/events/log.ts'
import { InboxOverdue } from '../contract.ts'
import * as store from './store.ts'

/** How long something may wait before it goes to the mail. */
export const OVERDUE_MS = 600_000
const MOST_AT_ONCE = 200
const MOST_COUNTED = 1_000

export interface UserInbox {
  channelOf(userId: string): string
  /** Up to where a user has acknowledged; who has no inbox gets one that begins now. Many callers share a query. */
  cursorOf(userId: string): Promise<number>
  /** Everything up to a position was received. Never goes back, and never beyond the end of the log. */
  acknowledge(userId: string, position: number): Promise<void>
  /** Something reached these users; within the transaction that read it. */
  note(tx: Tx, userIds: readonly string[], position: number, at: Date): Promise<void>
  /** Appends an event for each user for whom something has waited too long, once for each stretch. Returns how many. */
  tellOverdue(): Promise<number>
}

export function createInbox({
  database,
  events,
  clock,
  isLive,
}: {
  database: Database
  events: Pick<EventLog, 'append' | 'horizon' | 'readReaching'>
  clock: Clock
  /** Whether events of the type are messages. */
  isLive(type: string): boolean
}): UserInbox {
  const channelOf = (userId: string) => `user:${userId}`
  let asking: { ids: Set<string>; answer: Promise<Map<string, number>> } | undefined

  /** The first message after a position, if any. */
  async function nextAfter(userId: string, position: number, upTo: number): Promise<Date | null> {
    for (let after = position; after < upTo;) {
      const page = await events.readReaching([channelOf(userId)], after, upTo, 100)
      const next = page.events.find(({ type }) => isLive(type))
      if (next) return next.occurredAt
      after = page.upTo
    }
    return null
  }

  async function count(userId: string, after: number, upTo: number): Promise<number> {
    const { events: waiting } = await events.readReaching([channelOf(userId)], after, upTo, MOST_COUNTED)
    return waiting.filter(({ type }) => isLive(type)).length
  }

  return {
    channelOf,
    async cursorOf(userId) {
      if (!asking) {
        const ids = new Set<string>()
        // All who ask in this turn of the loop are answered by one query.
        const answer = new Promise<void>((resolve) => setImmediate(resolve)).then(async () => {
          asking = undefined
          return store.cursors(database.db, [...ids], await events.horizon())
        })
        asking = { ids, answer }
      }
      asking.ids.add(userId)
      const cursor = (await asking.answer).get(userId)
      if (cursor === undefined) throw new Error('an inbox was neither found nor made')
      return cursor
    },
    async acknowledge(userId, position) {
      const upTo = Math.min(position, await events.horizon())
      await database.transaction(async (tx) => {
        const inbox = await store.inboxOf(tx, userId)
        if (inbox && inbox.acknowledged >= upTo) return
        const waiting = inbox && inbox.newest > upTo ? await nextAfter(userId, upTo, inbox.newest) : null
        await store.acknowledge(tx, userId, upTo, waiting)
      })
    },
    note: store.note,
    async tellOverdue() {
      const since = new Date(clock.now().getTime() - OVERDUE_MS)
      return database.transaction(async (tx) => {
        const overdue = await store.takeOverdue(tx, since, MOST_AT_ONCE)
        for (const { user_id: id, after, newest } of overdue) {
          const messages = await count(id, after, newest)
          events.append(tx, InboxOverdue.of({ user: { id }, after: String(after), upTo: String(newest), messages }))
        }
        return overdue.length
      })
    },
  }
}
