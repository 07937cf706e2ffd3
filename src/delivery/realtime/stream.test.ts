// Server-sent events of the plain protocol, and commands for streams that are at another process.
import { once } from 'node:events'
import { connect } from 'node:net'
import { EventSource } from 'undici'
import { expect, it, vi } from 'vitest'
import { at, ends, gatewayForEach, reopen } from '../../../test/support/realtime/each-gateway.ts'
import type { Said } from '../../../test/support/realtime/each-gateway.ts'
import { sign } from '../../../test/support/realtime/gateway.ts'
import { createMemoryLog } from '../../../test/support/realtime/log.ts'
import type { GatewayOptions } from './gateway.ts'

gatewayForEach()

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
  ends.push(source)
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
it('has other processes do no more for a user than for a connection, however many streams they name', async () => {
  const log = createMemoryLog()
  const sent: string[] = []
  log.broker.relay.send = (_node, session) => Promise.resolve(sent.push(session) > 0)
  await reopen({ log, limits: { messagesPerMinute: 1, connectionsPerUser: 5 } })
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
  ends.push({ close: () => socket.destroy() })
  socket.on('data', () => undefined)
  const get = `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${at.port}\r\n\r\n`
  socket.write(get + get)
  await vi.waitFor(() => expect(at.gateway.figures().refusals).toEqual({ 400: 1 }))
  expect(at.gateway.connections).toBe(1)
})
it('knows whose session has ended although what came before means nothing to it, and trusts no one that is about', async () => {
  const log = createMemoryLog()
  await reopen({
    log,
    effect(stored) {
      if (stored.type === 'odd') throw new TypeError('nobody knows')
      return stored.type === 'effect' ? (stored.data as ReturnType<GatewayOptions['effect']>) : null
    },
  })
  const sessions = { kind: 'sessions', userId: 'rina', sessionIds: ['s-rina'] }
  const common = { subject: 'x', channels: [] }
  const budi = await fetch(`${at.url}/connection/sse?token=${await at.token('budi')}&csrf=${at.csrf('s-budi')}`)
  log.commit(
    { type: 'odd', data: {}, subject: 'user:budi', channels: [] },
    { type: 'effect', data: sessions, ...common },
  )
  expect(await budi.text()).toContain('{"type":"closed","code":3014')
  const answer = await fetch(`${at.url}/connection/sse?token=${await at.token('rina')}&csrf=${at.csrf('s-rina')}`)
  await answer.body?.cancel()
  expect(answer.status).toBe(401)
})
it('tells a stream that is to have too many channels so, before it begins', async () => {
  const channels = Array.from({ length: 127 }, (_, n) => `project:rina-${n}`).join(',')
  const get = async (names: string) => {
    const answer = await fetch(
      `${at.url}/connection/sse?token=${await at.token('rina')}&csrf=${at.csrf('s-rina')}&channels=${names}`,
      { headers: { origin: 'https://agency.test' } },
    )
    const problem = answer.ok ? null : ((await answer.json()) as { code: string; detail: string })
    if (answer.ok) await answer.body?.cancel()
    return { status: answer.status, problem, exposed: answer.headers.get('access-control-expose-headers') }
  }
  expect(await get(channels)).toMatchObject({
    status: 403,
    problem: { code: 'forbidden', detail: expect.stringContaining('128') },
    exposed: 'retry-after',
  })
  expect((await get(channels.slice(0, channels.lastIndexOf(',')))).status).toBe(200)
  await vi.waitFor(() => expect(at.gateway.connections).toBe(0))
})
it('says on a stream why it ends before it was welcomed', async () => {
  const { feed } = at.log.broker
  const { position } = at.change('rina', 'one')
  for (let n = 0; n < 2_000; n++) at.tell('filler')
  feed.missed = () => {
    at.effect({ kind: 'sessions', userId: 'rina', sessionIds: ['s-rina'] })
    return Promise.resolve({ events: [], upTo: feed.position() })
  }
  const answer = await fetch(
    `${at.url}/connection/sse?token=${await at.token('rina')}&csrf=${at.csrf('s-rina')}&resume=${position}`,
  )
  expect(await answer.text()).toContain('event: reply\ndata: {"type":"closed","code":3500')
})
it('waits for positions that are still to come once, however many channels are asked for', async () => {
  const future = at.log.broker.feed.position() + 1_000_000
  const { recovery } = at.gateway.core
  const reaches = recovery.reaches.bind(recovery)
  const [waiting, counts] = [new Set<object>(), [] as number[]]
  recovery.reaches = async (position) => {
    const one = {}
    counts.push(waiting.add(one).size)
    return reaches(position).finally(() => waiting.delete(one))
  }
  const channels = Array.from({ length: 8 }, (_, n) => `project:rina-${n}`).join(',')
  const streamed = await stream(`&channels=${channels}&resume=${future}`)
  expect(streamed.welcome).toMatchObject({ recovered: false })
  expect(counts).toEqual(Array.from({ length: 10 }, (_, n) => n + 1))
})
it('answers a command for a stream that has ended as gone', async () => {
  const rina = await stream()
  at.cutAll()
  await vi.waitFor(() => expect(at.gateway.connections).toBe(0))
  const { session, node } = rina.welcome
  const body = JSON.stringify({ session, node, data: '{"type":"ping"}' })
  expect((await fetch(`${at.url}/emulation`, { method: 'POST', body })).status).toBe(404)
})
