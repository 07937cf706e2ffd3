import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, quiet } from '../../../../test/support/database.ts'
import type { TestDatabase } from '../../../../test/support/database.ts'
import { nodeOf } from '../../../../test/support/realtime/records.ts'
import { ManualClock } from '../../../platform/clock.ts'
import { openDatabase } from '../../../platform/database.ts'
import type { Database } from '../../../platform/database.ts'
import { addConnections, addDeliveries, openDays } from '../records/store.ts'
import { deliveries, deliveriesTo, messageTotalsTo } from './store.ts'

const BEGAN = new Date('2026-11-23T12:00:00Z')
// In UTC the first three are of one day; in Jakarta the last is of a day in which there was nothing else.
const TIMES = ['2026-11-23T16:30:00Z', '2026-11-23T17:30:00Z', '2026-11-23T23:30:00Z', '2026-11-24T17:30:00Z']

let made: TestDatabase
let database: Database
const clock = new ManualClock(BEGAN)
const { node, opened, delivery } = nodeOf(clock)
const people = Array.from({ length: 51 }, () => opened())
const ids = people.map(({ id }) => id)

beforeAll(async () => {
  made = await createTestDatabase()
  await made.database.pool.query(
    `do $$ begin execute format('alter database %I set timezone to %L', current_database(), 'Asia/Jakarta'); end $$`,
  )
  database = openDatabase({ url: made.url, poolSize: 2, log: quiet })
  await openDays(database.db, '2026-11-23', 2)
  await database.transaction((tx) =>
    addConnections(
      tx,
      node.id,
      people.map((each) => ({ id: each.id, opened: each })),
    ),
  )
  for (const [position, at] of TIMES.entries())
    await database.transaction((tx) => addDeliveries(tx, node.id, [delivery(ids, { position, at: new Date(at) })]))
})
afterAll(async () => {
  await database.close()
  await made.drop()
})

const positions = (rows: { position: number }[]) => rows.map(({ position }) => position)

it('finds what went to many on both sides of midnight, whatever the time zone of the database', async () => {
  expect((await database.pool.query('show timezone')).rows).toEqual([{ TimeZone: 'Asia/Jakarta' }])
  const page = { limit: 1_000, before: null }
  expect(positions(await deliveriesTo(database.db, { connectionId: ids[7] }, {}, page))).toEqual([3, 2, 1, 0])
  expect(await deliveries(database.db, {}, page)).toHaveLength(TIMES.length * ids.length)
  const totals = await messageTotalsTo(database.db, { connectionId: ids[7] }, {}, { from: BEGAN, to: undefined })
  expect(totals.map(({ messages }) => messages)).toEqual([1, 1, 1, 1])
})

it('gives each receiver its own place, so that pages of one each leave nobody out', async () => {
  const seen: string[] = []
  let before: { at: Date; id: number; receiver: number } | null = null
  for (;;) {
    const [row] = await deliveriesTo(database.db, { userId: people[0]!.userId }, {}, { limit: 1, before })
    if (!row) break
    seen.push(`${row.position} ${row.connection_id} ${row.receiver}`)
    before = { at: row.sent_at, id: row.id, receiver: row.receiver }
  }
  expect(seen).toEqual([3, 2, 1, 0].map((position) => `${position} ${ids[0]} 1`))
})
