import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createTestDatabase, quiet } from '../../../test/support/database.ts'
import type { TestDatabase } from '../../../test/support/database.ts'
import { numberOf } from '../../../test/support/events.ts'
import { systemClock } from '../clock.ts'
import { openEventLog } from './log.ts'

const PROCESS = fileURLToPath(new URL('../../../test/support/events-process.ts', import.meta.url))

let world: TestDatabase

beforeAll(async () => {
  world = await createTestDatabase()
  await sql`create table effects (position bigint, number int, at bigint generated always as identity)`.execute(
    world.database.db,
  )
})
afterAll(() => world.drop())

const effects = async () =>
  (await sql<{ position: number }>`select position from effects order by at`.execute(world.database.db)).rows.map(
    ({ position }) => position,
  )
const handledSince = async (before: number) =>
  ((await sql<{ n: number }>`select count(*)::int as n from effects`.execute(world.database.db)).rows[0]?.n ?? 0) -
  before

test('processes killed while they append and read lose nothing and repeat nothing', { timeout: 90_000 }, async () => {
  for (let round = 0; round < 6; round++) {
    const before = (await effects()).length
    const processes = [1, 2].map(() => spawn(process.execPath, [PROCESS, world.url], { stdio: 'ignore' }))
    const ends = processes.map((child) => once(child, 'exit'))
    try {
      await vi.waitFor(async () => expect(await handledSince(before)).toBeGreaterThan(20 + round * 17), {
        timeout: 15_000,
        interval: 3,
      })
    } finally {
      for (const child of processes) child.kill('SIGKILL')
      await Promise.all(ends)
    }
  }

  const log = openEventLog({ database: world.database, clock: systemClock, log: quiet })
  log.startReader({
    name: 'effects',
    async handle(event, tx) {
      await sql`insert into effects (position, number) values (${event.position}, ${numberOf(event)})`.execute(tx)
    },
  })
  await log.caughtUp()
  await log.close()
  const { rows } = await sql<{ position: number }>`select position from events order by position`.execute(
    world.database.db,
  )
  expect(rows.length).toBeGreaterThan(300)
  expect(await effects()).toEqual(rows.map(({ position }) => position))
})
