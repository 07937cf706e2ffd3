// What a reader is sent, and in which order, when something waits for it, cannot be delivered or is gone from the log meanwhile.
import { once } from 'node:events'
import { expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { at, ends, gatewayForEach, speak } from '../../../test/support/realtime/each-gateway.ts'
import { stall } from '../../../test/support/realtime/stall.ts'
import type { Role } from '../../platform/contract/operation.ts'
import type { Connection } from './connection.ts'

gatewayForEach({ limits: { messagesPerMinute: 1_000 } })

async function talk(user: string, options: { role?: Role; more?: string } = {}) {
  const spoken = await speak(user, options)
  const { said, say } = spoken
  const ask = async (message: { type: string; [key: string]: unknown }, answer: string) => {
    const before = said.filter(({ type }) => type === answer).length
    say(message)
    return vi.waitFor(() => {
      const answers = said.filter(({ type }) => type === answer)
      if (answers.length === before) throw new Error(`no ${answer}`)
      return answers.at(-1)!
    })
  }
  await ask({ type: 'resume' }, 'resumed')
  return { ...spoken, ask, connection: () => connectionOf(user) }
}
function connectionOf(user: string): Connection {
  const found = [...at.gateway.core.hub.connections].find(({ reader }) => reader?.userId === user)
  if (!found) throw new Error(`${user} is not connected`)
  return found
}
const reads = (user: string) => connectionOf(user).channels

it('sends nothing that waited for a channel which was left meanwhile', async () => {
  const rina = await talk('rina')
  await rina.ask({ type: 'subscribe', channel: 'project:rina-2' }, 'subscribed')
  const network = stall(rina.connection().transport)
  at.tell('first')
  at.change('rina-2', 'of what she leaves')
  rina.say({ type: 'unsubscribe', channel: 'project:rina-2' })
  await vi.waitFor(() => expect(reads('rina')).not.toContain('project:rina-2'))
  network.flow()
  at.tell('last')
  await vi.waitFor(() => expect(rina.texts()).toEqual(['first', 'last']))
})
it('still sends it when it reaches another channel that is read', async () => {
  const boss = await talk('boss', { role: 'admin' })
  await boss.ask({ type: 'subscribe', channel: 'project:rina' }, 'subscribed')
  const network = stall(boss.connection().transport)
  at.tell('first')
  at.change('rina', 'of what he leaves, and of all')
  boss.say({ type: 'unsubscribe', channel: 'project:rina' })
  await vi.waitFor(() => expect(reads('boss')).not.toContain('project:rina'))
  network.flow()
  await vi.waitFor(() => expect(boss.texts()).toEqual(['first', 'of what he leaves, and of all']))
})
it('keeps one order when a channel is joined from a position while something waits', async () => {
  const rina = await talk('rina')
  const start = at.log.broker.feed.position()
  at.change('rina-2', 'one')
  at.change('rina-2', 'two')
  const network = stall(rina.connection().transport)
  at.tell('taken')
  at.tell('waits')
  at.change('rina-2', 'three')
  rina.say({ type: 'subscribe', channel: 'project:rina-2', since: String(start) })
  await vi.waitFor(() => expect(reads('rina')).toContain('project:rina-2'))
  network.flow()
  await vi.waitFor(() => expect(rina.texts()).toHaveLength(5))
  // What was on its way already comes first; of all else nothing comes after something newer.
  expect(rina.texts()).toEqual(['taken', 'one', 'two', 'waits', 'three'])
})
it('gives a large resume as fast as it is taken, and what is new after it', async () => {
  const rina = await talk('rina')
  const start = at.log.broker.feed.position()
  for (let n = 0; n < 3_000; n++) at.tell(`text ${n}`)
  await vi.waitFor(() => expect(rina.texts()).toHaveLength(3_000))
  const { transport } = rina.connection()
  const network = stall(transport)
  rina.say({ type: 'resume', id: String(start) })
  await vi.waitFor(() => expect(transport.buffered).toBeGreaterThan(0))
  const page = transport.buffered
  at.tell('new')
  for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve))
  expect(transport.buffered).toBe(page)
  expect(page).toBeLessThan(150_000)
  network.flow()
  await vi.waitFor(() => expect(rina.texts()).toHaveLength(6_001))
  expect(rina.texts().slice(3_000)).toEqual([...Array.from({ length: 3_000 }, (_, n) => `text ${n}`), 'new'])
  const order = rina.said.slice(-3_002).map(({ type, id }) => [type, Number(id)] as const)
  expect(order.findIndex(([type]) => type === 'resumed')).toBeGreaterThan(2_900)
  expect(order.map(([, id]) => id)).toEqual(order.map(([, id]) => id).toSorted((a, b) => a - b))
})
it('has everybody come back for what could not be delivered', async () => {
  const rina = await talk('rina')
  at.tell('before')
  await vi.waitFor(() => expect(rina.texts()).toEqual(['before']))
  const last = rina.said.at(-1)!.id
  const broken = {
    text: 'delivered late',
    toJSON(): object {
      throw new Error('this cannot be put into words')
    },
  }
  at.log.commit({ type: 'news.told', subject: 'news', data: broken, channels: ['system'], live: 'system_notification' })
  expect(await rina.closed).toBe(3004)
  broken.toJSON = () => ({ project: '', text: broken.text, note: null })
  const again = await talk('rina', { more: `&resume=${last}&epoch=log-1` })
  at.tell('after')
  await vi.waitFor(() => expect(again.texts()).toEqual(['delivered late', 'after']))
})
it('does not think that it remembers what it could not take in', async () => {
  const rina = await talk('rina')
  at.tell('before')
  await vi.waitFor(() => expect(rina.texts()).toEqual(['before']))
  const last = rina.said.at(-1)!.id
  at.log.sleep()
  const lost = at.tell('taken in late')
  const { occurredAt } = lost
  Object.assign(lost, { occurredAt: null })
  at.log.wake()
  expect(await rina.closed).toBe(3004)
  Object.assign(lost, { occurredAt })
  at.tell('after')
  const again = await talk('rina', { more: `&resume=${last}&epoch=log-1` })
  await vi.waitFor(() => expect(again.texts()).toEqual(['taken in late', 'after']))
})
it('ends a session although what came with its end cannot be delivered', async () => {
  const rina = await talk('rina')
  const broken = {
    toJSON() {
      throw new Error('this cannot be put into words')
    },
  }
  at.log.commit(
    { type: 'news.told', subject: 'news', data: broken, channels: ['system'], live: 'system_notification' },
    {
      type: 'effect',
      subject: 'x',
      data: { kind: 'sessions', userId: 'rina', sessionIds: ['s-rina'] },
      channels: [],
    },
  )
  expect(await rina.closed).toBe(3004)
  const token = await at.token('rina')
  const answer = await fetch(`${at.url}/connection/sse?token=${token}&csrf=${at.csrf('s-rina')}`)
  await answer.body?.cancel()
  expect(answer.status).toBe(401)
})
it('does not call a recovery whole of which the log dropped a part while it was read', async () => {
  const start = at.log.broker.feed.position()
  for (let n = 0; n < 2_000; n++) at.tell(`text ${n}`)
  const { feed } = at.log.broker
  const missed = feed.missed.bind(feed)
  feed.missed = async (...asked) => {
    at.log.forget(start + 1_000)
    return missed(...asked)
  }
  const rina = await talk('rina')
  expect(await rina.ask({ type: 'resume', id: String(start) }, 'resumed')).toMatchObject({ recovered: false })
})
it('tells a slow reader that the log no longer has what it lacks', async () => {
  const rina = await talk('rina')
  const network = stall(rina.connection().transport)
  at.tell('taken')
  at.tell('x'.repeat(70_000))
  for (let n = 0; n < 2_000; n++) at.tell(`text ${n}`)
  expect(rina.connection().behind).toBeDefined()
  at.log.forget(at.log.broker.feed.position() - 100)
  network.flow()
  expect(await rina.closed).toBe(3010)
})
it('lets only the newest count where that was asked for, and not in the channels of the reader', async () => {
  const rina = await talk('rina')
  await rina.ask({ type: 'subscribe', channel: 'project:rina', latest: true }, 'subscribed')
  await rina.ask({ type: 'subscribe', channel: 'project:rina-2', latest: true }, 'subscribed')
  const network = stall(rina.connection().transport)
  at.tell('taken')
  // Of her own project she is told in her own channel, too; of the other in the project's alone.
  for (const text of ['one', 'two']) at.change('rina', text)
  for (const text of ['three', 'four']) at.change('rina-2', text)
  network.flow()
  await vi.waitFor(() => expect(rina.texts()).toEqual(['taken', 'one', 'two', 'four']))
})

