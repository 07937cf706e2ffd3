// The agency's money at a glance; days and months are those of Jakarta.
import type { z } from 'zod'
import type { Reader } from '../../../platform/database.ts'
import type { summarizeBilling } from '../contract.ts'
import * as store from '../ledger/store.ts'

const JAKARTA = 7 * 3_600_000
const DAY = 86_400_000
const DAYS = 30

const monthStart = (now: Date, offset: number) => {
  const local = new Date(now.getTime() + JAKARTA)
  return new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + offset, 1) - JAKARTA)
}
const dateIn = (time: number) => new Date(time + JAKARTA).toISOString().slice(0, 10)

export async function summarize(reader: Reader, now: Date): Promise<z.input<(typeof summarizeBilling)['output']>> {
  const [before, start, end] = [monthStart(now, -1), monthStart(now, 0), monthStart(now, 1)]
  const moved = async (kind: 'payment_received' | 'payment_refunded') => ({
    thisMonth: await store.movedBetween(reader, kind, start, end),
    lastMonth: await store.movedBetween(reader, kind, before, start),
  })
  const today = Math.floor((now.getTime() + JAKARTA) / DAY) * DAY - JAKARTA
  const firstDay = today - (DAYS - 1) * DAY
  const received = new Map(
    (await store.receivedByDay(reader, new Date(firstDay))).map((day) => [day.date, day.received]),
  )
  return {
    received: await moved('payment_received'),
    refunded: await moved('payment_refunded'),
    outstanding: await store.outstanding(reader),
    days: Array.from({ length: DAYS }, (_, day) => {
      const date = dateIn(firstDay + day * DAY)
      return { date, received: received.get(date) ?? 0 }
    }),
  }
}
