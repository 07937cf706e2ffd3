import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLiveAgency } from '../../../../test/support/realtime/agency.ts'
import type { LiveAgency } from '../../../../test/support/realtime/agency.ts'
import { figuresOf, nodeOf } from '../../../../test/support/realtime/records.ts'
import { newId } from '../../../platform/ids.ts'
import { keepDays } from '../jobs.ts'
import type { RecordBatch } from './contract.ts'
import { createRecords } from './records.ts'

let agency: LiveAgency
beforeEach(async () => {
  agency = await createLiveAgency()
})
afterEach(() => agency.drop())

const TOLD = 'websocket.connections_recorded'
interface Told {
  node: { name: string }
  opened: { id: string }[]
  closed: { id: string; code: number; reason: string }[]
  refused: { code: number; times: number }[]
}
const told = () => agency.told<Told>(TOLD)
async function rows<T = Record<string, unknown>>(table: string, order = '1'): Promise<T[]> {
  const { rows: found } = await agency.database.pool.query(`select * from ${table} order by ${order}`)
  return found as T[]
}
const connection = async (id: string) =>
  (await agency.database.pool.query('select * from websocket_connections where id = $1', [id])).rows[0] as
    | Record<string, unknown>
    | undefined
const partitions = async () =>
  (
    await agency.database.pool.query(`select inhrelid::regclass::text as name from pg_inherits
    where inhparent in ('websocket_connections'::regclass, 'websocket_audiences'::regclass, 'websocket_messages'::regclass) order by 1`)
  ).rows.map(({ name }: { name: string }) => name)

describe('a batch', () => {
  it('writes down who came, what they read, that they are there, and that they left', async () => {
    const { node, batch, opened, closed } = nodeOf(agency.clock)
    const [stays, leaves, passes] = [opened(), opened({ userAgent: null }), opened({ role: 'admin' })]
    await agency.records.record(
      batch({
        opened: [stays, leaves, passes],
        channels: [{ id: stays.id, channels: ['system', `user:${stays.userId}`] }],
        closed: [closed(passes, { code: 3500, reason: 'signed out', messages: 0 })],
      }),
    )
    expect(await connection(stays.id)).toMatchObject({
      user_id: stays.userId,
      node: node.id,
      status: 'open',
      channels: ['system', `user:${stays.userId}`],
      closed_at: null,
      user_agent: 'Firefox',
    })
    expect(await connection(passes.id)).toMatchObject({
      status: 'closed',
      close_code: 3500,
      close_reason: 'signed out',
    })

    await agency.clock.advance(5_000)
    const later = agency.clock.now()
    await agency.records.record(
      batch({
        heard: [{ id: stays.id, messages: 7 }],
        channels: [{ id: stays.id, channels: ['system'] }],
        closed: [closed(leaves)],
        figures: figuresOf({ connections: 1 }),
      }),
    )
    expect(await connection(stays.id)).toMatchObject({
      status: 'open',
      last_heartbeat_at: later,
      messages: 7,
      channels: ['system'],
    })
    expect(await connection(leaves.id)).toMatchObject({
      status: 'closed',
      closed_at: later,
      close_code: 1000,
      close_reason: 'left',
      messages: 3,
    })
    expect(await rows('realtime_nodes')).toMatchObject([
      { id: node.id, heartbeat_at: later, figures: { connections: 1 } },
    ])
  })

  it('is told to the audit trail in events of at most 200 entries', async () => {
    const { batch, opened, closed } = nodeOf(agency.clock)
    const came = Array.from({ length: 450 }, () => opened())
    const refused = { at: agency.clock.now(), address: '198.51.100.1', protocol: 'plain' as const, userId: null }
    await agency.records.record(
      batch({
        opened: came,
        closed: came.slice(0, 3).map((each) => closed(each)),
        refused: [{ ...refused, code: 401, reason: 'no token', times: 7 }],
      }),
    )
    const events = await told()
    expect(events.map(({ opened: o, closed: c, refused: r }) => o.length + c.length + r.length)).toEqual([200, 200, 54])
    expect(events.flatMap((event) => event.opened.map(({ id }) => id))).toEqual(came.map(({ id }) => id))
    expect(events.flatMap((event) => event.closed).map(({ id }) => id)).toEqual(came.slice(0, 3).map(({ id }) => id))
    expect(events.flatMap((event) => event.refused)).toMatchObject([{ code: 401, times: 7 }])
    await agency.records.record(batch({ heard: [{ id: came[5]!.id, messages: 0 }] }))
    expect(await told()).toHaveLength(3)
  })

  it('that comes again, its answer lost, changes nothing', async () => {
    const { batch, opened, closed, delivery } = nodeOf(agency.clock)
    const [stays, leaves] = [opened(), opened()]
    const given = batch({
      opened: [stays, leaves],
      channels: [{ id: stays.id, channels: ['system'] }],
      closed: [closed(leaves)],
      deliveries: [delivery([stays.id, leaves.id])],
    })
    const state = async () => [
      await rows('websocket_connections'),
      await rows('websocket_messages'),
      await rows('websocket_message_totals'),
      await told(),
    ]
    await agency.records.record(given)
    const before = await state()
    await agency.records.record({ ...given, figures: figuresOf({ connections: 9 }) })
    await createRecords({ ...agency.platform }).record(given)
    expect(await state()).toEqual(before)
    await agency.records.record(batch({ deliveries: [delivery([stays.id], { position: 2 })] }))
    expect(await rows('websocket_messages')).toHaveLength(2)
  })

  it('is written whole or not at all', async () => {
    const { batch, opened, delivery } = nodeOf(agency.clock)
    const came = opened()
    const broken = batch({ opened: [came], deliveries: [delivery([came.id], { connections: '{not-an-id}' })] })
    await expect(agency.records.record(broken)).rejects.toThrow('uuid')
    expect(await rows('websocket_connections')).toEqual([])
    expect(await told()).toEqual([])
    await agency.records.record(batch({ opened: [came] }))
    expect(await connection(came.id)).toMatchObject({ status: 'open' })
  })

  it('takes what clients write as text, also what PostgreSQL cannot keep', async () => {
    const { batch, opened, closed } = nodeOf(agency.clock)
    const came = opened({ userAgent: `a\0b\ud800${'x'.repeat(500)}` })
    await agency.records.record(batch({ opened: [came] }))
    await agency.records.record(batch({ closed: [closed(came, { reason: 'bye\0\udc00' })] }))
    expect(await connection(came.id)).toMatchObject({ close_reason: 'bye\ufffd' })
    expect(String((await connection(came.id))?.user_agent)).toMatch(/^ab\ufffdx+$/)
    expect(await told()).toHaveLength(2)
  })

  it('knows nothing of users, so that it may come after one was deleted', async () => {
    const { batch, opened } = nodeOf(agency.clock)
    const came = opened({ userId: newId() })
    await agency.records.record(batch({ opened: [came] }))
    expect(await connection(came.id)).toMatchObject({ user_id: came.userId })
  })

  it('ignores changes of connections it never heard of', async () => {
    const { batch, opened, closed } = nodeOf(agency.clock)
    const unknown = opened()
    await agency.records.record(
      batch({
        heard: [{ id: unknown.id, messages: 1 }],
        channels: [{ id: unknown.id, channels: [] }],
        closed: [closed(unknown)],
      }),
    )
    expect(await rows('websocket_connections')).toEqual([])
  })
})

