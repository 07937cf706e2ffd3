// A node of a Redis broker in a process of its own, to be killed: node broker-process.ts <database> <redis> <channel> <place>.
// It joins the channel, takes a place, and prints a line once it has done so and one when it leads.
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { openRedisBroker } from '../../src/delivery/realtime/broker/redis/broker.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { openDatabase } from '../../src/platform/database.ts'
import { openEventLog } from '../../src/platform/events/log.ts'

const [, , databaseUrl = '', url = '', channel = '', place = ''] = process.argv
const log = pino({ level: 'silent' })
const database = openDatabase({ url: databaseUrl, log, poolSize: 3 })
const events = openEventLog({ database, clock: systemClock, log })
const broker = await openRedisBroker({
  events,
  database,
  clock: systemClock,
  log,
  node: randomUUID(),
  presentIn: () => Promise.resolve([]),
  isAlive: () => Promise.resolve(false),
  url,
  random: Math.random,
})
await broker.feed.start(() => undefined)
while (!broker.connected) await sleep(10)
broker.presence.joined(channel, { client: randomUUID(), user: randomUUID() })
await broker.counter.take(place, 100)
process.stdout.write('joined\n')
while (!broker.feed.leads) await sleep(10)
process.stdout.write('leads\n')
