import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { refusal } from '../../../test/support/agency.ts'
import { createLiveAgency } from '../../../test/support/realtime/agency.ts'
import type { LiveAgency } from '../../../test/support/realtime/agency.ts'
import { figuresOf, nodeOf } from '../../../test/support/realtime/records.ts'
import type { Account } from '../../platform/contract/call.ts'
import type { GivenInput } from '../../platform/contract/operation.ts'
import { newId } from '../../platform/ids.ts'
import { placeOrder } from '../projects/contract.ts'
import {
  acknowledge,
  disconnect,
  getConnection,
  getStatus,
  getSubscriptionToken,
  getToken,
  listConnections,
  listMessages,
} from './contract.ts'

let agency: LiveAgency
let admin: Account
let client: Account
const begin = async () => {
  agency = await createLiveAgency()
  admin = await agency.person('admin', 'Sari')
  client = await agency.person('client', 'Ayu Lestari')
}

describe('tokens', () => {
  beforeAll(begin)
  afterAll(() => agency.drop())

  it('say who, by which session and in which role, for five minutes', async () => {
    const { token, csrf, expiresIn, url, urls } = await agency.ask(client, getToken, {})
    expect(expiresIn).toBe(300)
    const claims = await agency.tokens.verify(token, 'realtime')
    expect(claims).toMatchObject({ sub: client.id, sid: agency.sessionOf(client).id, more: { role: 'client' } })
    expect((claims?.exp ?? 0) - (claims?.iat ?? 0)).toBe(300)
    expect(claims?.more.channel).toBeUndefined()
    expect(csrf).toMatch(/^[\w-]{43}$/)
    expect((await agency.ask(admin, getToken, {})).csrf).not.toBe(csrf)
    expect(url).toBe('wss://agency.test/ws')
    expect(urls).toEqual({
      plain: 'wss://agency.test/ws',
      sse: 'https://agency.test/connection/sse',
      centrifugo: 'wss://agency.test/connection/websocket',
      httpStream: 'https://agency.test/connection/http_stream',
    })
  })

  it('end with the session', async () => {
    const end = new Date(agency.clock.now().getTime() + 90_500)
    agency.sessions.set(client.id, { id: newId(), end })
    const { token, expiresIn } = await agency.ask(client, getToken, {})
    expect(expiresIn).toBe(90)
    expect((await agency.tokens.verify(token, 'realtime'))?.exp).toBeLessThanOrEqual(end.getTime() / 1000)
    expect((await agency.ask(client, getSubscriptionToken, { channel: 'system' })).expiresIn).toBe(90)
  })

  it('are not given to a session that is over', async () => {
    agency.sessions.set(client.id, { id: newId(), end: agency.clock.now() })
    expect(await refusal(agency.ask(client, getToken, {}))).toBe('not_signed_in')
    expect(await refusal(agency.ask(client, getSubscriptionToken, { channel: 'system' }))).toBe('not_signed_in')
    agency.sessions.delete(client.id)
  })

  it('for a channel are given to who may read it', async () => {
    const { project } = await agency.call(client, placeOrder, { plan: 'company', projectName: 'Situs' })
    const channel = `project:${project.id}`
    const { token } = await agency.ask(client, getSubscriptionToken, { channel })
    expect((await agency.tokens.verify(token, 'realtime'))?.more).toMatchObject({ channel })
    const other = await agency.person('client', 'Budi')
    expect(await refusal(agency.ask(other, getSubscriptionToken, { channel }))).toBe('channel_forbidden')
    expect(await refusal(agency.ask(other, getSubscriptionToken, { channel: 'admin' }))).toBe('channel_forbidden')
    await agency.ask(admin, getSubscriptionToken, { channel })
  })
})

