// What was sent on live connections, message by message and in all.
import { z } from 'zod'
import type { Handler } from '../../../platform/contract/call.ts'
import { keyOf, pageOf } from '../../../platform/contract/page.ts'
import type { Platform } from '../../../platform/platform.ts'
import type { Delivery, listMessages } from '../contract.ts'
import { hourOf } from './span.ts'
import * as store from './store.ts'

const MessageKey = z.tuple([z.iso.datetime(), z.int().min(0), z.int().min(0)])
const TOTALLED_MS = 30 * 86_400_000

export function createMessages({ database: { db }, clock }: Pick<Platform, 'database' | 'clock'>) {
  const list: Handler<typeof listMessages> = async (_call, { limit, cursor, connectionId, userId, ...asked }) => {
    const key = keyOf(cursor, MessageKey)
    const page = { limit: limit + 1, before: key && { at: new Date(key[0]), id: key[1], receiver: key[2] } }
    const filter = { type: asked.type, event: asked.event, from: timeOf(asked.from), to: timeOf(asked.to) }
    const monthAgo = hourOf(new Date(clock.now().getTime() - TOTALLED_MS))
    const span = { from: filter.from && filter.from > monthAgo ? filter.from : monthAgo, to: filter.to }
    const to = connectionId === undefined && userId === undefined ? null : { connectionId, userId }
    const [rows, totals] = await Promise.all([
      to ? store.deliveriesTo(db, to, filter, page) : store.deliveries(db, filter, page),
      to ? store.messageTotalsTo(db, to, filter, span) : store.messageTotals(db, filter, span),
    ])
    return {
      ...pageOf(rows, limit, (row) => [row.sent_at.toISOString(), row.id, row.receiver], deliveryFor),
      totals: totalsFor(totals),
    }
  }
  return { list }
}

const timeOf = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text))

const deliveryFor = (row: store.DeliveryRow): z.input<typeof Delivery> => ({
  id: `${row.id}.${row.receiver}`,
  connectionId: row.connection_id,
  user: row.user_id === null ? null : { id: row.user_id, name: row.user_name ?? '' },
  channel: row.channel,
  type: row.type,
  event: row.event,
  messageId: String(row.position),
  sentAt: row.sent_at,
  delivered: row.delivered,
})

function totalsFor(rows: readonly store.MessageTotal[]): z.input<(typeof listMessages)['output']>['totals'] {
  const byType: Record<string, number> = {}
  const byHour = new Map<number, number>()
  for (const { hour, type, messages } of rows) {
    byType[type] = (byType[type] ?? 0) + messages
    byHour.set(hour.getTime(), (byHour.get(hour.getTime()) ?? 0) + messages)
  }
  return {
    all: rows.reduce((all, { messages }) => all + messages, 0),
    byType,
    byHour: [...byHour].map(([hour, messages]) => ({ hour: new Date(hour), messages })),
  }
}