describe('deliveries', () => {
  it('are one row for a message in a channel, and are counted by the hour', async () => {
    const { node, batch, opened, delivery } = nodeOf(agency.clock)
    const people = [opened(), opened(), opened()].map(({ id }) => id)
    await agency.records.record(
      batch({
        deliveries: [
          delivery(people, { position: 7 }),
          delivery(people.slice(0, 1), { position: 8, channel: 'admin', delivered: false }),
          delivery(people, { position: 9, type: 'project_update', event: 'project.started' }),
          delivery([]),
        ],
      }),
    )
    await agency.clock.advance(3_600_000)
    await agency.records.record(batch({ deliveries: [delivery(people, { position: 10 })] }))
    expect(await rows('websocket_messages', 'position')).toMatchObject([
      { position: 7, channel: 'system', connection_ids: people, connections: 3, delivered: true, node: node.id },
      { position: 8, channel: 'admin', connection_ids: people.slice(0, 1), connections: 1, delivered: false },
      { position: 9, type: 'project_update', event: 'project.started', connections: 3 },
      { position: 10 },
    ])
    expect(await rows('websocket_message_totals', 'hour, event')).toMatchObject([
      { event: 'announcement.published', messages: 4 },
      { event: 'project.started', messages: 3 },
      { event: 'announcement.published', messages: 3 },
    ])
  })
})

