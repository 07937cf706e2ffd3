// Whatever the network does, what is handed on is the log: in order, each message once, none missing unless it is said.
import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { createSetting, settings, until, type Setting } from '../test/support/realtime/client-setting.ts'
import type { ChannelName } from './client.ts'

const { live } = settings()
const mine = `project:${crypto.randomUUID()}` as const

it('puts what it missed in several channels into one order', async () => {
  const made = await live()
  const { server, client, ids } = made
  client.subscribe(mine, () => {})
  await vi.waitFor(() => expect([...server.peers][0]?.channels).toContain(mine))
  const before = server.publish(['user:me'])
  await vi.waitFor(() => expect(ids).toEqual([before]))
  server.cut()
  await until(made, 'interrupted')
  const missed = [
    server.publish([mine]),
    server.publish(['user:me', mine]),
    server.publish([mine]),
    server.publish(['system']),
  ]
  // What is live while the channels are not all back yet has to wait for its turn.
  let during = 0
  server.settings.refuse = ({ type }) => {
    if (type === 'resume') during ||= server.publish(['user:me'])
    return undefined
  }
  await made.back()
  await vi.waitFor(() => expect(ids).toEqual([before, ...missed, during]))
  expect(made.gaps).toBe(0)
})
it('recovers from where it stood also when it was interrupted while recovering', async () => {
  const made = await live()
  const { server, client, ids } = made
  client.subscribe(mine, () => {})
  await vi.waitFor(() => expect([...server.peers][0]?.channels).toContain(mine))
  server.cut()
  await until(made, 'interrupted')
  const missed = [server.publish([mine]), server.publish(['user:me'])]
  let cuts = 3
  server.settings.refuse = ({ type }) => {
    if (type === 'resume' && cuts-- > 0) server.cut()
    return undefined
  }
  await made.back()
  await vi.waitFor(() => expect(ids).toEqual(missed))
  expect(cuts).toBe(-1)
})
it('waits when recovering is refused for now', async () => {
  const made = await live()
  const { server, ids } = made
  server.cut()
  await until(made, 'interrupted')
  const missed = server.publish(['user:me'])
  let busy = true
  server.settings.refuse = ({ type }) =>
    type === 'resume' && busy ? { code: 111, temporary: true, retryAfter: 4 } : undefined
  made.skipPause()
  await vi.waitFor(() => expect(made.timing.due).toContain(4_000))
  busy = false
  made.timing.pass(4_000)
  await until(made, 'live')
  expect(ids).toEqual([missed])
})
it('says that there is a gap when the log does not reach back, and goes on from there', async () => {
  const made = await live()
  const { server, ids } = made
  server.cut()
  await until(made, 'interrupted')
  server.settings.forgotten = server.publish(['system'])
  await made.back()
  expect([made.gaps, ids]).toEqual([1, []])
  server.cut()
  await until(made, 'interrupted')
  const next = server.publish(['system'])
  await made.back()
  await vi.waitFor(() => expect(ids).toEqual([next]))
  expect(made.gaps).toBe(1)
})
it('begins anew with another log, whose positions may be lower', async () => {
  const made = await live()
  const { server, ids } = made
  const old = server.publish(['user:me'])
  await vi.waitFor(() => expect(ids).toEqual([old]))
  server.cut()
  await until(made, 'interrupted')
  server.begin('e2', 10)
  await made.back()
  expect(made.gaps).toBe(1)
  const young = server.publish(['user:me'])
  expect(young).toBeLessThan(old)
  await vi.waitFor(() => expect(ids).toEqual([old, young]))
  await vi.waitFor(() => expect(server.acknowledged).toBe(young))
})
it('notices a log that was set back', async () => {
  const made = await live()
  const { server, ids } = made
  const old = server.publish(['user:me'])
  await vi.waitFor(() => expect(ids).toEqual([old]))
  server.cut()
  await until(made, 'interrupted')
  server.begin('e1', 10)
  await made.back()
  const young = server.publish(['user:me'])
  await vi.waitFor(() => expect(ids).toEqual([old, young]))
  expect(made.gaps).toBe(1)
})
it('takes up where it ended when it is opened again', async () => {
  const made = await live()
  made.client.close()
  await vi.waitFor(() => expect(made.server.peers.size).toBe(0))
  const missed = made.server.publish(['system'])
  made.client.connect()
  await until(made, 'live')
  expect(made.ids).toEqual([missed])
})
it('hands nothing on any more once a handler has closed it', async () => {
  const made = await live()
  made.server.cut()
  await until(made, 'interrupted')
  const first = made.server.publish(['user:me'])
  made.server.publish(['user:me'])
  made.client.onMessage(() => made.client.close())
  made.skipPause()
  await until(made, 'closed')
  expect([made.ids, made.timing.due]).toEqual([[first], []])
})

/** A step of a history: something is published, the network breaks, time passes, a channel is joined or left. */
type Step =
  | { kind: 'publish'; channel: number }
  | {
      kind: 'cut' | 'cutDuringRecovery' | 'closed3001' | 'closed3014' | 'noWebSocket' | 'webSocket' | 'pass' | 'settle'
    }
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('publish' as const), channel: fc.nat(4) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'cut',
        'cutDuringRecovery',
        'closed3001',
        'closed3014',
        'noWebSocket',
        'webSocket',
        'pass',
        'settle',
      ),
    }),
  },
)

it('hands on the log whatever happens', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), fc.boolean(), async (steps, streams) => {
      const made = await createSetting({ acknowledge: false, ...(streams ? { transports: ['sse'] } : {}) })
      const { server, client, timing, ids } = made
      const channels: ChannelName[] = ['project:a', 'project:b']
      const expected: number[] = []
      try {
        for (const channel of channels) client.subscribe(channel, () => {})
        client.connect()
        await until(made, 'live')
        for (const each of steps) await take(made, each, expected)
        server.settings.refuse = null
        server.settings.upgradeStatus = 200
        await vi.waitFor(
          () => {
            made.skipPause()
            expect(ids).toEqual(expected)
          },
          { interval: 5, timeout: 5_000 },
        )
        expect(made.gaps).toBe(0)
        expect(timing.due.length).toBeLessThan(6)
      } finally {
        await made.close()
      }
    }),
    { numRuns: 40 },
  )
})

async function take({ server, timing, client, skipPause }: Setting, each: Step, expected: number[]): Promise<void> {
  const { settings } = server
  switch (each.kind) {
    case 'publish':
      return publish()
    case 'cut':
      return server.cut()
    case 'closed3001':
    case 'closed3014':
      for (const peer of server.peers) peer.close(Number(each.kind.slice(6)), '')
      return
    case 'noWebSocket':
      settings.upgradeStatus = 503
      return
    case 'webSocket':
      settings.upgradeStatus = 200
      return
    case 'cutDuringRecovery':
      server.cut()
      settings.refuse = ({ type }) => {
        if (type !== 'resume') return undefined
        settings.refuse = null
        server.cut()
        return undefined
      }
      return
    case 'pass':
      timing.pass(3_000)
      await new Promise((resolve) => setImmediate(resolve))
      return
    case 'settle':
      await vi.waitFor(
        () => {
          skipPause()
          expect(client.state).toBe('live')
        },
        { interval: 5 },
      )
  }
  function publish(): void {
    const channel = ['user:me', 'system', 'project:a', 'project:b', 'user:somebody'][
      each.kind === 'publish' ? each.channel : 0
    ]!
    const id = server.publish([channel])
    if (channel !== 'user:somebody') expected.push(id)
  }
}
