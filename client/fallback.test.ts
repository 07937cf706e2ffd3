// Where no WebSocket gets through: server-sent events with commands by POST.
import { expect, it, vi } from 'vitest'
import { settings, until, type Setting } from '../test/support/realtime/client-setting.ts'

const { setting } = settings()
const paths = ({ server }: Setting) =>
  server.opened.map((target) => target.replace(/\?.*/, '')).filter((path) => path !== '/emulation')

/** Connects, letting every pause pass at once, until the transport is there. */
async function untilOver(made: Setting, transport: string): Promise<void> {
  await made.back()
  expect(made.client.stats().transport).toBe(transport)
}

it('streams after two WebSockets that could not be opened, with all that a connection can do', async () => {
  const made = await setting()
  const { server, client, ids } = made
  server.settings.upgradeStatus = 503
  const waiting = server.publish(['user:me'])
  client.connect()
  await untilOver(made, 'sse')
  expect(paths(made)).toEqual(['/ws', '/ws', '/connection/sse'])
  expect(server.tokens).toBe(3)
  await vi.waitFor(() => expect(server.acknowledged).toBe(waiting))
  const heard: string[] = []
  const channel = `project:${crypto.randomUUID()}` as const
  client.subscribe(channel, ({ id }) => heard.push(id))
  await vi.waitFor(() => expect([...server.peers][0]?.channels).toContain(channel))
  const id = server.publish([channel], 'project.started', { project: { id: channel.slice(8), note: 'a\n\nb' } })
  await vi.waitFor(() => expect(heard).toEqual([String(id)]))
  expect(ids).toEqual([waiting, id])
  made.timing.pass(1_000)
  await vi.waitFor(() => expect(server.acknowledged).toBe(id))
})
it('recovers as a WebSocket does, and stays with the stream', async () => {
  const made = await setting()
  const { server, client, ids } = made
  server.settings.upgradeStatus = 503
  const channel = `project:${crypto.randomUUID()}` as const
  client.subscribe(channel, () => {})
  client.connect()
  await untilOver(made, 'sse')
  server.settings.upgradeStatus = 200
  server.cut()
  await until(made, 'interrupted')
  const missed = [server.publish([channel]), server.publish(['system'])]
  await untilOver(made, 'sse')
  await vi.waitFor(() => expect(ids).toEqual(missed))
  client.close()
  await vi.waitFor(() => expect(server.peers.size).toBe(0))
  client.connect()
  await until(made, 'live')
  expect(client.stats().transport).toBe('websocket')
})
it('does not give up WebSockets for a moment in which there is no server', async () => {
  const made = await setting()
  const { server, client, timing } = made
  client.connect()
  await until(made, 'live')
  server.settings.tokenStatus = 503
  server.settings.upgradeStatus = 503
  server.cut()
  for (let asked = 1; asked < 6; asked++) {
    await until(made, 'interrupted')
    await vi.waitFor(() => expect(timing.due).toEqual([0]))
    timing.pass(0)
    await vi.waitFor(() => expect(server.tokens + server.opened.length).toBeGreaterThan(1 + asked))
  }
  server.settings.tokenStatus = server.settings.upgradeStatus = 200
  await untilOver(made, 'websocket')
  expect(paths(made)).not.toContain('/connection/sse')
})
it('goes on to streams also when a WebSocket worked before, in another network say', async () => {
  const made = await setting()
  made.client.connect()
  await until(made, 'live')
  made.server.settings.upgradeStatus = 503
  made.server.cut()
  await until(made, 'interrupted')
  await untilOver(made, 'sse')
  // Once with the token it had, which may have been the reason, and five times with new ones.
  expect(paths(made)).toEqual([...Array.from({ length: 7 }, () => '/ws'), '/connection/sse'])
})
it('tries the WebSocket again when the stream does not open either', async () => {
  const made = await setting()
  made.server.settings.upgradeStatus = made.server.settings.streamStatus = 503
  made.client.connect()
  await vi.waitFor(() => {
    made.skipPause()
    expect(paths(made)).toEqual(['/ws', '/ws', '/connection/sse', '/ws'])
  })
  made.server.settings.upgradeStatus = 200
  await untilOver(made, 'websocket')
})
it('streams at once where there is no WebSocket, or where it was told to', async () => {
  const told = await setting({ transports: ['sse'] })
  vi.stubGlobal('WebSocket', undefined)
  const bare = await setting()
  for (const made of [told, bare]) {
    made.client.connect()
    await untilOver(made, 'sse')
    expect(paths(made)).toEqual(['/connection/sse'])
  }
})
it('takes a WebSocket that a policy forbids for one that does not open', async () => {
  function Forbidden() {
    throw new Error('not allowed')
  }
  const made = await setting({ WebSocket: Forbidden as never })
  made.client.connect()
  await untilOver(made, 'sse')
})
it('never streams when it was told not to', async () => {
  const made = await setting({ transports: ['websocket'] })
  made.server.settings.upgradeStatus = 503
  made.client.connect()
  await vi.waitFor(() => {
    made.skipPause()
    expect(paths(made).length).toBeGreaterThan(4)
  })
  expect(paths(made)).not.toContain('/connection/sse')
})
it.each([401, 403])(
  'asks for a new token twice when the stream is refused with %i, then stays away',
  async (status) => {
    const made = await setting({ transports: ['sse'] })
    made.server.settings.streamStatus = status
    made.client.connect()
    await until(made, 'interrupted')
    made.timing.pass(0)
    await vi.waitFor(() => expect(made.timing.due).toEqual([1_500]))
    made.timing.pass(1_500)
    await until(made, 'closed')
    expect(made.server.tokens).toBe(3)
  },
)
it('does as the server says on the stream: when to come back, and when not to', async () => {
  const made = await setting({ transports: ['sse'] })
  made.client.connect()
  await until(made, 'live')
  for (const peer of made.server.peers) peer.close(3001, 'shutdown')
  await until(made, 'interrupted')
  await untilOver(made, 'sse')
  for (const peer of made.server.peers) peer.close(3503, 'force disconnect')
  await until(made, 'closed')
})
it('notices that commands do not arrive any more', async () => {
  const made = await setting({ transports: ['sse'] })
  made.client.connect()
  await until(made, 'live')
  made.server.peers.clear()
  made.timing.pass(25_000)
  await until(made, 'interrupted')
})
it.each(['token', 'stream'] as const)(
  'leaves the server alone for as long as it asks with the refusal of a %s',
  async (which) => {
    const made = await setting({ transports: ['sse'] })
    Object.assign(made.server.settings, { [`${which}Status`]: 429, retryAfter: 17 })
    made.client.connect()
    await until(made, 'interrupted')
    await vi.waitFor(() => expect(made.timing.due).toEqual([17_000]))
  },
)
it('reads a stream however it is cut into pieces, and sends one command after the other', async () => {
  let sending = 0
  let most = 0
  const inPieces = new TransformStream<Uint8Array, Uint8Array>({
    transform(bytes, controller) {
      for (let at = 0; at < bytes.length; at += 7) controller.enqueue(bytes.slice(at, at + 7))
    },
  })
  const made = await setting({
    transports: ['sse'],
    async fetch(input, init) {
      if (init?.method === 'POST') {
        most = Math.max(most, ++sending)
        return fetch(input, init).finally(() => (sending -= 1))
      }
      const answer = await fetch(input, init)
      const isStream = answer.headers.get('content-type') === 'text/event-stream'
      return isStream ? new Response(answer.body?.pipeThrough(inPieces), answer) : answer
    },
  })
  for (const channel of ['invoice:a', 'invoice:b', 'invoice:c'] as const) made.client.subscribe(channel, () => {})
  made.client.connect()
  await until(made, 'live')
  const id = made.server.publish(['invoice:c'], 'invoice.paid', { text: 'Rp 2.000.000 – “lunas” ✓' })
  await vi.waitFor(() => expect(made.ids).toEqual([id]))
  expect(most).toBe(1)
})
it('sends a command again that the server had no time for, and keeps its stream', async () => {
  const made = await setting({ transports: ['sse'] })
  made.client.connect()
  await until(made, 'live')
  Object.assign(made.server.settings, { commandStatus: 429, retryAfter: 7 })
  const id = made.server.publish(['user:me'])
  await vi.waitFor(() => expect(made.timing.due).toContain(7_000))
  expect(made.server.acknowledged).toBeLessThan(id)
  made.server.settings.commandStatus = 204
  made.timing.pass(7_000)
  await vi.waitFor(() => expect(made.server.acknowledged).toBe(id))
  expect(paths(made)).toEqual(['/connection/sse'])
})
