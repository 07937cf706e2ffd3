// Announcements: written by the agency, sent at their time, shown until their end.
import type { z } from 'zod'
import { userOf } from '../../../platform/contract/call.ts'
import type { Handler } from '../../../platform/contract/call.ts'
import { keyOf, pageOf } from '../../../platform/contract/page.ts'
import { InvalidInput, NotFound } from '../../../platform/contract/problem.ts'
import type { Tx } from '../../../platform/database.ts'
import { newId } from '../../../platform/ids.ts'
import type { Platform } from '../../../platform/platform.ts'
import { AnnouncementPublished, AnnouncementWithdrawn, NoSuchReceiver } from '../contract.ts'
import type { Announcement, AnnouncementRecord, operations } from '../contract.ts'
import * as store from './store.ts'
import type { AnnouncementRow } from './store.ts'

/** A start this long ago still counts as now: clocks differ, and forms take a while. */
const LATE_MS = 60_000
const MOST_AT_ONCE = 50

type Names = 'notify' | 'listAnnouncements' | 'listSentAnnouncements' | 'withdrawAnnouncement'
type Handlers = { [K in Names]: Handler<(typeof operations)[K]> }

const shown = (row: AnnouncementRow): z.input<typeof Announcement> => ({
  id: row.id,
  target: row.target,
  title: row.title,
  body: row.body,
  severity: row.severity,
  startsAt: row.starts_at,
  endsAt: row.ends_at,
})
const recorded = (row: AnnouncementRow): z.input<typeof AnnouncementRecord> => ({
  ...shown(row),
  createdAt: row.created_at,
  sentAt: row.sent_at,
  withdrawnAt: row.withdrawn_at,
})

export type Announcements = ReturnType<typeof createAnnouncements>

export function createAnnouncements({ database, clock, events }: Pick<Platform, 'database' | 'clock' | 'events'>) {
  async function publish(
    tx: Tx,
    row: AnnouncementRow,
    append: (event: ReturnType<typeof AnnouncementPublished.of>) => void,
  ) {
    const readers = (await store.readersOf(tx, row.target)) ?? []
    append(AnnouncementPublished.of({ announcement: shown(row), readers }))
  }

  function times(startsAt: string | undefined, endsAt: string | undefined) {
    const now = clock.now()
    const start = startsAt === undefined ? now : new Date(startsAt)
    const end = endsAt === undefined ? null : new Date(endsAt)
    const errors = [
      ...(start.getTime() < now.getTime() - LATE_MS ? [{ pointer: '/startsAt', detail: 'This is in the past.' }] : []),
      ...(end && end <= start ? [{ pointer: '/endsAt', detail: 'It must end after it starts.' }] : []),
      ...(end && end <= now ? [{ pointer: '/endsAt', detail: 'This is in the past.' }] : []),
    ]
    if (errors.length > 0) throw InvalidInput.because('Its time is not right.', { errors: errors.slice(0, 1) })
    return { now, start, end }
  }

  const handlers: Handlers = {
    notify: async (call, { target, title, body, severity, startsAt, endsAt }) => {
      const { now, start, end } = times(startsAt, endsAt)
      if ((await store.readersOf(database.db, target)) === null)
        throw NoSuchReceiver.because('Nobody has this id.', {
          errors: [
            { pointer: target.kind === 'user' ? '/target/userId' : '/target/projectId', detail: 'Does not exist.' },
          ],
        })
      const row: AnnouncementRow = {
        id: newId(clock),
        target,
        title,
        body,
        severity,
        starts_at: start,
        ends_at: end,
        created_at: now,
        created_by: userOf(call).id,
        sent_at: start <= now ? now : null,
        withdrawn_at: null,
      }
      return call.transaction(async (tx) => {
        await store.add(tx, row)
        if (row.sent_at) await publish(tx, row, (event) => call.append(tx, event))
        return { announcement: recorded(row) }
      })
    },
    listAnnouncements: async (call, { limit, cursor }) => {
      const { id: userId, role } = userOf(call)
      const page = { limit: limit + 1, before: keyOf(cursor) }
      const rows = await store.activeFor(database.db, { userId, role }, clock.now(), page)
      return pageOf(rows, limit, (row) => row.id, shown)
    },
    listSentAnnouncements: async (_call, { limit, cursor }) => {
      const rows = await store.all(database.db, { limit: limit + 1, before: keyOf(cursor) })
      return pageOf(rows, limit, (row) => row.id, recorded)
    },
    withdrawAnnouncement: (call, { id }) =>
      call.transaction(async (tx) => {
        const row = await store.withdraw(tx, id, clock.now())
        if (!row) throw NotFound.because('No such announcement, or it was withdrawn already.')
        const readers = (await store.readersOf(tx, row.target)) ?? []
        if (row.sent_at) call.append(tx, AnnouncementWithdrawn.of({ announcement: shown(row), readers }))
        return null
      }),
  }

  return {
    handlers,
    /** Sends those whose time has come; true when there may be more. */
    sendDue: () =>
      database.transaction(async (tx) => {
        const rows = await store.due(tx, clock.now(), MOST_AT_ONCE)
        for (const row of rows) {
          await store.markSent(tx, row.id, clock.now())
          await publish(tx, row, (event) => events.append(tx, { ...event, actor: row.created_by }))
        }
        return rows.length === MOST_AT_ONCE
      }),
  }
}
