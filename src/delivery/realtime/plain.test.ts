// The plain protocol over WebSocket and over server-sent events, and what is refused of it.
import { once } from 'node:events'
import { connect } from 'node:net'
import { EventSource } from 'undici'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { openGateway, sign } from '../../../test/support/realtime/gateway.ts'
import type { TestGateway } from '../../../test/support/realtime/gateway.ts'
import { createMemoryLog } from '../../../test/support/realtime/log.ts'
import { ManualClock } from '../../platform/clock.ts'
import type { GatewayOptions } from './gateway.ts'

type Said = Record<string, unknown> & { type: string; id?: string; payload?: { data: { text: string } } }
let at: TestGateway
const sockets: { close(): void }[] = []
beforeEach(async () => {
  at = await openGateway()
})
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.close()
  await at.close()
})

interface Talk {
  socket: WebSocket
  said: Said[]
  texts(): string[]
  ask(message: object): Promise<Said>
  closed: Promise<number>
}
let refs = 0
async function talk(user = 'rina', more = '', gateway = at, role: 'client' | 'admin' = 'client'): Promise<Talk> {
  const token = await gateway.token(user, { role })
  const url = `ws://127.0.0.1:${gateway.port}/ws?token=${token}&csrf=${gateway.csrf(`s-${user}`)}${more}`
  const socket = new WebSocket(url)
  sockets.push(socket)
  const said: Said[] = []
  socket.on('message', (data) => said.push(JSON.parse((data as Buffer).toString()) as Said))
  const closed = once(socket, 'close').then(([code]) => code as number)
  await once(socket, 'open')
  return {
    socket,
    said,
    closed,
    texts: () => said.flatMap(({ payload }) => payload?.data.text ?? []),
    async ask(message) {
      const ref = ++refs
      socket.send(JSON.stringify({ ...message, ref }))
      return vi.waitFor(() => {
        const answer = said.find((each) => each.ref === ref)
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
  await at.close()
  at = await openGateway({ limits: { messagesPerMinute: 1_000 } })
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

interface Streamed {
  source: EventSource
  texts: string[]
  ids: string[]
  welcome: Record<string, unknown>
  replies: Said[]
}
async function stream(more = ''): Promise<Streamed> {
  const source = new EventSource(
    `${at.url}/connection/sse?token=${await at.token('rina')}&csrf=${at.csrf('s-rina')}${more}`,
  )
  sockets.push(source)
  const streamed: Streamed = { source, texts: [], ids: [], welcome: {}, replies: [] }
  source.addEventListener('message', (event) => {
    const { data, lastEventId } = event as unknown as MessageEvent<string>
    streamed.texts.push((JSON.parse(data) as Said).payload!.data.text)
    streamed.ids.push(lastEventId)
  })
  source.addEventListener('reply', (event) =>
    streamed.replies.push(JSON.parse((event as unknown as MessageEvent<string>).data) as Said),
  )
  const [event] = (await once(source as unknown as EventTarget, 'welcome')) as [MessageEvent<string>]
  streamed.welcome = JSON.parse(event.data) as Record<string, unknown>
  return streamed
}
it('streams server-sent events, resumes after the last one by itself, and takes commands beside', async () => {
  const rina = await stream('&channels=project:rina')
  expect(rina.welcome).toMatchObject({ channels: ['user:rina', 'system', 'project:rina'], epoch: 'log-1' })
  const first = at.change('rina', 'one')
  await vi.waitFor(() => expect(rina.texts).toEqual(['one']))
  expect(rina.ids).toEqual([String(first.position)])
  const command = (data: object) =>
    fetch(`${at.url}/emulation`, {
      method: 'POST',
      body: JSON.stringify({ session: rina.welcome.session, node: rina.welcome.node, data: JSON.stringify(data) }),
    })
  expect((await command({ type: 'ack', id: String(first.position), ref: 1 })).status).toBe(204)
  await vi.waitFor(() => expect(rina.replies).toEqual([{ type: 'acknowledged', id: String(first.position), ref: 1 }]))
  at.cutAll()
  at.change('rina', 'two')
  await vi.waitFor(() => expect(rina.texts).toEqual(['one', 'two']), { timeout: 10_000 })
})
it('refuses a stream as HTTP does', async () => {
  const get = async (query: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${at.url}/connection/sse?${query}`, { headers })
    await answer.body?.cancel()
    return answer.status
  }
  const token = await at.token('rina')
  const good = `token=${token}&csrf=${at.csrf('s-rina')}`
  expect(await get('token=x&csrf=y')).toBe(401)
  expect(await get(`token=${token}`)).toBe(403)
  expect(await get(good, { origin: 'https://evil.example' })).toBe(403)
  expect(await get(`${good}&channels=project:budi`)).toBe(403)
  expect((await fetch(`${at.url}/emulation`, { method: 'POST', body: '{' })).status).toBe(400)
  expect((await fetch(`${at.url}/emulation`)).status).toBe(405)
  expect((await fetch(`${at.url}/connection/http_stream`, { method: 'POST', body: 'x'.repeat(200_000) })).status).toBe(
    413,
  )
  const emulate = async (session: string, node: string) =>
    (await fetch(`${at.url}/emulation`, { method: 'POST', body: JSON.stringify({ session, node, data: '{}' }) })).status
  // Nobody is asked about a session that never was.
  expect(await emulate('s', 'another')).toBe(403)
  const session = `s.rina.${sign('another s.rina')}`
  expect(await emulate(session, 'another')).toBe(404)
  expect(await emulate(session, 'a third')).toBe(403)
  expect(await emulate(session.replace('rina', 'budi'), 'another')).toBe(403)
  const preflight = await fetch(`${at.url}/emulation`, {
    method: 'OPTIONS',
    headers: { origin: 'https://agency.test' },
  })
  expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, 'https://agency.test'])
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
it('has other processes do no more for a user than for a connection, however many streams they name', async () => {
  await at.close()
  const log = createMemoryLog()
  const sent: string[] = []
  log.broker.relay.send = (_node, session) => Promise.resolve(sent.push(session) > 0)
  at = await openGateway({ log, limits: { messagesPerMinute: 5 } })
  const answers: (string | number)[] = []
  for (let n = 0; n < 12; n++) {
    const session = `s${n}.rina.${sign(`another s${n}.rina`)}`
    const body = JSON.stringify({ session, node: 'another', data: '{}' })
    const answer = await fetch(`${at.url}/emulation`, { method: 'POST', body })
    answers.push(answer.status === 204 ? 204 : `${answer.status} ${answer.headers.get('retry-after')}`)
    await answer.text()
  }
  expect(sent).toEqual(['s0', 's1', 's2', 's3', 's4'])
  expect(answers.slice(0, 5)).toEqual([204, 204, 204, 204, 204])
  expect(answers.slice(5)).toEqual([...Array<string>(5).fill('429 12'), '429 60', '429 60'])
})
it('opens no second stream behind another on one connection', async () => {
  const path = `/connection/sse?token=${await at.token('rina')}&csrf=${at.csrf('s-rina')}`
  const socket = connect(at.port, '127.0.0.1')
  sockets.push({ close: () => socket.destroy() })
  socket.on('data', () => undefined)
  const get = `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${at.port}\r\n\r\n`
  socket.write(get + get)
  await vi.waitFor(() => expect(at.gateway.figures().refusals).toEqual({ 400: 1 }))
  expect(at.gateway.connections).toBe(1)
})
it('knows whose session has ended although what came before means nothing to it', async () => {
  await at.close()
  const log = createMemoryLog()
  at = await openGateway({
    log,
    effect(stored) {
      if (stored.type === 'odd') throw new TypeError('nobody knows')
      return stored.type === 'effect' ? (stored.data as ReturnType<GatewayOptions['effect']>) : null
    },
  })
  const sessions = { kind: 'sessions', userId: 'rina', sessionIds: ['s-rina'] }
  const common = { subject: 'x', channels: [] }
  log.commit({ type: 'odd', data: {}, ...common }, { type: 'effect', data: sessions, ...common })
  const answer = await fetch(`${at.url}/connection/sse?token=${await at.token('rina')}&csrf=${at.csrf('s-rina')}`)
  await answer.body?.cancel()
  expect(answer.status).toBe(401)
})
