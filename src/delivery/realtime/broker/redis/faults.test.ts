// What the feed of Redis must survive: its death, its silence, the death of the node that reads for all, and late commits.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { openBrokerWorld } from '../../../../../test/support/broker.ts'
import type { BrokerProcess, BrokerWorld } from '../../../../../test/support/broker.ts'
import { canStartRedis, ownRedis, startNode } from '../../../../../test/support/redis.ts'
import type { OwnRedis } from '../../../../../test/support/redis.ts'
import type { RedisBroker } from './broker.ts'

type Process = BrokerProcess<RedisBroker>
const soon = { timeout: 20_000, interval: 20 }
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index)

describe.runIf(canStartRedis)('with a Redis that fails', () => {
  let world: BrokerWorld
  let redis: OwnRedis
  beforeAll(async () => {
    redis = await ownRedis()
  })
  beforeEach(async () => {
    world = await openBrokerWorld()
    await redis.start()
  })
  afterEach(async () => {
    redis.thaw()
    await world.end()
    await redis.kill()
  })
  afterAll(() => redis.remove())

  const three = () => Promise.all([1, 2, 3].map(() => world.redis(redis.url)))
  const settled = (processes: Process[]) =>
    vi.waitFor(() => {
      expect(processes.filter(({ broker }) => broker.feed.leads)).toHaveLength(1)
      for (const { broker } of processes) expect(broker.feed.source).toBe(broker.feed.leads ? 'log' : 'redis')
    }, soon)

  async function expectAllHandled(processes: Process[]): Promise<void> {
    const committed = await world.committed()
    for (const { handled, batches } of processes) {
      await vi.waitFor(() => expect(handled.length).toBeGreaterThanOrEqual(committed.length), soon)
      expect(handled).toEqual(committed)
      const ends = batches.map(({ upTo }) => upTo)
      expect(ends).toEqual(ends.toSorted((a, b) => a - b))
    }
  }

  it('handles everything once and in order while Redis is killed and started again at random', async () => {
    const processes = await three()
    const writing = world.write(numbers(0, 900), 5)
    // It goes and comes whenever some node has handled so many.
    const moments = Array.from({ length: 8 }, () => Math.floor(Math.random() * 900)).toSorted((a, b) => a - b)
    for (const [index, moment] of moments.entries()) {
      const { handled } = processes[index % 3]!
      await vi.waitFor(() => expect(handled.length).toBeGreaterThanOrEqual(moment), { timeout: 20_000, interval: 1 })
      await (index % 2 ? redis.start() : redis.kill())
    }
    await writing
    await expectAllHandled(processes)
    await settled(processes)
    await world.append(1_000, 1_001)
    await expectAllHandled(processes)
  })

  it('works where Redis is not there yet, and uses it when it comes', async () => {
    await redis.kill()
    const processes = await three()
    await world.write(numbers(0, 30))
    await expectAllHandled(processes)
    expect(processes.map(({ broker }) => broker.feed.source)).toEqual(['log', 'log', 'log'])
    await redis.start()
    await settled(processes)
    await world.write(numbers(30, 60))
    await expectAllHandled(processes)
  })

  it('reads the log itself when Redis goes on to hold its connections but says nothing more', async () => {
    const processes = await three()
    await settled(processes)
    redis.freeze()
    await world.write(numbers(0, 60))
    await expectAllHandled(processes)
    redis.thaw()
    await settled(processes)
    await world.write(numbers(60, 90))
    await expectAllHandled(processes)
  })

  it('has another lead when the leader cannot read the log any more', async () => {
    const processes = await three()
    await settled(processes)
    const leader = processes.find(({ broker }) => broker.feed.leads)!
    const others = processes.filter((each) => each !== leader)
    await leader.database.close()
    await world.write(numbers(0, 60))
    await expectAllHandled(others)
    await vi.waitFor(() => expect(others.filter(({ broker }) => broker.feed.leads)).toHaveLength(1), soon)
    await world.write(numbers(60, 90))
    await expectAllHandled(others)
  })

  it('misses nothing when the leader is killed', async () => {
    const leader = await startNode(world.url, redis.url, { channel: 'system', place: 'user:budi' })
    await leader.leads()
    const processes = await three()
    const following = () => processes.map(({ broker }) => broker.feed.source)
    await vi.waitFor(() => expect(following()).toEqual(['redis', 'redis', 'redis']), soon)
    await world.write(numbers(0, 30))
    await expectAllHandled(processes)
    expect(following()).toEqual(['redis', 'redis', 'redis'])
    const writing = world.write(numbers(30, 300))
    await leader.kill()
    await writing
    await expectAllHandled(processes)
    await settled(processes)
    await world.write(numbers(300, 330))
    await expectAllHandled(processes)
  })

  it('keeps presence and places through a Redis that has forgotten everything', async () => {
    const [one, two] = [await world.redis(redis.url), await world.redis(redis.url)]
    await vi.waitFor(() => expect([one, two].every(({ broker }) => broker.connected)).toBe(true), soon)
    const [budi, sari] = [
      { client: 'a', user: 'budi' },
      { client: 'b', user: 'sari' },
    ]
    one.broker.presence.joined('system', budi)
    two.broker.presence.joined('system', sari)
    expect(await one.broker.counter.take('user:budi', 2)).toBe(true)
    await redis.kill()
    await vi.waitFor(() => expect([one, two].some(({ broker }) => broker.connected)).toBe(false), soon)
    // Alone it knows its own, and what the records say.
    expect(await one.broker.presence.of('system')).toEqual([budi])
    world.records.set('system', [{ ...sari, node: two.node }])
    expect(await one.broker.presence.of('system')).toEqual([sari, budi])
    expect(await two.broker.counter.take('user:budi', 1)).toBe(true)
    world.records.clear()
    const rejoined = { client: 'c', user: 'sari' }
    two.broker.presence.left('system', sari)
    two.broker.presence.joined('system', rejoined)
    await redis.start()
    await vi.waitFor(async () => expect(await one.broker.presence.of('system')).toEqual([rejoined, budi]), soon)
    await vi.waitFor(async () => expect(await one.broker.counter.take('user:budi', 2)).toBe(false), soon)
  })

  it('carries commands by the database while Redis is not there', async () => {
    const [here, there] = [await world.redis(redis.url), await world.redis(redis.url)]
    const received: string[] = []
    await there.broker.relay.start((_, data) => received.push(data))
    await redis.kill()
    await vi.waitFor(() => expect(here.broker.connected).toBe(false), soon)
    expect(await here.broker.relay.send(there.node, 'session', 'one')).toBe(true)
    await vi.waitFor(() => expect(received).toEqual(['one']), soon)
  })

  it('forgets a node that was killed: its people, its places and its lead', async () => {
    const here = await world.redis(redis.url)
    const gone = await startNode(world.url, redis.url, { channel: 'system', place: 'user:budi' })
    await vi.waitFor(async () => expect(await here.broker.presence.of('system')).toHaveLength(1), soon)
    await vi.waitFor(async () => expect(await here.broker.counter.take('user:budi', 1)).toBe(false), soon)
    await gone.kill()
    const within = { timeout: 30_000, interval: 250 }
    await vi.waitFor(async () => expect(await here.broker.presence.of('system')).toEqual([]), within)
    await vi.waitFor(async () => expect(await here.broker.counter.take('user:budi', 1)).toBe(true), within)
    await vi.waitFor(() => expect(here.broker.feed.leads).toBe(true), within)
  }, 60_000)
})
