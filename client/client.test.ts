import { expect, it, vi } from 'vitest'
import { settings, type Setting } from '../test/support/realtime/client-setting.ts'
import type { LiveMessage } from './client.ts'

const { setting, live } = settings()
const acks = ({ server }: Setting) => server.commands.flatMap(({ type, id }) => (type === 'ack' ? [Number(id)] : []))

it('connects with its token to where it was told, and hands on what comes by type, by event, and as a whole', async () => {
  const { server, client, states, ids } = await live()
  expect(states).toEqual(['connecting', 'live'])
  expect(server.opened).toEqual(['/ws?token=t+1&csrf=c%26s'])
  const heard: string[] = []
  client.on('project_update', ({ payload }) => heard.push(`type ${payload.event}`))
  client.on('payment_update', ({ payload }) => heard.push(`other type ${payload.event}`))
  const stop = client.on('project.started', ({ payload }) => heard.push(payload.data.project.name))
  const first = server.publish(['user:me'], 'project.started', { project: { name: 'Kopi' } })
  await vi.waitFor(() => expect(ids).toEqual([first]))
  expect(heard).toEqual(['type project.started', 'Kopi'])
  stop()
  const second = server.publish(['system'], 'project.started', { project: { name: 'Teh' } })
  server.publish(['user:somebody'])
  const third = server.publish(['user:me'])
  await vi.waitFor(() => expect(ids).toEqual([first, second, third]))
  expect(heard).toEqual(['type project.started', 'Kopi', 'type project.started', 'type project.started'])
})
it('connects where the token leads when it was told nothing else', async () => {
  const { server } = await setting()
  const elsewhere = await live({
    url: undefined as never,
    token: async () => ({ token: 'x', csrf: 'y', url: `${server.url.replace('http', 'ws')}/ws` }),
  })
  expect([elsewhere.server.opened, server.opened]).toEqual([[], ['/ws?token=x&csrf=y']])
})
it('gets what waited in the inbox first, and acknowledges it', async () => {
  const made = await setting()
  const waited = [made.server.publish(['user:me']), made.server.publish(['user:me'])]
  made.server.publish(['system'])
  made.client.connect()
  await vi.waitFor(() => expect(made.ids).toEqual(waited))
  await vi.waitFor(() => expect(acks(made)).toEqual([waited[0]]))
  made.timing.pass(1_000)
  await vi.waitFor(() => expect(made.server.acknowledged).toBe(waited[1]))
  await vi.waitFor(() => expect(made.client.stats()).toMatchObject({ received: 2, acknowledged: 2 }))
})
it('acknowledges at most once a second, the newest', async () => {
  const made = await live()
  const ids = Array.from({ length: 20 }, () => made.server.publish(['user:me']))
  await vi.waitFor(() => expect(made.ids).toEqual(ids))
  await vi.waitFor(() => expect(acks(made)).toEqual([ids[0]]))
  made.timing.pass(999)
  made.timing.pass(1)
  await vi.waitFor(() => expect(acks(made)).toEqual([ids[0], ids[19]]))
  made.timing.pass(5_000)
  const next = made.server.publish(['user:me'])
  await vi.waitFor(() => expect(acks(made)).toEqual([ids[0], ids[19], next]))
})
it('acknowledges when the handlers are done, and nothing from what one of them failed on until that is acknowledged by hand', async () => {
  const reported: unknown[] = []
  vi.stubGlobal('reportError', (error: unknown) => reported.push(error))
  const made = await live()
  let finish = () => {}
  const later: LiveMessage[] = []
  made.client.on('project.started', () => new Promise<void>((resolve) => (finish = resolve)))
  made.client.on('project.completed', () => {
    throw new Error('a mistake')
  })
  made.client.on('project.completed', (message) => later.push(message))
  const first = made.server.publish(['user:me'], 'project.started')
  await vi.waitFor(() => expect(made.ids).toEqual([first]))
  expect(acks(made)).toEqual([])
  finish()
  await vi.waitFor(() => expect(acks(made)).toEqual([first]))
  made.timing.pass(1_000)
  const second = made.server.publish(['user:me'], 'project.completed')
  await vi.waitFor(() => expect(later).toHaveLength(1))
  expect(reported).toEqual([new Error('a mistake')])
  expect(acks(made)).toEqual([first])
  const third = made.server.publish(['user:me'], 'project.submitted')
  await vi.waitFor(() => expect(made.ids).toContain(third))
  made.timing.pass(5_000)
  // One for the third would be for the second, too.
  expect(acks(made)).toEqual([first])
  const fourth = made.server.publish(['user:me'], 'project.completed')
  await vi.waitFor(() => expect(later).toHaveLength(2))
  made.client.ack(String(second))
  await vi.waitFor(() => expect(acks(made)).toEqual([first, second]))
  made.timing.pass(5_000)
  const fifth = made.server.publish(['user:me'], 'project.submitted')
  await vi.waitFor(() => expect(made.ids).toContain(fifth))
  made.timing.pass(5_000)
  expect(acks(made)).toEqual([first, second])
  made.client.ack(String(fourth))
  await vi.waitFor(() => expect(acks(made)).toEqual([first, second, fourth]))
  made.timing.pass(1_000)
  const sixth = made.server.publish(['user:me'], 'project.submitted')
  await vi.waitFor(() => expect(acks(made)).toEqual([first, second, fourth, sixth]))
})
it('takes a message that was acknowledged by hand for handled, whatever its handler does then', async () => {
  vi.stubGlobal('reportError', () => undefined)
  const made = await live()
  made.client.on('project.completed', ({ id }) => {
    made.client.ack(id)
    throw new Error('a mistake')
  })
  const first = made.server.publish(['user:me'], 'project.completed')
  await vi.waitFor(() => expect(acks(made)).toEqual([first]))
  made.timing.pass(1_000)
  const second = made.server.publish(['user:me'], 'project.submitted')
  await vi.waitFor(() => expect(acks(made)).toEqual([first, second]))
})
it('does not let a handler of the log before say anything of the one that took its place', async () => {
  const made = await live()
  let finish = () => {}
  made.client.on('project.started', () => new Promise<void>((resolve) => (finish = resolve)))
  const old = made.server.publish(['user:me'], 'project.started')
  await vi.waitFor(() => expect(made.ids).toEqual([old]))
  made.server.begin('e2', 10)
  made.server.cut()
  await vi.waitFor(() => expect(made.client.state).toBe('interrupted'))
  made.timing.pass(0)
  await vi.waitFor(() => expect(made.client.state).toBe('live'))
  finish()
  const fresh = made.server.publish(['user:me'], 'project.submitted')
  await vi.waitFor(() => expect(acks(made)).toEqual([fresh]))
})
it('tells announcements to everybody from those to some', async () => {
  const made = await live()
  const heard: string[] = []
  for (const channel of ['system', 'role:client', 'role:staff'] as const)
    made.client.subscribe(channel, ({ payload }) => {
      const { announcement } = payload.data as { announcement: { title: { en: string } } }
      heard.push(`${channel}: ${announcement.title.en}`)
    })
  const asked = () => made.server.commands.filter(({ type }) => type === 'subscribe')
  await vi.waitFor(() => expect(asked()).toHaveLength(3))
  const announce = (channel: string, target: object, en: string) =>
    made.server.publish([channel], 'announcement.published', { announcement: { target, title: { en } }, readers: [] })
  announce('user:me', { kind: 'user', userId: 'me' }, 'to me')
  announce('role:client', { kind: 'role', role: 'client' }, 'to clients')
  made.server.publish(['user:me'], 'announcement.of_another_kind', { user: { id: 'me' } })
  const last = announce('system', { kind: 'everybody' }, 'to all')
  await vi.waitFor(() => expect(made.ids).toContain(last))
  expect(heard).toEqual(['role:client: to clients', 'system: to all'])
})
it('leaves acknowledging to whoever wants to', async () => {
  const made = await live({ acknowledge: false })
  const id = made.server.publish(['user:me'])
  await vi.waitFor(() => expect(made.ids).toEqual([id]))
  expect(acks(made)).toEqual([])
  made.client.ack(String(id))
  await vi.waitFor(() => expect(made.client.stats().acknowledged).toBe(1))
})
it('tells the server what waits to be acknowledged before it goes', async () => {
  const made = await live()
  const ids = [made.server.publish(['user:me']), made.server.publish(['user:me'])]
  await vi.waitFor(() => expect(made.ids).toEqual(ids))
  await vi.waitFor(() => expect(acks(made)).toEqual([ids[0]]))
  made.client.close()
  await vi.waitFor(() => expect(made.server.acknowledged).toBe(ids[1]))
  expect(made.states).toEqual(['connecting', 'live', 'closed'])
})
it('tells again what was not acknowledged, and lets go of what never will be', async () => {
  const made = await live()
  let refusal: { code: number; temporary: boolean; retryAfter?: number } | undefined = {
    code: 111,
    temporary: true,
    retryAfter: 7,
  }
  made.server.settings.refuse = ({ type }) => (type === 'ack' ? refusal : undefined)
  const first = made.server.publish(['user:me'])
  await vi.waitFor(() => expect(acks(made)).toEqual([first]))
  await vi.waitFor(() => expect(made.timing.due).toContain(7_000))
  refusal = { code: 107, temporary: false }
  made.timing.pass(7_000)
  await vi.waitFor(() => expect(acks(made)).toEqual([first, first]))
  refusal = undefined
  made.timing.pass(5_000)
  const second = made.server.publish(['user:me'])
  await vi.waitFor(() => expect(acks(made)).toEqual([first, first, second]))
})
it('subscribes to a channel for as long as somebody listens, and says which messages are about it', async () => {
  const { client, server } = await live()
  const [a, b] = [crypto.randomUUID(), crypto.randomUUID()]
  const heard: string[] = []
  const names = () => server.commands.flatMap(({ type, channel }) => (channel ? [`${type} ${channel}`] : []))
  const stops = [
    client.subscribe(`project:${a}`, ({ payload }) => heard.push(`a ${payload.event}`), { latest: true }),
    client.subscribe(`project:${a}`, ({ payload }) => heard.push(`a again ${payload.event}`)),
    client.subscribe(`project:${b}`, ({ payload }) => heard.push(`b ${payload.event}`)),
  ]
  await vi.waitFor(() => expect(names()).toEqual([`subscribe project:${a}`, `subscribe project:${b}`]))
  expect(server.commands.find(({ channel }) => channel === `project:${a}`)).toMatchObject({ latest: true })
  server.publish([`project:${a}`], 'project.started', { project: { id: a } })
  server.publish([`project:${b}`], 'invoice.paid', { invoice: { projectId: b } })
  await vi.waitFor(() => expect(heard).toEqual(['a project.started', 'a again project.started', 'b invoice.paid']))
  stops[0]?.()
  stops[2]?.()
  stops[2]?.()
  await vi.waitFor(() => expect(names().at(-1)).toBe(`unsubscribe project:${b}`))
  server.publish([`project:${a}`], 'project.submitted', { project: { id: a } })
  await vi.waitFor(() => expect(heard.at(-1)).toBe('a again project.submitted'))
  stops[1]?.()
  await vi.waitFor(() => expect(names().at(-1)).toBe(`unsubscribe project:${a}`))
  expect(names()).toHaveLength(4)
})
it('tells whose subscription was refused or taken away, and tries again what was refused for now', async () => {
  const { client, server, timing } = await live()
  const ends: string[] = []
  let busy = true
  server.settings.refuse = ({ channel }) =>
    channel === 'invoice:theirs'
      ? { code: 103, temporary: false }
      : channel === 'invoice:busy' && busy
        ? { code: 111, temporary: true, retryAfter: 3 }
        : undefined
  for (const channel of ['invoice:theirs', 'invoice:busy', 'invoice:lost', 'invoice:expired', 'system'] as const)
    client.subscribe(channel, () => {}, { onEnd: ({ code }) => ends.push(`${channel} ${code}`) })
  await vi.waitFor(() => expect(ends).toEqual(['invoice:theirs 103']))
  busy = false
  timing.pass(3_000)
  const [peer] = server.peers
  await vi.waitFor(() => expect(peer?.channels).toContain('invoice:busy'))
  for (const [channel, code] of [
    ['invoice:lost', 2003],
    ['invoice:expired', 2501],
  ] as const) {
    peer?.channels.delete(channel)
    peer?.say({ type: 'unsubscribed', channel, code, message: '' })
  }
  await vi.waitFor(() => expect(peer?.channels).toContain('invoice:expired'))
  expect(ends).toEqual(['invoice:theirs 103', 'invoice:lost 2003'])
})
it('counts', async () => {
  const { client, server, timing, ids, back } = await live()
  expect(client.stats()).toMatchObject({
    state: 'live',
    transport: 'websocket',
    reconnects: 0,
    received: 0,
    latency: null,
    lastMessageAt: null,
  })
  timing.pass(25_000)
  await vi.waitFor(() => expect(client.stats().latency).toBeGreaterThan(0))
  const id = server.publish(['user:me'])
  await vi.waitFor(() => expect(ids).toEqual([id]))
  const { bytes, lastMessageAt, connectedSince } = client.stats()
  expect(bytes).toBeGreaterThan(200)
  expect(lastMessageAt?.getTime()).toBe(timing.now())
  expect(connectedSince?.getTime()).toBe(timing.now() - 25_000)
  server.cut()
  await vi.waitFor(() =>
    expect(client.stats()).toMatchObject({ state: 'interrupted', transport: null, connectedSince: null }),
  )
  await back()
  expect(client.stats().reconnects).toBe(1)
})
