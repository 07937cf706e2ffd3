// A process that appends events as fast as it can and runs a reader, to be killed at any moment: node events-process.ts <url>
import { sql } from 'kysely'
import { pino } from 'pino'
import { systemClock } from '../../src/platform/clock.ts'
import { openDatabase } from '../../src/platform/database.ts'
import { openEventLog } from '../../src/platform/events/log.ts'
import { count, Counted, numberOf } from './events.ts'

const [, , url = ''] = process.argv
const quiet = pino({ level: 'silent' })
const database = openDatabase({ url, log: quiet, poolSize: 5 })
const log = openEventLog({ database, clock: systemClock, log: quiet })
log.declare([Counted])
log.startReader({
  name: 'effects',
  async handle(event, tx) {
    await sql`insert into effects (position, number) values (${event.position}, ${numberOf(event)})`.execute(tx)
  },
})
for (let number = 0; ; number++) await Promise.all([1, 2, 3].map(() => count(database, log, number)))