/** The same in the protocol with an offset for each channel. */
async function centrifugo(user: string) {
  const socket = new WebSocket(`ws://127.0.0.1:${at.port}/connection/websocket`)
  ends.push({ close: () => socket.terminate() })
  const got: Record<string, string[]> = {}
  interface Publication {
    data: { payload: { data: { text: string } } }
  }
  interface Line {
    push?: { channel: string; pub?: Publication }
    subscribe?: { publications?: Publication[] }
  }
  let joining = ''
  const take = (channel: string, pubs: Publication[] = []) =>
    (got[channel] ??= []).push(...pubs.map(({ data }) => data.payload.data.text))
  socket.on('message', (data) => {
    for (const line of (data as Buffer).toString().split('\n')) {
      const { push, subscribe } = JSON.parse(line) as Line
      if (push?.pub) take(push.channel, [push.pub])
      if (subscribe) take(joining, subscribe.publications)
    }
  })
  await once(socket, 'open')
  let id = 0
  const say = (command: object) => socket.send(JSON.stringify({ id: ++id, ...command }))
  say({ connect: { token: await at.token(user) } })
  await vi.waitFor(() => expect(reads(user)).toContain('system'))
  return {
    got,
    async join(channel: string, offset?: number) {
      joining = channel
      say({ subscribe: { channel, ...(offset === undefined ? {} : { recover: true, offset, epoch: 'log-1' }) } })
      await vi.waitFor(() => expect(reads(user)).toContain(channel))
    },
    async leave(channel: string) {
      say({ unsubscribe: { channel } })
      await vi.waitFor(() => expect(reads(user)).not.toContain(channel))
    },
  }
}
it.each(['stays in its channels', 'leaves one'])(
  'loses and reorders nothing when something waits, a channel is joined from far back, and it %s',
  async (then) => {
    const rina = await centrifugo('rina')
    await rina.join('project:rina-3')
    const start = at.log.broker.feed.position()
    const old = Array.from({ length: 2_500 }, (_, n) => `text ${n}`)
    for (const text of old) at.change('rina-2', text)
    const network = stall(connectionOf('rina').transport)
    at.tell('taken')
    at.tell('waits')
    await rina.join('project:rina-2', start)
    if (then === 'leaves one') await rina.leave('project:rina-3')
    at.tell('missed')
    network.flow()
    await vi.waitFor(() => expect(rina.got['project:rina-2']).toHaveLength(2_500))
    await vi.waitFor(() => expect(rina.got.system).toHaveLength(3))
    expect([rina.got['project:rina-2'], rina.got.system]).toEqual([old, ['taken', 'waits', 'missed']])
  },
)
