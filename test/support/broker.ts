// Brokers as several processes have them: each with a database pool and an event log of its own, all on one database.
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Broker, FeedBatch } from '../../src/delivery/realtime/broker/broker.ts'
import { openPostgresBroker } from '../../src/delivery/realtime/broker/postgres.ts'
import type { BrokerOptions } from '../../src/delivery/realtime/broker/postgres.ts'
import { openRedisBroker } from '../../src/delivery/realtime/broker/redis/broker.ts'
import type { RedisBroker } from '../../src/delivery/realtime/broker/redis/broker.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { openDatabase } from '../../src/platform/database.ts'
import type { Database } from '../../src/platform/database.ts'
import { openEventLog } from '../../src/platform/events/log.ts'
import { createTestDatabase, quiet } from './database.ts'
import { count, Counted, numberOf } from './events.ts'

export interface BrokerProcess<B extends Broker = Broker> {
  node: string
  broker: B
  database: Database
  /** The numbers its feed has handled, and the batches in which they came. */
  handled: number[]
  batches: FeedBatch[]
  stop(): Promise<void>
}
export type Records = Map<string, { node: string; client: string; user: string }[]>

export async function openBrokerWorld() {
  const { url, database, drop } = await createTestDatabase()
  const log = openEventLog({ database, clock: systemClock, log: quiet })
  log.declare([Counted])
  const ends: (() => Promise<void>)[] = []
  const alive = new Set<string>()
  const records: Records = new Map()

  async function process<B extends Broker>(
    open: (options: BrokerOptions) => B | Promise<B>,
  ): Promise<BrokerProcess<B>> {
    const own = openDatabase({ url, log: quiet, poolSize: 4 })
    const events = openEventLog({ database: own, clock: systemClock, log: quiet })
    const node = randomUUID()
    alive.add(node)
    const broker = await open({
      events,
      database: own,
      clock: systemClock,
      log: quiet,
      node,
      presentIn: (channel) => Promise.resolve(records.get(channel) ?? []),
      isAlive: (id) => Promise.resolve(alive.has(id)),
    })
    const batches: FeedBatch[] = []
    const handled: number[] = []
    await broker.feed.start((batch) => {
      batches.push(batch)
      handled.push(...batch.events.map(numberOf))
    })
    let stopped: Promise<void> | undefined
    const stop = () =>
      (stopped ??= (async () => {
        alive.delete(node)
        await broker.stop()
        await events.close()
        await own.close()
      })())
    ends.push(stop)
    return { node, broker, database: own, batches, handled, stop }
  }

  return {
    url,
    database,
    alive,
    records,
    append: (...numbers: number[]) => count(database, log, ...numbers),
    /** Several writers at once, whose transactions overlap and end in any order. */
    async write(numbers: number[], writers = 4, random: () => number = Math.random) {
      const left = [...numbers]
      const writer = async () => {
        for (let next = left.splice(0, 3); next.length > 0; next = left.splice(0, 3)) {
          await count(database, log, ...next)
          await sleep(random() * 20)
        }
      }
      await Promise.all(Array.from({ length: writers }, writer))
    },
    /** What was committed, in the order of the log. */
    async committed(): Promise<number[]> {
      return (await log.read(0, 100_000, [Counted.name])).map(numberOf)
    },
    postgres: () => process((options) => openPostgresBroker(options)),
    redis: (redis: string): Promise<BrokerProcess<RedisBroker>> =>
      process((options) => openRedisBroker({ ...options, url: redis, random: Math.random })),
    async end() {
      for (const end of ends.toReversed()) await end()
      await log.close()
      await drop()
    },
  }
}
export type BrokerWorld = Awaited<ReturnType<typeof openBrokerWorld>>
