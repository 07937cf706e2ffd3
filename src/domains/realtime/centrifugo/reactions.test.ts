import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { CENTRIFUGO_KEY, startCentrifugo } from '../../../../test/support/centrifugo.ts'
import type { TestCentrifugo, Trouble } from '../../../../test/support/centrifugo.ts'
import { createTestDatabase, quiet } from '../../../../test/support/database.ts'
import type { TestDatabase } from '../../../../test/support/database.ts'
import { systemClock } from '../../../platform/clock.ts'
import { event } from '../../../platform/contract/event.ts'
import type { NewEvent } from '../../../platform/contract/event.ts'
import { openEventLog } from '../../../platform/events/log.ts'
import type { EventLog } from '../../../platform/events/log.ts'
import { createHttpClient } from '../../../platform/http-client.ts'
import { newId } from '../../../platform/ids.ts'
import { SessionsEnded } from '../../identity/contract.ts'
import { createCentrifugoGateway } from './gateway.ts'
import { createCentrifugoReader } from './reactions.ts'

const Priced = event('test.priced', {
  data: z.object({ number: z.int(), price: z.int(), margin: z.int() }),
  subject: ({ number }) => `invoice:${number}`,
  reaches: ({ number }) => [`invoice:${number}`, 'user:budi', 'admin', 'role:admin'],
  live: 'payment_update',
  forClients: z.object({ number: z.int(), price: z.int() }),
})
const Told = event('test.told', {
  data: z.object({ text: z.string() }),
  subject: () => 'system',
  reaches: () => ['system', 'admin'],
  live: 'system_notification',
})
const Silent = event('test.silent', { data: z.object({}), subject: () => 'x', reaches: () => ['admin'] })
const aboutUser = {
  data: z.object({ user: z.object({ id: z.string() }) }),
  subject: ({ user }: { user: { id: string } }) => `user:${user.id}`,
  reaches: () => ['admin'],
}
const Blocked = event('user.blocked', aboutUser)
const RoleChanged = event('user.role_changed', aboutUser)
const types = [Priced, Told, Silent, SessionsEnded, Blocked, RoleChanged]

const soon = { timeout: 20_000, interval: 20 }
const tell = (...texts: string[]) => texts.map((text) => Told.of({ text }))
let test: TestDatabase
let log: EventLog
let centrifugo: TestCentrifugo
const http = createHttpClient({ log: quiet, breaker: false })

beforeEach(async () => {
  test = await createTestDatabase()
  log = openEventLog({ database: test.database, clock: systemClock, log: quiet, random: () => 0 })
  log.declare(types)
  centrifugo = await startCentrifugo()
})
afterEach(async () => {
  await log.close()
  await test.drop()
  await centrifugo.close()
})

const append = (...events: NewEvent[]) =>
  test.database.transaction((tx) => {
    log.append(tx, ...events)
    return Promise.resolve()
  })
async function start(apiKey = CENTRIFUGO_KEY): Promise<void> {
  const gateway = createCentrifugoGateway({ apiUrl: `${centrifugo.url}/`, apiKey, http, timeoutMs: 300 })
  log.startReader(createCentrifugoReader({ centrifugo: gateway, epoch: () => log.epoch() }))
  await log.caughtUp()
}
const texts = (channel: string) =>
  centrifugo.published
    .filter((each) => each.channel === channel)
    .map(({ data }) => Told.data.parse(data.payload.data).text)
const state = async () => (await log.readers()).find(({ name }) => name === 'realtime.centrifugo')

it('publishes every live event to its channels in order, as the message that our own gateway sends', async () => {
  await append(...tell('before'))
  await start()
  await append(...tell('one', 'two'), Silent.of({}))
  await append(...tell('three'))
  await log.caughtUp()
  expect(texts('system')).toEqual(['one', 'two', 'three'])
  expect(texts('admin')).toEqual(['one', 'two', 'three'])
  const [stored] = await log.read(1, 1)
  expect(centrifugo.published[0]!.data).toEqual({
    type: 'system_notification',
    payload: { event: 'test.told', data: { text: 'one' } },
    timestamp: stored!.occurredAt.toISOString(),
    id: String(stored!.position),
  })
})

