// A database with a running event log, a clock that stands still, and readers that write down what they handled.
import { sql } from 'kysely'
import { ManualClock } from '../../src/platform/clock.ts'
import { openDatabase } from '../../src/platform/database.ts'
import type { Database, Tx } from '../../src/platform/database.ts'
import { openEventLog } from '../../src/platform/events/log.ts'
import type { EventLog } from '../../src/platform/events/log.ts'
import type { EventReader } from '../../src/platform/events/reader.ts'
import { createTestDatabase, quiet } from './database.ts'
import { count, Counted, Named, numberOf } from './events.ts'

export interface EventWorld {
  url: string
  database: Database
  clock: ManualClock
  log: EventLog
  /** Another process, as far as the database can tell. */
  secondProcess(): EventLog
  append(...numbers: number[]): Promise<void>
  /** The numbers a reader has handled, in the order in which it did. */
  handled(reader: string): Promise<number[]>
  stateOf(reader: string): Promise<Awaited<ReturnType<EventLog['readers']>>[number] | undefined>
  end(): Promise<void>
}

export async function openEventWorld(): Promise<EventWorld> {
  const { url, database, drop } = await createTestDatabase()
  const clock = new ManualClock('2026-11-23T10:00:00Z')
  const ends: (() => Promise<void>)[] = []
  await sql`create table handled (reader text, number int, at bigint generated always as identity)`.execute(database.db)

  function openLog(on: Database): EventLog {
    const log = openEventLog({ database: on, clock, log: quiet, random: () => 0.5 })
    log.declare([Counted, Named])
    ends.push(() => log.close())
    return log
  }
  const log = openLog(database)

  return {
    url,
    database,
    clock,
    log,
    secondProcess() {
      const other = openDatabase({ url, log: quiet, poolSize: 4 })
      ends.push(() => other.close())
      return openLog(other)
    },
    append: (...numbers) => count(database, log, ...numbers),
    async handled(reader) {
      const { rows } = await sql<{ number: number }>`
        select number from handled where reader = ${reader} order by at`.execute(database.db)
      return rows.map(({ number }) => number)
    },
    stateOf: async (reader) => (await log.readers()).find(({ name }) => name === reader),
    async end() {
      for (const end of ends.toReversed()) await end()
      await drop()
    },
  }
}

export const write = (tx: Tx, reader: string, number: number) =>
  sql`insert into handled (reader, number) values (${reader}, ${number})`.execute(tx)

/** A reader that writes down each number. */
export const keeper = (name: string, more: Partial<EventReader> = {}): EventReader => ({
  name,
  async handle(event, tx) {
    await write(tx, name, numberOf(event))
  },
  ...more,
})

/** One that does so and then fails on the numbers of `poison`, as long as they are in it. */
export const failing = (name: string, poison: ReadonlySet<number>, more: Partial<EventReader> = {}): EventReader =>
  keeper(name, {
    async handle(event, tx) {
      await write(tx, name, numberOf(event))
      if (poison.has(numberOf(event))) throw new Error(`cannot stand ${numberOf(event)}`)
    },
    ...more,
  })