describe('acknowledging by request', () => {
  beforeAll(begin)
  afterAll(() => agency.drop())

  it('answers where the inbox stands', async () => {
    await agency.call(client, placeOrder, { plan: 'company', projectName: 'Situs' })
    const end = await agency.platform.events.horizon()
    expect(await agency.ask(client, acknowledge, { id: '9999999999' })).toEqual({ acknowledged: String(end) })
    expect(await agency.ask(client, acknowledge, { id: '0' })).toEqual({ acknowledged: String(end) })
  })
})

describe('connections', () => {
  beforeEach(begin)
  afterEach(() => agency.drop())

  it('are shown with the figures of all nodes that live', async () => {
    const [one, two, dead] = ['a', 'b', 'c'].map((name) => nodeOf(agency.clock, name))
    await agency.records.record(dead!.batch({ figures: figuresOf({ connections: 100 }) }))
    await agency.clock.advance(21_000)
    const came = one!.opened({ userId: client.id })
    const left = one!.opened({ userId: client.id })
    await agency.records.record(
      one!.batch({ opened: [came, left], closed: [one!.closed(left)], figures: figuresOf({ connections: 2 }) }),
    )
    await agency.records.record(two!.batch({ figures: figuresOf({ connections: 3 }) }))
    const status = await agency.ask(admin, getStatus, {})
    expect(status).toMatchObject({ connections: 5, broker: 'postgres', at: agency.clock.now().toISOString() })
    expect(status.nodes.map(({ name, figures }) => [name, figures.connections])).toEqual([
      ['a', 2],
      ['b', 3],
    ])
    expect(status.list).toMatchObject([
      { id: came.id, user: { id: client.id, name: 'Ayu Lestari', email: client.email } },
    ])
  })

  it('are listed the newest first, page by page, by what is asked for', async () => {
    const { batch, opened, closed } = nodeOf(agency.clock)
    const all = Array.from({ length: 25 }, (_, at) =>
      opened({ userId: at % 2 ? client.id : admin.id, protocol: at % 5 ? 'plain' : 'centrifugo', role: 'client' }),
    )
    await agency.records.record(batch({ opened: all, closed: all.slice(0, 10).map((each) => closed(each)) }))
    await agency.clock.advance(86_400_000)
    const today = opened({ userId: newId() })
    await agency.records.record(batch({ opened: [today] }))

    async function found(filter: Partial<GivenInput<typeof listConnections>>): Promise<string[]> {
      const ids: string[] = []
      let cursor: string | undefined
      do {
        const page = await agency.ask(admin, listConnections, { limit: 7, ...filter, ...(cursor ? { cursor } : {}) })
        ids.push(...page.data.map(({ id }) => id))
        cursor = page.nextCursor ?? undefined
      } while (cursor)
      return ids
    }
    const newest = all.toReversed().map((each, at) => ({ ...each, place: 24 - at }))
    const those = (wanted: (each: (typeof newest)[number]) => boolean) => newest.filter(wanted).map(({ id }) => id)
    expect(await found({})).toEqual([today.id, ...those(() => true)])
    expect(await found({ status: 'open' })).toEqual([today.id, ...those(({ place }) => place >= 10)])
    expect(await found({ status: 'closed' })).toEqual(those(({ place }) => place < 10))
    expect(await found({ userId: client.id })).toEqual(those(({ userId }) => userId === client.id))
    expect(await found({ protocol: 'centrifugo' })).toEqual(those(({ protocol }) => protocol === 'centrifugo'))
    expect(await found({ search: 'lestari' })).toEqual(those(({ userId }) => userId === client.id))
    expect(await found({ search: admin.email.slice(0, 30) })).toEqual(those(({ userId }) => userId === admin.id))
    expect(await found({ search: '%' })).toEqual([])
    // Whose account is gone is still on record.
    expect(await agency.ask(admin, getConnection, { id: today.id })).toMatchObject({
      user: { name: '' },
      status: 'open',
    })
    expect(await refusal(agency.ask(admin, getConnection, { id: newId() }))).toBe('not_found')
  })

  it('are closed by asking, while they are open', async () => {
    const { batch, opened, closed } = nodeOf(agency.clock)
    const came = opened({ userId: client.id })
    await agency.records.record(batch({ opened: [came] }))
    expect(await agency.ask(admin, disconnect, { id: came.id, reconnect: false, reason: 'spam' })).toEqual({
      accepted: true,
    })
    expect(await agency.told('websocket.disconnect_asked')).toEqual([
      { connection: { id: came.id, userId: client.id }, reconnect: false, reason: 'spam' },
    ])
    await agency.records.record(batch({ closed: [closed(came)] }))
    expect(await refusal(agency.ask(admin, disconnect, { id: came.id }))).toBe('not_found')
    expect(await refusal(agency.ask(admin, disconnect, { id: newId() }))).toBe('not_found')
  })
})

