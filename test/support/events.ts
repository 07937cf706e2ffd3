// What tests of the event log share: two kinds of events, and appends that stay open as long as a test wants.
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { z } from 'zod'
import { event } from '../../src/platform/contract/event.ts'
import type { Database } from '../../src/platform/database.ts'
import type { EventLog } from '../../src/platform/events/log.ts'

export const Counted = event('test.counted', {
  data: z.object({ number: z.number().int() }),
  subject: ({ number }) => `number:${number}`,
  reaches: () => ['admin'],
})

export const Named = event('test.named', {
  data: z.object({ name: z.string() }),
  subject: ({ name }) => `name:${name}`,
  reaches: () => ['admin'],
})

export const numberOf = (stored: { data: unknown }): number => Counted.data.parse(stored.data).number

/** Appends one `Counted` for each number, all in one transaction. */
export const count = (database: Database, log: EventLog, ...numbers: number[]): Promise<void> =>
  database.transaction(async (tx) => log.append(tx, ...numbers.map((number) => Counted.of({ number }))))

/** A session of its own whose transaction has written its event and waits to be ended. */
export async function openAppend(url: string, number: number): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  const { type, subject, data } = Counted.of({ number })
  const row = { id: randomUUID(), type, subject, data, occurred_at: new Date() }
  await client.query('begin')
  await client.query('select append_events($1::jsonb)', [JSON.stringify([row])])
  return client
}
