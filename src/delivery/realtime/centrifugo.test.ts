// The unmodified `centrifuge` client against the gateway, over real sockets.
import { once } from 'node:events'
import { Centrifuge } from 'centrifuge'
import type { Options, PublicationContext, ServerPublicationContext } from 'centrifuge'
import { EventSource } from 'undici'
import { afterEach, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { openGateway } from '../../../test/support/realtime/gateway.ts'
import type { TestGateway } from '../../../test/support/realtime/gateway.ts'

const open: { gateways: TestGateway[]; clients: Centrifuge[] } = { gateways: [], clients: [] }
afterEach(async () => {
  for (const client of open.clients.splice(0)) client.disconnect()
  for (const gateway of open.gateways.splice(0)) await gateway.close()
})
async function gatewayWith(options?: Parameters<typeof openGateway>[0]): Promise<TestGateway> {
  const made = await openGateway(options)
  open.gateways.push(made)
  return made
}
interface Seen {
  client: Centrifuge
  /** The texts of what came in the client's own channels. */
  texts: string[]
  errors: { type: string; code: number }[]
  disconnected: { code: number; reason: string }[]
}
type Pub = ServerPublicationContext | PublicationContext
const textOf = (pub: Pub) => (pub.data as { payload: { data: { text: string } } }).payload.data.text

function client(at: TestGateway, options: Partial<Options> & { user?: string } = {}, endpoint?: unknown): Seen {
  const { user = 'rina', ...more } = options
  const made = new Centrifuge((endpoint ?? `ws://127.0.0.1:${at.port}/connection/websocket`) as string, {
    websocket: WebSocket,
    getToken: () => at.token(user),
    minReconnectDelay: 5,
    maxReconnectDelay: 50,
    ...more,
  })
  const seen: Seen = { client: made, texts: [], errors: [], disconnected: [] }
  made.on('publication', (pub) => seen.texts.push(textOf(pub)))
  made.on('error', ({ type, error }) => seen.errors.push({ type, code: error.code }))
  made.on('disconnected', ({ code, reason }) => seen.disconnected.push({ code, reason }))
  open.clients.push(made)
  made.connect()
  return seen
}

it('connects with a token and is sent what reaches its own channels, and nothing else', async () => {
  const at = await gatewayWith()
  const { client: rina, texts } = client(at)
  const context = new Promise<object>((resolve) => rina.on('connected', resolve))
  expect(await context).toMatchObject({ client: expect.stringMatching(/^[0-9a-f-]{36}$/), transport: 'websocket' })
  at.change('budi', 'not hers')
  at.change('rina', '<b>hers</b>')
  at.tell('for all')
  await vi.waitFor(() => expect(texts).toEqual(['<b>hers</b>', 'for all']))
})
it('shows clients less than the agency', async () => {
  const at = await gatewayWith()
  const notes = { client: [] as unknown[], admin: [] as unknown[] }
  for (const role of ['client', 'admin'] as const) {
    const { client: each } = client(at, { getToken: () => at.token('rina', { role, sid: role }) })
    each.on('publication', ({ data }) => notes[role].push((data as { payload: { data: unknown } }).payload.data))
    await each.ready()
  }
  at.change('rina', 'text', 'internal')
  await vi.waitFor(() => expect(notes.admin).toHaveLength(2))
  expect(notes.client).toEqual([{ project: 'rina', text: 'text', note: null }])
  expect(notes.admin[0]).toEqual({ project: 'rina', text: 'text', note: 'internal' })
})
it('subscribes to channels of its own, with history, and is refused those of others', async () => {
  const at = await gatewayWith()
  const { client: rina } = client(at)
  const mine = rina.newSubscription('project:rina')
  const theirs = rina.newSubscription('project:budi')
  const odd = rina.newSubscription('nothing:here')
  const refused: Record<string, number> = {}
  for (const each of [theirs, odd]) each.on('unsubscribed', ({ code }) => (refused[each.channel] = code))
  const texts: string[] = []
  mine.on('publication', (pub) => texts.push(textOf(pub)))
  for (const each of [mine, theirs, odd]) each.subscribe()
  await mine.ready()
  await vi.waitFor(() => expect(refused).toEqual({ 'project:budi': 103, 'nothing:here': 102 }))
  const first = at.change('rina', 'one')
  at.change('rina', 'two')
  await vi.waitFor(() => expect(texts).toEqual(['one', 'two']))
  const history = await mine.history({ limit: 10, since: { offset: first.position, epoch: 'log-1' } })
  expect(history.publications.map(textOf)).toEqual(['two'])
  const historyOf = async (asked: Parameters<typeof mine.history>[0]) =>
    (await mine.history(asked)).publications.map(textOf)
  expect(await historyOf({ limit: 1 })).toEqual(['one'])
  expect(await historyOf({ limit: -1 })).toEqual(['one', 'two'])
  expect(await historyOf({ limit: 0 })).toEqual([])
  expect(await historyOf({ limit: 1, reverse: true })).toEqual(['two'])
  expect(await historyOf({ limit: 9, reverse: true })).toEqual(['two', 'one'])
  const second = { offset: first.position + 1, epoch: 'log-1' }
  expect(await historyOf({ limit: 9, reverse: true, since: second })).toEqual(['one'])
  await expect(mine.history({ limit: 1, since: { offset: 1, epoch: 'another' } })).rejects.toMatchObject({ code: 112 })
  await expect(rina.history('nothing:here', { limit: 1 })).rejects.toMatchObject({ code: 102 })
  await expect(rina.history('project:budi', { limit: 1 })).rejects.toMatchObject({ code: 103 })
  await expect(mine.publish({})).rejects.toMatchObject({ code: 103 })
  await expect(mine.presence()).rejects.toMatchObject({ code: 103 })
  mine.unsubscribe()
  at.change('rina', 'three')
  at.tell('end')
  expect(texts).toEqual(['one', 'two'])
})
it('tells an administrator who is there', async () => {
  const at = await gatewayWith()
  const { client: rina } = client(at)
  await rina.ready()
  const { client: admin } = client(at, { getToken: () => at.token('boss', { role: 'admin' }) })
  const subscription = admin.newSubscription('user:rina')
  subscription.subscribe()
  await subscription.ready()
  const { clients } = await subscription.presence()
  expect(
    Object.values(clients)
      .map(({ user }) => user)
      .toSorted(),
  ).toEqual(['boss', 'rina'])
  expect(await subscription.presenceStats()).toEqual({ numClients: 2, numUsers: 2 })
})
it('recovers what was committed while its TCP connection was dead', async () => {
  const at = await gatewayWith()
  const { client: rina, texts } = client(at)
  const mine = rina.newSubscription('project:rina')
  const inProject: string[] = []
  const recovered: boolean[] = []
  mine.on('publication', (pub) => inProject.push(textOf(pub)))
  mine.on('subscribed', ({ wasRecovering, recovered: whole }) => recovered.push(wasRecovering && whole))
  mine.subscribe()
  await mine.ready()
  at.change('rina', 'before')
  await vi.waitFor(() => expect(inProject).toEqual(['before']))
  at.cutAll()
  for (const text of ['while', 'it was', 'away']) at.change('rina', text)
  await vi.waitFor(() => expect(inProject).toEqual(['before', 'while', 'it was', 'away']))
  expect(texts).toEqual(inProject)
  expect(recovered.at(-1)).toBe(true)
})
it('recovers all or says that it cannot: never a part', async () => {
  const at = await gatewayWith()
  const { client: rina } = client(at, { minReconnectDelay: 60, maxReconnectDelay: 80 })
  const mine = rina.newSubscription('project:rina')
  const inProject: string[] = []
  const recovered: (boolean | undefined)[] = []
  mine.on('publication', (pub) => inProject.push(textOf(pub)))
  mine.on('subscribed', (context) => recovered.push(context.wasRecovering ? context.recovered : undefined))
  mine.subscribe()
  await mine.ready()
  at.cutAll()
  // More than memory holds, and then the log lets go of its beginning.
  for (let n = 0; n < 4_200; n++) at.change('rina', `lost ${n}`)
  at.log.forget(at.log.events[2_000]!.position)
  await vi.waitFor(() => expect(recovered).toEqual([undefined, false]))
  at.change('rina', 'after')
  await vi.waitFor(() => expect(inProject).toEqual(['after']))
})
it('recovers more than one answer holds, in order and without a hole', async () => {
  const at = await gatewayWith()
  const { client: rina } = client(at, { minReconnectDelay: 60, maxReconnectDelay: 80 })
  const mine = rina.newSubscription('project:rina')
  const inProject: string[] = []
  mine.on('publication', (pub) => inProject.push(textOf(pub)))
  mine.subscribe()
  await mine.ready()
  at.cutAll()
  const all = Array.from({ length: 9_000 }, (_, n) => `text ${n}`)
  for (const text of all) at.change('rina', text)
  await vi.waitFor(() => expect(inProject).toHaveLength(9_000), { timeout: 10_000 })
  expect(inProject).toEqual(all)
})
it('is asked for another token when its own has expired, and goes on', async () => {
  const at = await gatewayWith()
  const tokens = [await at.token('rina', { seconds: -5 }), await at.token('rina')]
  const { client: rina, errors } = client(at, { getToken: () => Promise.resolve(tokens.shift()!) })
  await rina.ready()
  expect(errors).toEqual([{ type: 'connect', code: 109 }])
})
it('renews its token in-band, without reconnecting', async () => {
  const at = await gatewayWith()
  let asked = 0
  const { client: rina, texts } = client(at, { getToken: () => at.token('rina', { seconds: asked++ === 0 ? 1 : 300 }) })
  const connections: string[] = []
  rina.on('connected', ({ client: id }) => connections.push(id))
  await vi.waitFor(() => expect(asked).toBe(2), { timeout: 5_000 })
  at.change('rina', 'still there')
  await vi.waitFor(() => expect(texts).toEqual(['still there']))
  expect(connections).toHaveLength(1)
})
it('stays away when its token is forged', async () => {
  const at = await gatewayWith()
  const { disconnected } = client(at, { getToken: async () => `${(await at.token('rina')).slice(0, -5)}AAAAA` })
  await vi.waitFor(() => expect(disconnected).toEqual([{ code: 3500, reason: 'invalid token' }]))
})
it('is sent away when its session ends, and comes back with new rights when those change', async () => {
  const at = await gatewayWith()
  const { client: rina, disconnected } = client(at)
  await rina.ready()
  at.effect({ kind: 'sessions', userId: 'rina', sessionIds: ['s-rina'] })
  await vi.waitFor(() => expect(disconnected).toEqual([{ code: 3500, reason: 'signed out' }]))
  const budi = client(at, { user: 'budi' })
  await budi.client.ready()
  let connected = 0
  budi.client.on('connected', () => connected++)
  at.effect({ kind: 'rights', userId: 'budi' })
  await vi.waitFor(() => expect(connected).toBe(1), { timeout: 5_000 })
  expect(budi.disconnected).toEqual([])
})
it('gets at its next visit what its inbox holds, unless it was acknowledged', async () => {
  const at = await gatewayWith()
  const start = at.log.broker.feed.position()
  at.inboxes.set('rina', start)
  at.change('rina', 'first')
  const second = at.change('rina', 'second')
  const away = client(at)
  await vi.waitFor(() => expect(away.texts).toEqual(['first', 'second']))
  expect(await away.client.rpc('ack', { id: String(second.position) })).toEqual({
    data: { acknowledged: String(second.position) },
  })
  away.client.disconnect()
  const third = at.change('rina', 'third')
  const again = client(at)
  await vi.waitFor(() => expect(again.texts).toEqual(['third']))
  await expect(again.client.rpc('ack', { id: String(third.position + 999_999) })).rejects.toMatchObject({ code: 107 })
  await expect(again.client.rpc('nothing', {})).rejects.toMatchObject({ code: 104 })
})
it('takes a subscription token for what the policy would refuse, and ends with it', async () => {
  const at = await gatewayWith({ times: { grace: 0 } })
  const { client: rina } = client(at)
  let asked = 0
  const shared = rina.newSubscription('project:budi', {
    getToken: () => at.token('rina', { channel: 'project:budi', seconds: asked++ === 0 ? 1 : 300 }),
  })
  const texts: string[] = []
  shared.on('publication', (pub) => texts.push(textOf(pub)))
  shared.subscribe()
  await shared.ready()
  await vi.waitFor(() => expect(asked).toBeGreaterThanOrEqual(2), { timeout: 5_000 })
  at.change('budi', 'shown')
  await vi.waitFor(() => expect(texts).toEqual(['shown']))
})
for (const transport of ['http_stream', 'sse'] as const)
  it(`does all of this over ${transport}`, async () => {
    const at = await gatewayWith()
    const { client: rina, texts } = client(
      at,
      { eventsource: EventSource, fetch, emulationEndpoint: `${at.url}/emulation` },
      [{ transport, endpoint: `${at.url}/connection/${transport}` }],
    )
    const mine = rina.newSubscription('project:rina')
    const inProject: string[] = []
    mine.on('publication', (pub) => inProject.push(textOf(pub)))
    mine.subscribe()
    await mine.ready(5_000)
    at.change('rina', 'one')
    await vi.waitFor(() => expect(inProject).toEqual(['one']))
    at.cutAll()
    at.change('rina', 'two')
    await vi.waitFor(() => expect(inProject).toEqual(['one', 'two']), { timeout: 5_000 })
    expect(texts).toEqual(['one', 'two'])
    expect(Object.keys(at.gateway.figures().byProtocol)).toEqual([
      transport === 'sse' ? 'centrifugo_sse' : 'centrifugo_stream',
    ])
  })
it('is told when too many connections of its account are open, and may come back', async () => {
  const at = await gatewayWith({ limits: { connectionsPerUser: 2 } })
  const [one, two] = [client(at), client(at)]
  await Promise.all([one.client.ready(), two.client.ready()])
  const three = client(at)
  await vi.waitFor(() => expect(three.errors).toContainEqual({ type: 'connect', code: 111 }))
  one.client.disconnect()
  await three.client.ready(5_000)
})

/** A socket that says what it likes. */
async function bare(at: TestGateway) {
  const socket = new WebSocket(`ws://127.0.0.1:${at.port}/connection/websocket`)
  const replies: string[] = []
  socket.on('message', (data) => replies.push(...(data as Buffer).toString().split('\n')))
  const closed = once(socket, 'close').then(([code]) => code as number)
  await once(socket, 'open')
  const connect = JSON.stringify({ id: 1, connect: { token: await at.token('rina') } })
  socket.send(connect)
  await vi.waitFor(() => expect(replies).toHaveLength(1))
  return { socket, replies, closed, connect }
}
it('is connected once, also by somebody who has left all channels', async () => {
  const { socket, replies, closed, connect } = await bare(await gatewayWith())
  for (const [at, channel] of ['user:rina', 'system'].entries())
    socket.send(JSON.stringify({ id: 2 + at, unsubscribe: { channel } }))
  await vi.waitFor(() => expect(replies).toHaveLength(3))
  socket.send(connect)
  expect(await closed).toBe(3501)
})
it.each([
  ['answers to pings that were never sent', '{}'],
  ['frames of nothing', '\n\n\n'],
])('sends away who floods it with %s', async (_what, frame) => {
  const { socket, closed } = await bare(await gatewayWith({ limits: { messagesPerMinute: 5 } }))
  for (let n = 0; n < 9; n++) socket.send(frame)
  expect(socket.readyState).toBe(WebSocket.OPEN)
  for (let n = 0; n < 3; n++) socket.send(frame)
  expect(await closed).toBe(3013)
})
it('sends away who floods it with signs of life of the transport, also before it is known who that is', async () => {
  const at = await gatewayWith({ limits: { messagesPerMinute: 5 } })
  const socket = new WebSocket(`ws://127.0.0.1:${at.port}/connection/websocket`)
  const closed = once(socket, 'close').then(([code]) => code as number)
  await once(socket, 'open')
  for (let n = 0; n < 12; n++) socket.pong()
  expect(await closed).toBe(3013)
})
it('ends who sends what is nothing', async () => {
  const { socket, closed } = await bare(await gatewayWith())
  socket.send('{"send":{"data":null}}')
  expect(await closed).toBe(3508)
})
it('gives as many messages of a history as were asked for, whatever else is in the channel', async () => {
  const at = await gatewayWith()
  const { socket, replies } = await bare(at)
  const silent = { type: 'user.sessions_ended', subject: 's', data: {}, channels: ['user:rina'] }
  for (let n = 0; n < 250; n++) at.log.commit(silent)
  at.change('rina', 'one')
  at.change('rina', 'two')
  at.log.commit(silent)
  const { feed } = at.log.broker
  const missed = vi.spyOn(feed, 'missed')
  const offsets = async (id: number, asked: object) => {
    socket.send(JSON.stringify({ id, history: { channel: 'user:rina', ...asked } }))
    return vi.waitFor(() => {
      const reply = replies.find((each) => each.startsWith(`{"id":${id},`))
      if (!reply) throw new Error('no reply')
      const { history } = JSON.parse(reply) as { history: { publications: { offset: number }[] } }
      return history.publications.map(({ offset }) => at.log.events.find(({ position }) => position === offset)!.data)
    })
  }
  expect(await offsets(11, { limit: 1 })).toMatchObject([{ text: 'one' }])
  expect(missed.mock.calls.length).toBeLessThan(4)
  expect(await offsets(12, { limit: 200 })).toMatchObject([{ text: 'one' }, { text: 'two' }])
  expect(await offsets(13, { limit: 1, reverse: true })).toMatchObject([{ text: 'two' }])
})
it('names a position with a history from which nothing is missed that came while it was read', async () => {
  const at = await gatewayWith()
  const { client: rina } = client(at)
  const mine = rina.newSubscription('project:rina')
  mine.subscribe()
  await mine.ready()
  const first = at.change('rina', 'one')
  const { feed } = at.log.broker
  const [before, missed] = [feed.before.bind(feed), feed.missed.bind(feed)]
  feed.before = async (...asked) => {
    const found = await before(...asked)
    at.change('rina', 'meanwhile')
    return found
  }
  feed.missed = async (...asked) => {
    at.change('rina', 'meanwhile')
    return missed(...asked)
  }
  const newest = await mine.history({ limit: 5, reverse: true })
  expect([newest.publications.map(({ offset }) => offset), newest.offset]).toEqual([[first.position], first.position])
  const oldest = await mine.history({ limit: -1 })
  expect(oldest.publications.every(({ offset }) => offset! <= oldest.offset)).toBe(true)
})
it('answers pings of the transport, but not more than it lets through', async () => {
  const { socket, closed } = await bare(await gatewayWith({ limits: { messagesPerMinute: 5 } }))
  let pongs = 0
  socket.on('pong', () => pongs++)
  for (let n = 0; n < 11; n++) socket.ping(`${n}`)
  expect(await closed).toBe(3013)
  expect(pongs).toBe(4)
})
