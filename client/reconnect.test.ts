// What a client does about losses: when it comes back, with which token, and when it does not.
import { expect, it, vi } from 'vitest'
import { settings, until, type Setting } from '../test/support/realtime/client-setting.ts'
import { TokenRefused } from './client.ts'

const { setting, live } = settings()
/** Pings are out of the way where hours pass at once. */
const noPings = { heartbeatInterval: 1e9 }
const closeAll = ({ server }: Setting, code: number) => {
  for (const peer of server.peers) peer.close(code, 'because')
}

it('comes back after a loss, with the token it has while that is good, and misses nothing', async () => {
  const made = await live({ ...noPings, acknowledge: false })
  const { server, timing, ids, states } = made
  const first = server.publish(['user:me'])
  await vi.waitFor(() => expect(ids).toEqual([first]))
  server.cut()
  await until(made, 'interrupted')
  const missed = [server.publish(['system']), server.publish(['user:me'])]
  timing.pass(0)
  await until(made, 'live')
  expect([ids, server.tokens, made.gaps]).toEqual([[first, ...missed], 1, 0])
  timing.pass(240_000)
  await vi.waitFor(() => expect(server.tokens).toBe(2))
  server.cut()
  await until(made, 'interrupted')
  timing.pass(0)
  await until(made, 'live')
  expect([server.tokens, server.opened.at(-1)]).toEqual([2, '/ws?token=t+2&csrf=c%26s'])
  expect(states).toEqual(['connecting', 'live', 'interrupted', 'live', 'interrupted', 'live'])
})
it('waits up to twice as long after each failure, up to twenty seconds, and briefly again once it held', async () => {
  const made = await live()
  const { server, timing } = made
  timing.chance = 0.999_999
  server.settings.tokenStatus = 503
  server.settings.upgradeStatus = 503
  const pauses: number[] = []
  server.cut()
  for (let n = 0; n < 8; n++) {
    await until(made, 'interrupted')
    await vi.waitFor(() => expect(timing.due).toHaveLength(1))
    pauses.push(Math.round(timing.due[0]! / 10) * 10)
    const asked = server.tokens + server.opened.length
    timing.pass(timing.due[0]!)
    await vi.waitFor(() => expect(server.tokens + server.opened.length).toBeGreaterThan(asked))
  }
  expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000])
  server.settings.tokenStatus = server.settings.upgradeStatus = 200
  await made.back()
  // It breaks at once: not yet a good one.
  server.cut()
  await until(made, 'interrupted')
  expect(timing.due[0]).toBeGreaterThan(10_000)
  await made.back()
  timing.pass(10_000)
  server.cut()
  await until(made, 'interrupted')
  expect(Math.round(timing.due[0]!)).toBe(500)
})
it('takes half of the time by chance', async () => {
  const made = await live()
  made.timing.chance = 0.3
  made.server.cut()
  await until(made, 'interrupted')
  expect(made.timing.due).toEqual([150])
})
it('gets a new token before the old one runs out, on the open connection', async () => {
  const { server, timing, client } = await live(noPings)
  expect(timing.due).toContain(240_000)
  timing.pass(240_000)
  await vi.waitFor(() => expect(server.commands.find(({ type }) => type === 'refresh')?.token).toBe('t 2'))
  await vi.waitFor(() => expect(timing.due).toContain(240_000))
  server.settings.tokenStatus = 500
  timing.pass(240_000)
  await vi.waitFor(() => expect(server.tokens).toBe(3))
  await vi.waitFor(() => expect(timing.due).toContain(1_000))
  server.settings.tokenStatus = 200
  timing.pass(1_000)
  await vi.waitFor(() => expect(server.commands.filter(({ type }) => type === 'refresh').at(-1)?.token).toBe('t 4'))
  expect(client.state).toBe('live')
  expect(server.opened).toHaveLength(1)
})
it('renews the token as often as it was told', async () => {
  const { server, timing } = await live({ ...noPings, tokenRefreshInterval: 60_000 })
  timing.pass(60_000)
  await vi.waitFor(() => expect(server.tokens).toBe(2))
})
it('keeps what a renewal brought for later when the connection broke meanwhile', async () => {
  let answer: (ticket: { token: string; csrf: string }) => void = () => {}
  let asked = 0
  const made = await live({
    ...noPings,
    token: () =>
      ++asked === 1 ? Promise.resolve({ token: 'a', csrf: 'c' }) : new Promise((resolve) => (answer = resolve)),
  })
  made.timing.pass(240_000)
  await vi.waitFor(() => expect(asked).toBe(2))
  made.server.cut()
  await until(made, 'interrupted')
  answer({ token: 'b', csrf: 'c' })
  await vi.waitFor(() => expect(made.timing.due).toEqual([0]))
  made.timing.pass(0)
  await until(made, 'live')
  expect([made.server.opened.at(-1), asked]).toEqual(['/ws?token=b&csrf=c', 2])
  expect(made.server.commands.some(({ type }) => type === 'refresh')).toBe(false)
})
it.each([3014, 3005])('asks for a new token when it was closed with %i', async (code) => {
  const made = await live()
  closeAll(made, code)
  await until(made, 'interrupted')
  made.timing.pass(0)
  await until(made, 'live')
  expect(made.server.opened.at(-1)).toContain('token=t+2')
})
it('asks for a new token when it could not open, since it is not told why', async () => {
  const made = await live()
  made.server.settings.upgradeStatus = 403
  made.server.cut()
  await until(made, 'interrupted')
  made.timing.pass(0)
  await vi.waitFor(() => expect(made.server.opened).toHaveLength(2))
  await vi.waitFor(() => expect(made.timing.due).toEqual([0]))
  made.server.settings.upgradeStatus = 200
  made.timing.pass(0)
  await until(made, 'live')
  expect(made.server.opened.at(-1)).toContain('token=t+2')
})
it('stays away once the session has ended', async () => {
  const made = await live()
  const endings: unknown[] = []
  made.client.onState((_, ending) => endings.push(ending?.code))
  made.server.settings.tokenStatus = 401
  closeAll(made, 3500)
  await until(made, 'interrupted')
  made.timing.pass(0)
  await until(made, 'closed')
  expect([made.server.tokens, endings.at(-1), made.timing.due]).toEqual([2, 3500, []])
})
it('tries twice more with a new token when its own was refused, and no more', async () => {
  const made = await live()
  closeAll(made, 3500)
  await until(made, 'interrupted')
  made.server.settings.silent = true
  made.timing.pass(0)
  await vi.waitFor(() => expect(made.server.peers.size).toBe(1))
  closeAll(made, 3500)
  // A token of the second in which rights have changed is refused as well.
  await vi.waitFor(() => expect(made.timing.due).toEqual([1_500]))
  made.timing.pass(1_500)
  await vi.waitFor(() => expect(made.server.peers.size).toBe(1))
  closeAll(made, 3500)
  await until(made, 'closed')
  expect(made.server.tokens).toBe(3)
})
it('asks for a new token each time when its own is refused after it was good', async () => {
  const made = await live()
  for (const tokens of [2, 3]) {
    closeAll(made, 3500)
    await until(made, 'interrupted')
    made.timing.pass(0)
    await until(made, 'live')
    expect(made.server.tokens).toBe(tokens)
  }
})
it('tells after a loss what it could not tell before', async () => {
  const made = await live()
  const ids = [made.server.publish(['user:me']), made.server.publish(['user:me'])]
  await vi.waitFor(() => expect(made.ids).toEqual(ids))
  await vi.waitFor(() => expect(made.server.acknowledged).toBe(ids[0]))
  made.server.cut()
  await until(made, 'interrupted')
  made.timing.pass(0)
  await vi.waitFor(() => expect(made.server.acknowledged).toBe(ids[1]))
})
it.each([3501, 3503, 4500, 4999])('stays away when it was sent away with %i', async (code) => {
  const made = await live()
  closeAll(made, code)
  await until(made, 'closed')
  expect(made.timing.due).toEqual([])
})
it.each([1001, 3001, 3008, 3012, 4000, 4499])('comes back when it was closed with %i', async (code) => {
  const made = await live()
  closeAll(made, code)
  await until(made, 'interrupted')
  made.timing.pass(0)
  await until(made, 'live')
})
it('comes back when the server said it should', async () => {
  const made = await live()
  for (const peer of made.server.peers) peer.say({ type: 'reconnect', after: 3_300 })
  closeAll(made, 3001)
  await until(made, 'interrupted')
  expect(made.timing.due).toEqual([3_300])
})
it('notices that nothing is heard any more', async () => {
  const made = await live()
  made.server.settings.silent = true
  made.timing.pass(25_000)
  await vi.waitFor(() => expect(made.server.commands.at(-1)?.type).toBe('ping'))
  made.timing.pass(7_999)
  expect(made.client.state).toBe('live')
  made.timing.pass(1)
  expect(made.client.state).toBe('interrupted')
})
it('takes any traffic for a sign of life, and answers pings', async () => {
  const made = await live()
  made.server.settings.silent = true
  made.timing.pass(25_000)
  const id = made.server.publish(['user:me'])
  await vi.waitFor(() => expect(made.ids).toEqual([id]))
  made.timing.pass(8_000)
  expect(made.client.state).toBe('live')
  for (const peer of made.server.peers) peer.say({ type: 'ping' })
  await vi.waitFor(() => expect(made.server.commands.at(-1)?.type).toBe('pong'))
})
it('gives up an opening and a recovery that get no answer', async () => {
  const made = await setting()
  made.server.settings.silent = true
  made.client.connect()
  await vi.waitFor(() => expect(made.server.commands).toHaveLength(1))
  made.timing.pass(10_000)
  expect(made.client.state).toBe('interrupted')
  made.server.settings.upgradeStatus = 0
  made.skipPause()
  await vi.waitFor(() => expect(made.server.opened).toHaveLength(2))
  expect(made.server.tokens).toBe(1)
  made.timing.pass(10_000)
  await vi.waitFor(() => expect(made.server.tokens).toBe(2))
})
it('uses no token that is about to run out', async () => {
  const made = await live({ ...noPings, tokenRefreshInterval: 1e9 })
  made.timing.pass(240_000)
  made.server.cut()
  await until(made, 'interrupted')
  made.timing.pass(0)
  await until(made, 'live')
  expect(made.server.tokens).toBe(2)
})
it('does not come back by itself when it was told not to', async () => {
  const made = await live({ autoReconnect: false })
  made.server.cut()
  await until(made, 'closed')
  expect(made.timing.due).toEqual([])
  made.client.connect()
  await until(made, 'live')
})
it('asks a token of whoever gives it, until that says there is none', async () => {
  let answer: () => Promise<{ token: string; csrf: string }> = async () => ({ token: 'mine', csrf: 'c' })
  const made = await live({ token: () => answer() })
  expect(made.server.opened).toEqual(['/ws?token=mine&csrf=c'])
  answer = () => Promise.reject(new Error('offline'))
  closeAll(made, 3014)
  await until(made, 'interrupted')
  made.timing.pass(0)
  await vi.waitFor(() => expect(made.timing.due).toEqual([0]))
  answer = () => Promise.reject(new TokenRefused(401))
  made.timing.pass(0)
  await until(made, 'closed')
})
it('ends for good when it is closed, in any state', async () => {
  const made = await setting()
  made.client.connect()
  made.client.close()
  expect(made.client.state).toBe('closed')
  await vi.waitFor(() => expect(made.timing.due).toEqual([]))
  made.client.connect()
  await until(made, 'live')
  made.server.cut()
  await until(made, 'interrupted')
  made.client.close()
  expect([made.client.state, made.timing.due]).toEqual(['closed', []])
  await vi.waitFor(() => expect(made.server.peers.size).toBe(0))
})

