// The event log: from COMMIT to a reader's handler, and how many appends a second. Run with: node bench/events.ts
// Starts a PostgreSQL of its own with the settings of production (every commit waits for the disk).
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { pino } from 'pino'
import { systemClock } from '../src/platform/clock.ts'
import { openDatabase } from '../src/platform/database.ts'
import { openEventLog } from '../src/platform/events/log.ts'
import { migrate } from '../src/platform/migrate.ts'
import { startPostgres } from '../src/platform/postgres/supervisor.ts'
import { count, Counted, numberOf } from '../test/support/events.ts'

const quiet = pino({ level: 'silent' })
const folder = await mkdtemp(join(tmpdir(), 'jasaweb-bench-'))
const server = await startPostgres({ dataDir: join(folder, 'postgres') })
const url = server.url()
await migrate({ url, folder: new URL('../src/migrations/', import.meta.url), log: quiet })

const open = () => {
  const database = openDatabase({ url, log: quiet })
  const log = openEventLog({ database, clock: systemClock, log: quiet })
  log.declare([Counted])
  return { database, log, close: () => log.close().then(() => database.close()) }
}
const [writer, other] = [open(), open()]

const committed = new Map<number, number>()
const waits = { same: [] as number[], other: [] as number[], follower: [] as number[] }
const arrived = (into: number[]) => (event: { data: unknown }) => {
  const at = performance.now()
  const since = committed.get(numberOf(event))
  // The reader may be quicker than the answer to COMMIT is read here.
  into.push(since === undefined ? 0 : at - since)
}
writer.log.startReader({ name: 'same', handle: async (event) => arrived(waits.same)(event) })
other.log.startReader({ name: 'other', handle: async (event) => arrived(waits.other)(event) })
await other.log.follow({ handle: (events) => events.forEach(arrived(waits.follower)) })

let next = 0
async function append(): Promise<void> {
  const number = next++
  await count(writer.database, writer.log, number)
  committed.set(number, performance.now())
}
const settle = () => Promise.all([writer.log.caughtUp(), other.log.caughtUp()])

const at = (sorted: number[], share: number) =>
  (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN).toFixed(2)
function report(title: string): void {
  for (const [name, values] of Object.entries(waits)) {
    const sorted = values.toSorted((a, b) => a - b)
    const figures = [0.5, 0.95, 0.99].map((share) => at(sorted, share).padStart(9))
    console.log(`${title.padEnd(46)}${name.padEnd(10)}${String(values.length).padStart(6)}${figures.join('')}`)
    values.length = 0
  }
  committed.clear()
}

async function atRate(perSecond: number, seconds: number): Promise<void> {
  const pending: Promise<void>[] = []
  const start = performance.now()
  for (let n = 0; n < perSecond * seconds; n++) {
    const due = start + (n * 1_000) / perSecond - performance.now()
    if (due > 0) await sleep(due)
    pending.push(append())
  }
  await Promise.all(pending)
}

for (let n = 0; n < 300; n++) await append()
await settle()
for (const values of Object.values(waits)) values.length = 0
committed.clear()

console.log(
  'from COMMIT to handler, in milliseconds: same = reader in the process that appends, other = reader beyond NOTIFY,',
)
console.log('follower = without a cursor, beyond NOTIFY')
console.log(
  `${'load'.padEnd(46)}${'reader'.padEnd(10)}${'events'.padStart(6)}${'p50'.padStart(9)}${'p95'.padStart(9)}${'p99'.padStart(9)}`,
)
await atRate(20, 10)
await settle()
report('20 appends a second')
await atRate(300, 10)
await settle()
report('300 appends a second')

const idle = new pg.Client({ connectionString: url })
await idle.connect()
await idle.query('begin isolation level repeatable read')
await idle.query(`insert into settings values ('bench', '1')`)
await atRate(300, 5)
await settle()
report('300 a second beside an open transaction')
await idle.query('rollback')
await idle.end()

const start = performance.now()
const total = 6_000
let left = total
await Promise.all(
  Array.from({ length: 16 }, async () => {
    while (left-- > 0) await append()
  }),
)
const seconds = (performance.now() - start) / 1_000
await settle()
const settled = (performance.now() - start) / 1_000
report('as fast as 16 writers can')
console.log(
  `${Math.round(total / seconds)} appends a second (one event a transaction); readers done ${Math.round((settled - seconds) * 1_000)} ms later`,
)

const before = await writer.log.horizon()
const began = performance.now()
await other.log.replay({ name: 'other' })
await other.log.caughtUp()
console.log(`${Math.round(next / ((performance.now() - began) / 1_000))} events a second replayed (position ${before})`)

await Promise.all([writer.close(), other.close()])
await server.stop()
await rm(folder, { recursive: true, force: true })
