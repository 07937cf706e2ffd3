// The plain protocol over WebSocket, and what is refused of it.
import { once } from 'node:events'
import { expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { at, gatewayForEach, reopen, speak } from '../../../test/support/realtime/each-gateway.ts'
import type { Said, Speaker } from '../../../test/support/realtime/each-gateway.ts'
import { openGateway } from '../../../test/support/realtime/gateway.ts'
import { ManualClock } from '../../platform/clock.ts'
import type { Role } from '../../platform/contract/operation.ts'

gatewayForEach()

interface Talk extends Speaker {
  ask(message: object): Promise<Said>
}
let refs = 0
async function talk(user = 'rina', more = '', gateway = at, role: Role = 'client'): Promise<Talk> {
  const spoken = await speak(user, { more, gateway, role })
  return {
    ...spoken,
    async ask(message) {
      const ref = ++refs
      spoken.say({ ...message, ref })
      return vi.waitFor(() => {
        const answer = spoken.said.find((each) => each.ref === ref)
        if (!answer) throw new Error(`no answer to ${JSON.stringify(message)}`)
        return answer
      })
    },
  }
}

it('answers every word of the protocol', async () => {
  const rina = await talk()
  const standing = await rina.ask({ type: 'resume' })
  expect(standing).toMatchObject({
    type: 'resumed',
    recovered: true,
    epoch: 'log-1',
    channels: ['user:rina', 'system'],
  })
  expect(await rina.ask({ type: 'ping' })).toMatchObject({ type: 'pong' })
  expect(await rina.ask({ type: 'subscribe', channel: 'project:rina' })).toMatchObject({
    type: 'subscribed',
    channel: 'project:rina',
    id: standing.id,
  })
  const { position } = at.change('rina', 'one')
  expect(await rina.ask({ type: 'ack', id: String(position) })).toMatchObject({
    type: 'acknowledged',
    id: String(position),
  })
  expect(await rina.ask({ type: 'refresh', token: await at.token('rina') })).toMatchObject({ type: 'refreshed' })
  expect(await rina.ask({ type: 'unsubscribe', channel: 'project:rina' })).toMatchObject({ type: 'unsubscribed' })
  expect(rina.texts()).toEqual(['one'])
})
it('sends each message once, however many of its channels are read, with ids that grow', async () => {
  const admin = await talk('boss', '', at, 'admin')
  await admin.ask({ type: 'subscribe', channel: 'project:rina' })
  await admin.ask({ type: 'subscribe', channel: 'user:rina' })
  for (const text of ['one', 'two']) at.change('rina', text)
  await vi.waitFor(() => expect(admin.texts()).toEqual(['one', 'two']))
  expect(await admin.ask({ type: 'presence', channel: 'user:rina' })).toMatchObject({
    clients: [{ user: 'boss', id: expect.any(String) }],
  })
})
it('says why something is refused', async () => {
  const rina = await talk()
  const refusal = async (message: object) => {
    const { type, code, temporary } = await rina.ask(message)
    return [type, code, temporary]
  }
  expect(await refusal({ type: 'subscribe', channel: 'project:budi' })).toEqual(['error', 103, false])
  expect(await refusal({ type: 'subscribe', channel: 'user:budi' })).toEqual(['error', 103, false])
  expect(await refusal({ type: 'subscribe', channel: 'nothing' })).toEqual(['error', 102, false])
  expect(await refusal({ type: 'subscribe', channel: 'system' })).toEqual(['error', 105, false])
  expect(await refusal({ type: 'subscribe' })).toEqual(['error', 107, false])
  expect(await refusal({ type: 'presence', channel: 'system' })).toEqual(['error', 103, false])
  expect(await refusal({ type: 'shout' })).toEqual(['error', 104, false])
  expect(await refusal({ type: 'ack', id: '99999999' })).toEqual(['error', 107, false])
  expect(await refusal({ type: 'refresh', token: await at.token('rina', { seconds: -9 }) })).toEqual([
    'error',
    109,
    false,
  ])
  at.change('rina', 'still here')
  await vi.waitFor(() => expect(rina.texts()).toEqual(['still here']))
})
it('recovers by query, by word and by channel, or says that it cannot', async () => {
  const first = at.change('rina', 'one')
  at.change('rina', 'two')
  const rina = await talk('rina', `&resume=${first.position}&epoch=log-1`)
  await vi.waitFor(() => expect(rina.texts()).toEqual(['two']))
  expect(await rina.ask({ type: 'resume', id: String(first.position - 1) })).toMatchObject({ recovered: true })
  expect(rina.texts()).toEqual(['two', 'one', 'two'])
  expect(
    await rina.ask({ type: 'subscribe', channel: 'project:rina', since: String(first.position), epoch: 'log-1' }),
  ).toMatchObject({ recovered: true })
  expect(rina.texts()).toEqual(['two', 'one', 'two', 'two'])
  expect(await rina.ask({ type: 'resume', id: '5', epoch: 'another log' })).toMatchObject({ recovered: false })
  at.log.forget(first.position)
  for (let n = 0; n < 2_000; n++) at.tell('filler')
  expect(await rina.ask({ type: 'resume', id: String(first.position - 1) })).toMatchObject({ recovered: false })
})
it('allows a hundred and twenty-eight channels, and no more', async () => {
  await reopen({ limits: { messagesPerMinute: 1_000 } })
  const rina = await talk()
  for (let n = 0; n < 126; n++) await rina.ask({ type: 'subscribe', channel: `project:rina-${n}` })
  expect(await rina.ask({ type: 'subscribe', channel: 'project:rina-more' })).toMatchObject({ code: 106 })
})
it('lets a hundred messages a minute through, tells when to come back, and then ends it', async () => {
  const rina = await talk()
  for (let n = 0; n < 100; n++) rina.socket.send('{"type":"ping"}')
  expect(await rina.ask({ type: 'ping' })).toMatchObject({ type: 'error', code: 111, temporary: true, retryAfter: 1 })
  for (let n = 0; n < 101; n++) rina.socket.send('{"type":"ping"}')
  expect(await rina.closed).toBe(3013)
})
it.each([
  ['JSON that is none', '{"type":', 3501],
  ['an array', '[1]', 3501],
  ['something binary', Buffer.from([1, 2, 3]), 3506],
  ['a frame of a megabyte', 'x'.repeat(1_048_576), 1009],
])('ends a connection that sends %s', async (_what, data, code) => {
  const [rina, other] = [await talk(), await talk('budi')]
  rina.socket.send(data)
  expect(await rina.closed).toBe(code)
  at.change('budi', 'undisturbed')
  await vi.waitFor(() => expect(other.texts()).toEqual(['undisturbed']))
})
it('closes for a token of somebody else, for one of another role, and for one whose session is over', async () => {
  const rina = await talk()
  rina.socket.send(JSON.stringify({ type: 'refresh', token: await at.token('budi') }))
  expect(await rina.closed).toBe(3500)
  const promoted = await talk()
  promoted.socket.send(JSON.stringify({ type: 'refresh', token: await at.token('rina', { role: 'admin' }) }))
  expect(await promoted.closed).toBe(3014)
  const ended = await talk()
  at.effect({ kind: 'sessions', userId: 'rina', sessionIds: ['s-rina'] })
  expect(await ended.closed).toBe(3500)
})
it('closes by id, for good or to come back, and for a block', async () => {
  const [one, two, three] = [await talk(), await talk(), await talk('budi')]
  const idOf = async (each: Talk) => (await each.ask({ type: 'resume' })).connection as string
  at.effect({ kind: 'connection', id: await idOf(one), reconnect: true })
  at.effect({ kind: 'connection', id: await idOf(two), reconnect: false })
  at.effect({ kind: 'blocked', userId: 'budi' })
  expect([await one.closed, await two.closed, await three.closed]).toEqual([3011, 3503, 3503])
})

it('pings, ends who is silent, and lets a token run out', async () => {
  const clock = new ManualClock('2026-11-28T08:00:00Z')
  const timed = await openGateway({ clock, now: () => clock.now().getTime() })
  const rina = await talk('rina', '', timed)
  const [quiet, refreshed] = [await talk('budi', '', timed), await talk('sari', '', timed)]
  // A browser answers the ping of the protocol by itself; this one has gone deaf.
  quiet.socket.removeAllListeners('ping')
  Object.assign(quiet.socket, { pong: () => undefined, _autoPong: false })
  await clock.advance(25_000)
  await vi.waitFor(() => expect(rina.said.map(({ type }) => type)).toContain('ping'))
  await rina.ask({ type: 'ping' })
  await refreshed.ask({ type: 'ping' })
  await clock.advance(6_000)
  expect(await quiet.closed).toBe(3012)
  for (let n = 0; n < 12; n++) {
    await clock.advance(24_000)
    if (rina.socket.readyState === 1) await rina.ask({ type: 'ping' })
    await refreshed.ask({ type: 'refresh', token: await timed.token('sari') })
  }
  await clock.advance(10_000)
  expect(await rina.closed).toBe(3005)
  expect(refreshed.socket.readyState).toBe(1)
  refreshed.socket.close()
  await timed.close()
})
it('closes who does not say who they are in ten seconds', async () => {
  const clock = new ManualClock('2026-11-28T08:00:00Z')
  const timed = await openGateway({ clock, now: () => clock.now().getTime() })
  const socket = new WebSocket(`ws://127.0.0.1:${timed.port}/connection/websocket`)
  await once(socket, 'open')
  const closed = once(socket, 'close')
  await clock.advance(11_000)
  expect((await closed)[0]).toBe(3502)
  await timed.close()
})

it('gives a place back when a stream is refused or ends', async () => {
  const get = async () => {
    const answer = await fetch(
      `${at.url}/connection/sse?token=${await at.token('rina')}&csrf=${at.csrf('s-rina')}&channels=project:budi`,
    )
    await answer.body?.cancel()
    return answer.status
  }
  for (let n = 0; n < 25; n++) expect(await get()).toBe(403)
  for (let n = 0; n < 25; n++) (await talk()).socket.terminate()
  await vi.waitFor(() => expect(at.gateway.connections).toBe(0))
  await talk()
})
it.each(['abc', '12345678901234567890', '-1'])('says of "%s" that it is no position', async (id) => {
  const rina = await talk('rina', `&resume=${id}`)
  await vi.waitFor(() =>
    expect(rina.said).toContainEqual(expect.objectContaining({ type: 'resumed', recovered: false })),
  )
})
it('puts on record that somebody left, not what they say of it', async () => {
  const rina = await talk()
  rina.socket.close(3503, 'blocked by the agency')
  await rina.closed
  await vi.waitFor(() => expect(at.gateway.figures().closes).toEqual({ 3000: 1 }))
})