/** A page, as far as the client looks at one. */
function page() {
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  const window = new EventTarget()
  vi.stubGlobal('document', document)
  vi.stubGlobal('addEventListener', window.addEventListener.bind(window))
  vi.stubGlobal('removeEventListener', window.removeEventListener.bind(window))
  return {
    online: () => window.dispatchEvent(new Event('online')),
    show(state: 'visible' | 'hidden') {
      document.visibilityState = state
      document.dispatchEvent(new Event('visibilitychange'))
    },
  }
}
it('tries at once when the network is back or the page is looked at', async () => {
  const { online, show } = page()
  const made = await live()
  made.timing.chance = 0.9
  for (const wake of [online, () => show('visible')]) {
    made.server.cut()
    await until(made, 'interrupted')
    wake()
    // Once is enough.
    wake()
    await until(made, 'live')
  }
  expect(made.server.opened).toHaveLength(3)
})
it('asks for one token at a time, however often the page is looked at', async () => {
  const { show } = page()
  let asked = 0
  const made = await setting({ token: () => (asked++, new Promise(() => {})) })
  made.client.connect()
  show('visible')
  show('visible')
  expect(asked).toBe(1)
  // One that does not come is not waited for.
  made.timing.pass(10_000)
  await until(made, 'interrupted')
  made.timing.pass(0)
  expect(asked).toBe(2)
})
it('makes sure of a connection that may have died while the page slept', async () => {
  const { show } = page()
  const made = await live()
  made.server.settings.silent = true
  show('visible')
  made.timing.pass(5_000)
  expect(made.client.state).toBe('interrupted')
  made.client.close()
  show('visible')
  expect(made.client.state).toBe('closed')
})
it('acknowledges before the page is put away', async () => {
  const { show } = page()
  const made = await live()
  const ids = [made.server.publish(['user:me']), made.server.publish(['user:me'])]
  await vi.waitFor(() => expect(made.server.acknowledged).toBe(ids[0]))
  show('hidden')
  await vi.waitFor(() => expect(made.server.acknowledged).toBe(ids[1]))
})