describe('messages', () => {
  interface Expected {
    connection: string
    position: number
    at: number
    type: string
  }
  let expected: Expected[]
  let mine: string[]

  // Half a day of messages, several in the same millisecond, to one and to many, of two nodes.
  beforeAll(async () => {
    await begin()
    expected = []
    const nodes = [nodeOf(agency.clock, 'a'), nodeOf(agency.clock, 'b')]
    const own = nodes.map((node) => [
      node.opened({ userId: client.id }),
      ...Array.from({ length: 60 }, () => node.opened({ userId: admin.id })),
    ])
    mine = own.map(([first]) => first!.id)
    for (const [at, node] of nodes.entries()) await agency.records.record(node.batch({ opened: own[at]! }))
    let position = 0
    for (let hour = 0; hour < 12; hour++) {
      for (const [at, node] of nodes.entries()) {
        const ids = own[at]!.map(({ id }) => id)
        const deliveries = [0, 0, 1, 2].flatMap((ms) => {
          const audience = ms === 1 ? ids : ids.slice(0, 1 + ((hour + ms) % 4))
          const type = ms === 2 ? ('payment_update' as const) : ('project_update' as const)
          const when = new Date(agency.clock.now().getTime() + ms)
          const delivery = node.delivery(audience, { at: when, position: ++position, type, event: `thing.${ms}` })
          // Later in the list is newer.
          for (const connection of audience) expected.push({ connection, position, at: when.getTime(), type })
          return [delivery]
        })
        await agency.records.record(node.batch({ deliveries }))
      }
      await agency.clock.advance(3_600_000)
    }
  })
  afterAll(() => agency.drop())

  async function walk(filter: Partial<GivenInput<typeof listMessages>>, limit = 100) {
    const seen: { connectionId: string; messageId: string; sentAt: string; id: string; channel: string }[] = []
    let totals:
      | { all: number; byType: Record<string, number>; byHour: { hour: string; messages: number }[] }
      | undefined
    let cursor: string | undefined
    do {
      const page = await agency.ask(admin, listMessages, { limit, ...filter, ...(cursor ? { cursor } : {}) })
      seen.push(...page.data)
      totals ??= page.totals
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    return { seen, totals }
  }
  const pairs = (all: { connectionId: string; messageId: string }[]) =>
    all.map(({ connectionId, messageId }) => `${messageId} ${connectionId}`).toSorted()
  const wanted = (of: (each: Expected) => boolean) =>
    expected
      .filter(of)
      .map(({ connection, position }) => `${position} ${connection}`)
      .toSorted()

  const everything = () => true
  it.each<[number, Partial<GivenInput<typeof listMessages>>, (each: Expected) => boolean]>([
    [1, { type: 'payment_update' }, ({ type }) => type === 'payment_update'],
    [1, { userId: 'client' }, ({ connection }) => mine.includes(connection)],
    [7, {}, everything],
    [100, {}, everything],
  ])('are a row for each connection, none twice and none left out, by pages of %i of %j', async (limit, filter, of) => {
    const { seen } = await walk(filter.userId ? { userId: client.id } : filter, limit)
    expect(pairs(seen)).toEqual(wanted(of))
    const times = seen.map(({ sentAt }) => sentAt)
    expect(times).toEqual(times.toSorted().toReversed())
  })

  it('that are recorded while somebody pages do not move what comes after', async () => {
    const first = await agency.ask(admin, listMessages, { limit: 50 })
    const node = nodeOf(agency.clock, 'late')
    await agency.records.record(node.batch({ deliveries: [node.delivery([mine[0]!], { position: 9_999 })] }))
    const second = await agency.ask(admin, listMessages, { limit: 50, cursor: first.nextCursor! })
    const all = await walk({})
    const known = all.seen.filter(({ messageId }) => messageId !== '9999')
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(known.slice(0, 100).map(({ id }) => id))
    await agency.database.pool.query('delete from websocket_messages where position = 9999')
    await agency.database.pool.query(`delete from websocket_message_totals where event = 'announcement.published'`)
  })

  it('are found by type, event, connection, user and time, and counted the same', async () => {
    const start = expected[0]!.at
    const at = (ms: number) => new Date(start + ms).toISOString()
    const HOUR = 3_600_000
    const cases: [Partial<GivenInput<typeof listMessages>>, (each: Expected) => boolean][] = [
      [{}, () => true],
      [{ type: 'payment_update' }, ({ type }) => type === 'payment_update'],
      [{ event: 'thing.1' }, (each) => (each.at - start) % HOUR === 1],
      [{ connectionId: mine[1]! }, ({ connection }) => connection === mine[1]],
      [{ userId: client.id }, ({ connection }) => mine.includes(connection)],
      [{ userId: client.id, connectionId: mine[0]! }, ({ connection }) => connection === mine[0]],
      [{ userId: admin.id, connectionId: mine[0]! }, () => false],
      [{ userId: newId() }, () => false],
      [{ from: at(2 * HOUR + 1) }, (each) => each.at >= start + 2 * HOUR + 1],
      [{ to: at(2 * HOUR + 2) }, (each) => each.at < start + 2 * HOUR + 2],
      [{ from: at(1), to: at(2) }, (each) => each.at === start + 1],
      [{ from: at(HOUR), to: at(0) }, () => false],
      [
        { from: at(HOUR + 1), to: at(5 * HOUR + 1), type: 'project_update', userId: client.id },
        (each) =>
          each.at >= start + HOUR + 1 &&
          each.at < start + 5 * HOUR + 1 &&
          each.type === 'project_update' &&
          mine.includes(each.connection),
      ],
    ]
    for (const [filter, of] of cases) {
      const { seen, totals } = await walk(filter)
      const about = JSON.stringify(filter)
      expect(pairs(seen), about).toEqual(wanted(of))
      const matching = expected.filter(of)
      expect(totals.all, about).toBe(matching.length)
      const byType = Object.fromEntries(
        Object.entries(Object.groupBy(matching, ({ type }) => type)).map(([type, each]) => [type, each?.length]),
      )
      expect(totals.byType, about).toEqual(byType)
      expect(
        totals.byHour.reduce((all, { messages }) => all + messages, 0),
        about,
      ).toBe(matching.length)
      for (const { hour, messages } of totals.byHour) {
        const from = new Date(hour).getTime()
        expect(matching.filter((each) => each.at >= from && each.at < from + HOUR).length, `${about} ${hour}`).toBe(
          messages,
        )
      }
    }
  })

  it('are counted for the last thirty days', async () => {
    const node = nodeOf(agency.clock)
    await agency.clock.advance(28 * 86_400_000)
    await agency.records.record(node.batch({ deliveries: [node.delivery([newId()])] }))
    expect((await agency.ask(admin, listMessages, {})).totals.all).toBe(expected.length + 1)
    await agency.clock.advance(3 * 86_400_000)
    const { totals, data } = await agency.ask(admin, listMessages, { limit: 2 })
    expect(totals.all).toBe(1)
    expect(data).toHaveLength(2)
    expect((await agency.ask(admin, listMessages, { connectionId: mine[0]! })).totals.all).toBe(0)
  })
})