describe('the receivers of a message', () => {
  const kept = () => rows<{ day: string; connection_ids: string[] }>('websocket_audiences', 'day, connection_ids')

  it('are kept once for all messages of a day that went to the same many', async () => {
    const { batch, opened, delivery } = nodeOf(agency.clock)
    const many = Array.from({ length: 51 }, () => opened().id)
    const fewer = many.slice(1)
    const deliver = (...all: ReturnType<typeof delivery>[]) => agency.records.record(batch({ deliveries: all }))
    await deliver(delivery(many, { position: 1 }), delivery(fewer, { position: 2 }), delivery(many, { position: 3 }))
    await agency.clock.advance(1_000)
    await deliver(delivery(many, { position: 4 }))
    expect((await kept()).map(({ connection_ids }) => connection_ids)).toEqual([many])
    const [first, second, third, fourth] = await rows('websocket_messages', 'position')
    expect(first).toMatchObject({ connection_ids: null, connections: 51 })
    expect([third?.audience, fourth?.audience]).toEqual([first?.audience, first?.audience])
    expect(second).toMatchObject({ connection_ids: fewer, audience: null, connections: 50 })
  })

  it('are kept anew for each day, also within one batch, so that a day can go without another', async () => {
    const { batch, opened, delivery } = nodeOf(agency.clock)
    const many = Array.from({ length: 51 }, () => opened().id)
    const times = ['2026-11-23T23:59:59.999Z', '2026-11-24T00:00:00.000Z'].map((at) => new Date(at))
    await agency.records.record(batch({ deliveries: times.map((at, position) => delivery(many, { at, position })) }))
    const { rows: days } = await agency.database.pool.query(
      `select day::text, cardinality(connection_ids) as size from websocket_audiences order by day`,
    )
    expect(days).toEqual([
      { day: '2026-11-23', size: 51 },
      { day: '2026-11-24', size: 51 },
    ])
  })
})

describe('the tables of days', () => {
  it('are made by whoever needs one that the worker has not made yet', async () => {
    const { batch, delivery } = nodeOf(agency.clock)
    for (const day of ['2026-11-20T23:59:59.999Z', '2027-02-01T00:00:00.000Z', '2026-11-21T00:00:00.000Z']) {
      agency.clock.set(day)
      const came = nodeOf(agency.clock).opened()
      await agency.records.record(batch({ at: agency.clock.now(), opened: [came], deliveries: [delivery([came.id])] }))
    }
    expect(await rows('websocket_messages')).toHaveLength(3)
    expect(await partitions()).toContain('websocket_messages_20270201')
  })

  it('are kept ready for some days, and dropped after ninety', async () => {
    const { batch, opened, delivery } = nodeOf(agency.clock)
    expect(await keepDays(agency.platform)).toEqual([])
    expect(await partitions()).toEqual(
      ['audiences', 'connections', 'messages'].flatMap((noun) =>
        [23, 24, 25, 26].map((day) => `websocket_${noun}_202611${day}`),
      ),
    )
    const old = opened()
    await agency.records.record(batch({ opened: [old], deliveries: [delivery([old.id])] }))
    await agency.clock.advance(90 * 86_400_000)
    expect(await keepDays(agency.platform)).toEqual([])
    expect(await connection(old.id)).toBeDefined()
    await agency.clock.advance(86_400_000)
    expect(await keepDays(agency.platform)).toEqual(
      ['messages', 'connections', 'audiences'].map((noun) => `websocket_${noun}_20261123`),
    )
    expect(await rows('websocket_connections')).toEqual([])
    expect(await rows('websocket_message_totals')).toEqual([])
    // A record from then that was kept back finds its table made again.
    await agency.records.record(batch({ deliveries: [delivery([old.id], { at: new Date('2026-11-23T04:00:00Z') })] }))
    expect(await rows('websocket_messages')).toHaveLength(1)
  })

  it('may be kept by many processes at once, while records are written', async () => {
    const { batch, opened } = nodeOf(agency.clock)
    const writing: Promise<void>[] = []
    for (let at = 0; at < 5; at++) writing.push(createRecords(agency.platform).record(batch({ opened: [opened()] })))
    await Promise.all([...writing, ...Array.from({ length: 5 }, () => keepDays(agency.platform))])
    expect(await partitions()).toHaveLength(12)
  })
})

