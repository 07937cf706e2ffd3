// What goes wrong between two steps: rights that end for somebody who left their own channel, a database that hangs, commands that
// come before the first answer, readers who leave or stop reading while a stream opens.
import { request } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, expect, it, vi } from 'vitest'
import { speak } from '../../../test/support/realtime/each-gateway.ts'
import { openGateway } from '../../../test/support/realtime/gateway.ts'
import type { TestGateway } from '../../../test/support/realtime/gateway.ts'
import { ManualClock } from '../../platform/clock.ts'
import type { Role } from '../../platform/contract/operation.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})
type Options = Parameters<typeof openGateway>[0]
async function gateway(options: Options = {}): Promise<TestGateway> {
  const at = await openGateway(options)
  ends.push(() => at.close())
  return at
}
/** An inbox whose answer comes when it is let, or not at all. */
function slowly() {
  let let_: () => void = () => {}
  const asked: Promise<void> = new Promise((resolve) => (let_ = resolve))
  const inbox = {
    channelOf: (id: string) => `user:${id}`,
    cursorOf: () => asked.then(() => 0),
    acknowledge: () => asked,
  }
  return { inbox, answer: () => let_() }
}
async function open(at: TestGateway, user: string, role: Role = 'client') {
  const spoken = await speak(user, { role, gateway: at })
  ends.push(() => spoken.socket.terminate())
  return spoken
}

it.each([
  [{ kind: 'sessions', userId: 'ani', sessionIds: ['s-ani'] }, 3500],
  [{ kind: 'blocked', userId: 'ani' }, 3503],
  [{ kind: 'rights', userId: 'ani' }, 3014],
] as const)('finds who has left their own channel when %o', async (effect, code) => {
  const at = await gateway()
  const ani = await open(at, 'ani', 'admin')
  ani.say({ type: 'unsubscribe', channel: 'user:ani' })
  await vi.waitFor(() => expect(ani.said).toContainEqual(expect.objectContaining({ type: 'unsubscribed' })))
  at.effect(effect)
  expect(await ani.closed).toBe(code)
})

it('goes on pinging while what is recorded finds no database', async () => {
  const clock = new ManualClock('2026-11-28T08:00:00Z')
  const at = await gateway({ clock, now: () => clock.now().getTime(), record: () => new Promise(() => {}) })
  const rina = await open(at, 'rina')
  await clock.advance(2_000)
  await clock.advance(24_000)
  await vi.waitFor(() => expect(rina.said.map(({ type }) => type)).toContain('ping'))
  // The last hand-over never ends.
  ends.splice(0)
  rina.socket.terminate()
})

it('takes a process that stood still for no silence of its clients', async () => {
  const clock = new ManualClock('2026-11-28T08:00:00Z')
  let now = 0
  const at = await gateway({ clock, now: () => now })
  const rina = await open(at, 'rina')
  now += 24_500
  await clock.advance(1_000)
  now += 60_000
  await clock.advance(1_000)
  await vi.waitFor(() => expect(rina.said.map(({ type }) => type)).toContain('ping'))
  expect(rina.socket.readyState).toBe(1)
})

it('answers commands one after the other, those that came before the first answer as well', async () => {
  const { inbox, answer } = slowly()
  let [active, most] = [0, 0]
  const at = await gateway({
    inbox,
    policy: {
      ownChannels: ({ userId }) => [`user:${userId}`],
      isChannel: () => true,
      async mayRead() {
        most = Math.max(most, ++active)
        await wait(20)
        active -= 1
        return true
      },
      maySeePresence: () => false,
    },
  })
  const rina = await open(at, 'rina')
  rina.say({ type: 'subscribe', channel: 'project:one' })
  answer()
  await wait(5)
  rina.say({ type: 'subscribe', channel: 'project:two' })
  await vi.waitFor(() =>
    expect(rina.said.filter(({ type }) => type === 'subscribed').map(({ channel }) => channel)).toEqual([
      'project:one',
      'project:two',
    ]),
  )
  expect(most).toBe(1)
})

it('sends away who says more than can be heard', async () => {
  const at = await gateway({ inbox: slowly().inbox })
  const rina = await open(at, 'rina')
  for (let n = 0; n < 6; n++) rina.say({ type: 'ping', padding: 'x'.repeat(60_000) })
  expect(await rina.closed).toBe(3013)
})

it('keeps nothing of a stream whose reader left while it opened', async () => {
  const { promise: let_, resolve } = Promise.withResolvers<boolean>()
  let asked = 0
  const at = await gateway({
    limits: { connectionsPerUser: 1 },
    policy: {
      ownChannels: ({ userId }) => [`user:${userId}`],
      isChannel: () => true,
      mayRead: () => ((asked += 1), let_),
      maySeePresence: () => false,
    },
  })
  const query = `token=${await at.token('rina')}&csrf=${at.csrf('s-rina')}`
  const leaving = request(`${at.url}/connection/sse?${query}&channels=project:rina`)
  leaving.on('error', () => {})
  leaving.end()
  await vi.waitFor(() => expect(asked).toBe(1))
  leaving.destroy()
  await wait(50)
  resolve(true)
  // The one place of the user is free again.
  await vi.waitFor(async () => {
    const answer = await fetch(`${at.url}/connection/sse?${query}`)
    void answer.body?.cancel()
    expect(answer.status).toBe(200)
  })
})

it('lets go of the socket of a stream that nobody reads', async () => {
  const at = await gateway()
  const query = `token=${await at.token('rina')}&csrf=${at.csrf('s-rina')}`
  const socket = connect(at.port, '127.0.0.1')
  ends.push(() => socket.destroy())
  const over = new Promise<void>((resolve) => {
    socket.on('close', () => resolve())
    socket.on('error', () => resolve())
  })
  socket.write(`GET /connection/sse?${query} HTTP/1.1\r\nhost: a\r\n\r\n`)
  await vi.waitFor(() => expect(at.gateway.connections).toBe(1))
  socket.pause()
  await vi.waitFor(
    () => {
      at.tell('y'.repeat(200_000))
      expect(at.gateway.connections).toBe(0)
    },
    { timeout: 10_000, interval: 5 },
  )
  // Long before a silent network would be found out: the other end was reset.
  await wait(2_500)
  socket.resume()
  await over
}, 20_000)
