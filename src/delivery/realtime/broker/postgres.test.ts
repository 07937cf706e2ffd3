import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openBrokerWorld } from '../../../../test/support/broker.ts'
import type { BrokerWorld } from '../../../../test/support/broker.ts'

let world: BrokerWorld
beforeEach(async () => {
  world = await openBrokerWorld()
})
afterEach(() => world.end())
const soon = { timeout: 15_000, interval: 20 }

it('gives every process all later events once and in the order of the log', async () => {
  await world.append(-1)
  const processes = [await world.postgres(), await world.postgres()]
  await world.write(Array.from({ length: 90 }, (_, number) => number))
  const expected = (await world.committed()).slice(1)
  expect(expected).toHaveLength(90)
  for (const { handled, broker, batches } of processes) {
    await vi.waitFor(() => expect(handled).toHaveLength(90), soon)
    expect(handled).toEqual(expected)
    const ends = batches.map(({ upTo }) => upTo)
    expect(ends).toEqual([...new Set(ends)].toSorted((a, b) => a - b))
    expect(broker.feed.position()).toBeGreaterThanOrEqual(ends.at(-1) ?? Infinity)
  }
})

it('goes on after a handler that failed', async () => {
  const { broker, handled } = await world.postgres()
  const other = await world.postgres()
  await other.broker.stop()
  let failed = 0
  await other.broker.feed.start(() => {
    failed++
    throw new Error('cannot deliver')
  })
  await world.append(1)
  await vi.waitFor(() => expect(failed).toBe(1), soon)
  await world.append(2)
  await vi.waitFor(() => expect(failed).toBe(2), soon)
  await vi.waitFor(() => expect(handled).toEqual([1, 2]), soon)
  expect(broker.kind).toBe('postgres')
})

it('reads what was missed in a channel, page by page', async () => {
  const { broker } = await world.postgres()
  const after = broker.feed.position()
  await world.append(1, 2, 3)
  await vi.waitFor(() => expect(broker.feed.position()).toBeGreaterThan(after), soon)
  const first = await broker.feed.missed(['admin'], after, broker.feed.position(), 2)
  const second = await broker.feed.missed(['admin'], first.upTo, broker.feed.position(), 2)
  expect([first, second].map(({ events }) => events.length)).toEqual([2, 1])
  expect(second.upTo).toBe(broker.feed.position())
  expect((await broker.feed.missed(['system'], after, broker.feed.position(), 2)).events).toEqual([])
  expect(await broker.feed.oldest()).toBeLessThanOrEqual(after)
})

it('knows who reads on other nodes by the records; of its own the gateway knows more', async () => {
  const { broker, node } = await world.postgres()
  const other = { client: randomUUID(), user: 'sari' }
  world.records.set('system', [
    { ...other, node: randomUUID() },
    // Left a moment ago, which the records do not know yet.
    { client: randomUUID(), user: 'budi', node },
  ])
  expect(await broker.presence.of('system')).toEqual([other])
})

it('counts the places of this node', async () => {
  const { broker } = await world.postgres()
  expect([1, 2, 3].map(() => broker.counter.take('user:1', 2))).toEqual([true, true, false])
  broker.counter.free('user:1')
  expect(broker.counter.take('user:1', 2)).toBe(true)
  expect(broker.counter.take('user:2', 2)).toBe(true)
})

it('carries commands to the node that is named, in order and once, and to no other', async () => {
  const [here, there, elsewhere] = [await world.postgres(), await world.postgres(), await world.postgres()]
  const received: string[] = []
  const misled: string[] = []
  await there.broker.relay.start((session, data) => received.push(`${session} ${data}`))
  await elsewhere.broker.relay.start((_, data) => misled.push(data))
  for (let number = 0; number < 20; number++)
    expect(await here.broker.relay.send(there.node, 'session', `{"id":${number}}`)).toBe(true)
  const expected = Array.from({ length: 20 }, (_, number) => `session {"id":${number}}`)
  await vi.waitFor(() => expect(received).toEqual(expected), soon)
  expect(misled).toEqual([])
})

it('says when a node is not there, whatever it is called', async () => {
  const { broker } = await world.postgres()
  expect(await broker.relay.send(randomUUID(), 'session', '{}')).toBe(false)
  expect(await broker.relay.send("'; drop table users", 'session', '{}')).toBe(false)
})

it('sweeps what a node did not live to take', async () => {
  const { node } = await world.postgres()
  await world.database.pool.query(
    `insert into realtime_relay (node, command, session, data, sent_at)
      values ($1, $2, 'old', '', now() - interval '2 minutes'), ($1, $3, 'new', '', now())`,
    [randomUUID(), randomUUID(), randomUUID()],
  )
  const { broker } = await world.postgres()
  await broker.relay.start(() => undefined)
  await vi.waitFor(async () => {
    const { rows } = await world.database.pool.query('select session from realtime_relay where node <> $1', [node])
    expect(rows).toEqual([{ session: 'new' }])
  }, soon)
})
