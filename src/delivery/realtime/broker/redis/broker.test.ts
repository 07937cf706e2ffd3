import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openBrokerWorld } from '../../../../../test/support/broker.ts'
import type { BrokerProcess, BrokerWorld } from '../../../../../test/support/broker.ts'
import { redisUrl } from '../../../../../test/support/redis.ts'
import type { RedisBroker } from './broker.ts'

const soon = { timeout: 15_000, interval: 20 }

describe.runIf(redisUrl)('with a Redis', () => {
  let world: BrokerWorld
  beforeEach(async () => {
    world = await openBrokerWorld()
  })
  afterEach(() => world.end())

  async function open(count: number): Promise<BrokerProcess<RedisBroker>[]> {
    const processes = await Promise.all(Array.from({ length: count }, () => world.redis(redisUrl)))
    await vi.waitFor(() => {
      expect(processes.filter(({ broker }) => broker.feed.leads)).toHaveLength(1)
      for (const { broker } of processes) expect(broker.feed.source).toBe(broker.feed.leads ? 'log' : 'redis')
    }, soon)
    return processes
  }

  it('gives every node all events as the log has them, while one reads and the others leave the database alone', async () => {
    await world.append(-1)
    const processes = await open(3)
    // What the others have read until they heard the leader has come to its end.
    await world.append(-2)
    for (const { handled, broker, database } of processes)
      await vi.waitFor(() => {
        expect(handled).toEqual([-2])
        if (!broker.feed.leads) expect(database.pool.idleCount).toBe(database.pool.totalCount)
      }, soon)
    const queries = new Map(processes.map((each) => [each, 0]))
    for (const each of processes) each.database.pool.on('acquire', () => queries.set(each, queries.get(each)! + 1))
    await world.write(Array.from({ length: 90 }, (_, number) => number))
    const expected = (await world.committed()).slice(1)
    for (const { handled, batches, broker } of processes) {
      await vi.waitFor(() => expect(handled).toHaveLength(91), soon)
      expect(handled).toEqual(expected)
      const [first] = batches[0]!.events
      expect(first).toMatchObject({ channels: ['admin'], occurredAt: expect.any(Date) as Date })
      expect(batches.every(({ readAt }) => readAt > 0 && readAt <= performance.now())).toBe(true)
      expect(broker.feed.position()).toBeGreaterThanOrEqual(batches.at(-1)!.upTo)
    }
    for (const [{ broker }, asked] of queries)
      if (broker.feed.leads) expect(asked).toBeGreaterThan(0)
      else expect(asked).toBe(0)
  })

  it('passes the lead on when its holder stops', async () => {
    const processes = await open(2)
    const leader = processes.find(({ broker }) => broker.feed.leads)!
    const other = processes.find((each) => each !== leader)!
    await leader.stop()
    await world.append(1, 2, 3)
    await vi.waitFor(() => expect(other.broker.feed.leads).toBe(true), soon)
    await vi.waitFor(() => expect(other.handled).toEqual([1, 2, 3]), soon)
  })

  it('ignores what others publish in its channel', async () => {
    const processes = await open(2)
    const { createClient } = await import('@redis/client')
    const stranger = createClient({ url: redisUrl })
    await stranger.connect()
    const channels = await stranger.pubSubChannels('jasaweb:*:feed')
    const evil = { node: 'x', after: 0, upTo: 9_000, readAt: 0, events: [{ position: 5_000 }] }
    for (const channel of channels)
      for (const text of ['{', '[]', '{"node":1}', JSON.stringify(evil)]) await stranger.publish(channel, text)
    await stranger.close()
    await world.append(1, 2)
    for (const { handled } of processes) await vi.waitFor(() => expect(handled).toEqual([1, 2]), soon)
  })

  it('shows who reads a channel on all nodes, without those who left', async () => {
    const [one, two, three] = await open(3)
    const [budi, sari] = [
      { client: randomUUID(), user: 'budi' },
      { client: randomUUID(), user: 'sari' },
    ]
    one!.broker.presence.joined('system', budi)
    expect(await one!.broker.presence.of('system')).toEqual([budi])
    two!.broker.presence.joined('system', sari)
    await vi.waitFor(async () => {
      const present = await three!.broker.presence.of('system')
      expect(present.toSorted((a, b) => a.user.localeCompare(b.user))).toEqual([budi, sari])
    }, soon)
    two!.broker.presence.left('system', sari)
    await vi.waitFor(async () => expect(await three!.broker.presence.of('system')).toEqual([budi]), soon)
    await one!.stop()
    expect(await three!.broker.presence.of('system')).toEqual([])
    expect(await three!.broker.presence.of('admin')).toEqual([])
  })

  it('counts places over all nodes, never too many', async () => {
    const [one, two] = await open(2)
    const asked = await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 ? one! : two!).broker.counter.take('user:1', 7)),
    )
    expect(asked.filter((taken) => taken)).toHaveLength(7)
    expect(await one!.broker.counter.take('user:1', 7)).toBe(false)
    const holder = asked[1] ? one! : two!
    holder.broker.counter.free('user:1')
    await vi.waitFor(async () => expect(await one!.broker.counter.take('user:1', 7)).toBe(true), soon)
    expect(await two!.broker.counter.take('user:1', 7)).toBe(false)
    await one!.stop()
    expect(await two!.broker.counter.take('user:1', 7)).toBe(true)
  })

  it('carries a command to the node that is named, once, and says when there is none', async () => {
    const [here, there] = await open(2)
    const received: string[] = []
    await there!.broker.relay.start((session, data) => received.push(`${session} ${data}`))
    const sent = await Promise.all(
      Array.from({ length: 10 }, (_, number) => here!.broker.relay.send(there!.node, 'session', String(number))),
    )
    expect(sent).toEqual(Array.from({ length: 10 }, () => true))
    expect(received).toEqual(Array.from({ length: 10 }, (_, number) => `session ${number}`))
    expect(await here!.broker.relay.send(randomUUID(), 'session', '')).toBe(false)
    const { rows } = await world.database.pool.query('select from realtime_relay')
    expect(rows).toEqual([])
  })

  it('takes a command once although its receipt was lost', async () => {
    const [here, there] = await open(2)
    const received: string[] = []
    await there!.broker.relay.start((_, data) => received.push(data))
    // The one who asks is gone from Redis by the time of the receipt.
    const { createClient } = await import('@redis/client')
    const stranger = createClient({ url: redisUrl })
    await stranger.connect()
    const [channel] = await stranger.pubSubChannels(`jasaweb:*:node:${there!.node}`)
    const command = randomUUID()
    await stranger.publish(channel!, JSON.stringify({ command, from: 'nobody', session: 's', data: 'once' }))
    await stranger.close()
    await vi.waitFor(() => expect(received).toEqual(['once']), soon)
    await world.database.pool.query(
      `insert into realtime_relay (node, command, session, data) values ($1, $2, 's', 'once'), ($1, $3, 's', 'twice')`,
      [there!.node, command, randomUUID()],
    )
    await here!.broker.relay.start(() => undefined)
    here!.database.notify(`jasaweb_relay_${there!.node.replaceAll('-', '')}`)
    await vi.waitFor(() => expect(received).toEqual(['once', 'twice']), soon)
  })
})