describe('a node', () => {
  const silent = async (seconds: number) => {
    await agency.clock.advance(seconds * 1_000)
    return agency.records.closeLost()
  }

  it('that falls silent for twenty seconds is forgotten, and its connections are closed', async () => {
    const lost = nodeOf(agency.clock, 'lost 1')
    const lives = nodeOf(agency.clock, 'lives 1')
    const [one, gone, other] = [lost.opened(), lost.opened(), lives.opened()]
    const reads = (id: string) => ({ id, channels: ['system'] })
    await agency.records.record(
      lost.batch({ opened: [one, gone], channels: [reads(one.id), reads(gone.id)], closed: [lost.closed(gone)] }),
    )
    await agency.records.record(lives.batch({ opened: [other], channels: [reads(other.id)] }))
    expect((await agency.records.presentIn('system')).map(({ client }) => client).toSorted()).toEqual(
      [one.id, other.id].toSorted(),
    )
    expect(await silent(0)).toBe(0)
    await agency.clock.advance(19_000)
    await agency.records.record(lives.batch())
    expect(await silent(0)).toBe(0)
    expect(await silent(1)).toBe(1)
    expect(await connection(one.id)).toMatchObject({ status: 'closed', close_code: 3000, close_reason: 'node lost' })
    expect(await connection(gone.id)).toMatchObject({ close_code: 1000 })
    expect(await connection(other.id)).toMatchObject({ status: 'open' })
    expect(await agency.records.isAlive(lost.node.id)).toBe(false)
    expect(await agency.records.isAlive(lives.node.id)).toBe(true)
    expect(await agency.records.presentIn('system')).toEqual([
      { client: other.id, user: other.userId, node: lives.node.id },
    ])
    expect((await told()).at(-1)).toMatchObject({
      node: { name: 'lost 1' },
      closed: [{ id: one.id, code: 3000, reason: 'node lost' }],
    })
  })

  it('counts as present no longer than twenty seconds after its last sign of life, whoever looks', async () => {
    const { batch, opened } = nodeOf(agency.clock)
    const came = opened()
    await agency.records.record(batch({ opened: [came], channels: [{ id: came.id, channels: ['system'] }] }))
    await agency.clock.advance(20_000)
    expect(await agency.records.presentIn('system')).toHaveLength(1)
    await agency.clock.advance(1)
    expect(await agency.records.presentIn('system')).toEqual([])
  })

  it('is not taken for lost because its clock differs', async () => {
    const { batch, opened } = nodeOf(agency.clock)
    const came = opened()
    await agency.records.record(batch({ opened: [came] }))
    const behind = async () => {
      const now = agency.clock.now().getTime()
      await agency.database.pool.query('update realtime_nodes set heartbeat_at = $1', [new Date(now - 3_600_000)])
    }
    for (let beat = 0; beat < 5; beat++) {
      await behind()
      expect(await silent(15)).toBe(0)
    }
  })

  it('that was only held up takes its connections back', async () => {
    const { batch, opened } = nodeOf(agency.clock)
    const came = opened()
    await agency.records.record(batch({ opened: [came] }))
    await silent(0)
    expect(await silent(20)).toBe(1)
    await agency.records.record(batch({ heard: [{ id: came.id, messages: 0 }] }))
    expect(await connection(came.id)).toMatchObject({ status: 'open', closed_at: null, close_code: null })
    expect(await silent(0)).toBe(0)
  })

  it('that stops in order leaves nothing open', async () => {
    const { node, batch, opened } = nodeOf(agency.clock)
    const came = opened()
    await agency.records.record(batch({ opened: [came] }))
    await agency.records.goodbye(node.id)
    expect(await connection(came.id)).toMatchObject({ status: 'closed', close_code: 3001 })
    expect(await rows('realtime_nodes')).toEqual([])
    await agency.records.goodbye(node.id)
    expect(await silent(60)).toBe(0)
  })

  it('is found by its connections when nothing else is known of it', async () => {
    const { batch, opened } = nodeOf(agency.clock)
    const came = opened()
    await agency.records.record(batch({ opened: [came] }))
    await agency.database.pool.query('delete from realtime_nodes')
    expect(await agency.records.closeLost()).toBe(1)
    expect(await connection(came.id)).toMatchObject({ status: 'closed' })
  })
})

it('writes a thousand of everything in a few statements', async () => {
  const { batch, opened, delivery } = nodeOf(agency.clock)
  const came = Array.from({ length: 1_000 }, () => opened())
  const ids = came.map(({ id }) => id)
  const deliveries = Array.from({ length: 200 }, (_, position) => delivery(ids, { position }))
  const big: RecordBatch = batch({
    opened: came,
    channels: ids.map((id) => ({ id, channels: ['system'] })),
    deliveries,
  })
  await agency.records.record(big)
  await agency.records.record(batch({ heard: ids.map((id) => ({ id, messages: 1 })) }))
  const { rows: counted } = await agency.database.pool.query(
    `select (select count(*) from websocket_connections where channels = '{system}') as connections,
       (select sum(messages) from websocket_message_totals)::int as messages`,
  )
  expect(counted).toEqual([{ connections: 1_000, messages: 200_000 }])
})