it('shows the agency all of an event, and others what is meant for them', async () => {
  await start()
  await append(Priced.of({ number: 7, price: 100, margin: 40 }))
  await log.caughtUp()
  const shown = centrifugo.published.map(({ channel, data }) => [channel, data.payload.data])
  const all = { number: 7, price: 100, margin: 40 }
  const less = { number: 7, price: 100 }
  expect(shown).toEqual([
    ['admin', all],
    ['role:admin', all],
    ['invoice:7', less],
    ['user:budi', less],
  ])
})

it.each<[string, Trouble]>([
  ['an error in an answer of 200', { kind: 'error', code: 100 }],
  ['an error of one channel', { kind: 'channel', channel: 'admin', code: 100 }],
  ['a namespace that is not configured yet', { kind: 'channel', channel: 'admin', code: 102 }],
  ['a status of a proxy', { kind: 'status', status: 502 }],
  ['no answer', { kind: 'silence' }],
  ['an answer of somebody else', { kind: 'nonsense' }],
])('waits out %s and then sends everything once and in order', async (_what, trouble) => {
  await start()
  await append(...tell('zero'))
  await log.caughtUp()
  centrifugo.suffer(trouble)
  await append(...tell('one', 'two'))
  await vi.waitFor(async () => expect(await state()).toMatchObject({ parked: 0, attempts: 2 }), soon)
  expect((await state())?.lastError).toContain('Centrifugo')
  expect((await state())?.lastError).not.toContain(CENTRIFUGO_KEY)
  centrifugo.suffer()
  await append(...tell('three'))
  await vi.waitFor(() => expect(texts('admin')).toHaveLength(4), soon)
  await log.caughtUp()
  expect(texts('system')).toEqual(['zero', 'one', 'two', 'three'])
  expect(texts('admin')).toEqual(['zero', 'one', 'two', 'three'])
})

it('says what to do about a wrong key', async () => {
  await start('another key')
  await append(...tell('one'))
  await vi.waitFor(async () => expect((await state())?.lastError).toContain('is CENTRIFUGO_API_KEY'), soon)
})

it('parks what Centrifugo will never take, and goes on', async () => {
  await start()
  centrifugo.suffer({ kind: 'error', code: 107 })
  await append(...tell('one'))
  await vi.waitFor(async () => expect(await state()).toMatchObject({ parked: 1 }), soon)
  centrifugo.suffer()
  await append(...tell('two'))
  await log.caughtUp()
  expect(texts('system')).toEqual(['two'])
})

const userId = newId()
const ended = (...sessionIds: string[]) => SessionsEnded.of({ user: { id: userId }, sessionIds, why: 'revoked' })

it('closes the connections of an ended session, and lets the others of the user be', async () => {
  const [session, other] = [newId(), newId()]
  centrifugo.presence.set(`user:${userId}`, [
    { client: 'a', user: userId, conn_info: { sid: session } },
    { client: 'b', user: userId, conn_info: { sid: other } },
    { client: 'c', user: userId },
    // Somebody of the agency looks on.
    { client: 'd', user: 'admin', conn_info: { sid: session } },
  ])
  await start()
  await append(ended(session))
  await log.caughtUp()
  expect(centrifugo.commands).toEqual([
    {
      method: 'disconnect',
      body: { user: userId, client: 'a', disconnect: { code: 4500, reason: 'signed out' } },
    },
    { method: 'refresh', body: { user: userId, client: 'c', expired: true } },
  ])
})

it('has all connections of the user show a new token where presence is not kept', async () => {
  centrifugo.withoutPresence()
  await start()
  await append(ended(newId()))
  await log.caughtUp()
  expect(centrifugo.commands).toEqual([{ method: 'refresh', body: { user: userId, expired: true } }])
})

it('sends a blocked user away for good, and one whose role has changed to fetch a new token', async () => {
  await start()
  await append(Blocked.of({ user: { id: userId } }), RoleChanged.of({ user: { id: userId } }))
  await log.caughtUp()
  expect(centrifugo.commands).toEqual([
    { method: 'disconnect', body: { user: userId, disconnect: { code: 4503, reason: 'force disconnect' } } },
    { method: 'disconnect', body: { user: userId, disconnect: { code: 4014, reason: 'rights changed' } } },
  ])
  expect(centrifugo.published).toEqual([])
})
