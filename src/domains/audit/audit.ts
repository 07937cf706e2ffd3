// The console's window on the event log.
import { z } from 'zod'
import { implement } from '../../platform/contract/call.ts'
import { keyOf, pageOf } from '../../platform/contract/page.ts'
import { NotFound } from '../../platform/contract/problem.ts'
import type { Platform, Slice } from '../../platform/platform.ts'
import { operations } from './contract.ts'
import { newestEvents } from './store.ts'

const Position = z.int().min(1)

export function createAudit({ platform: { database, events } }: { platform: Platform }): Slice {
  return {
    operations: implement(operations, {
      listEvents: async (_call, { limit, cursor, type, subject }) => {
        const rows = await newestEvents(database.db, {
          before: keyOf(cursor, Position),
          limit: limit + 1,
          type,
          subject,
        })
        return pageOf(
          rows,
          limit,
          (row) => row.position,
          (row) => row,
        )
      },
      listParkedEvents: async () => ({ data: await events.parked(), nextCursor: null }),
      retryParkedEvent: async (_call, { reader, position }) => {
        if (!(await events.retryParked(reader, position))) throw NotFound.because('This event is not parked.')
        return { accepted: true as const }
      },
      discardParkedEvent: async (_call, { reader, position }) => {
        if (!(await events.discardParked(reader, position))) throw NotFound.because('This event is not parked.')
        return null
      },
    }),
  }
}
