// The published client with the real application: orders are placed while its network comes and goes.
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import {
  createClient,
  TokenRefused,
  type Client,
  type ClientOptions,
  type Ticket,
  type Timing,
} from '../../client/client.ts'
import { contractEvents } from '../../scripts/client/declarations.ts'
import { createNetwork, type Network } from '../support/realtime/proxy.ts'
import { createWorld, type TestWorld } from '../support/world.ts'

let world: TestWorld
let network: Network | undefined
const clients: Client[] = []
beforeAll(async () => {
  world = await createWorld()
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  await network?.close()
  network = undefined
})
afterAll(() => world.dispose())

/** Real time, and short pauses by chance. */
const impatient: Timing = {
  now: () => Date.now(),
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds)
    return () => clearTimeout(timer)
  },
  random: () => 0.02,
}

/** A person's client, behind a network of its own. */
async function clientOf(person: string, options: Partial<ClientOptions> = {}, webSockets = true) {
  const between = await createNetwork(Number(new URL(world.url).port))
  network = between
  between.webSockets = webSockets
  const seen: { event: string; name: string; id: number }[] = []
  const gaps: number[] = []
  const client = createClient({
    url: between.url,
    async token() {
      const answer = await fetch(`${between.url}/api/websocket/token`, {
        headers: { cookie: await world.cookieOf(person) },
      })
      if (!answer.ok) throw new TokenRefused(answer.status)
      return (await answer.json()) as Ticket
    },
    timing: impatient,
    ...options,
  })
  clients.push(client)
  client.on('project.ordered', ({ payload, id }) =>
    seen.push({ event: payload.event, name: payload.data.project.name, id: Number(id) }),
  )
  client.onGap(() => gaps.push(1))
  client.connect()
  await vi.waitFor(() => expect(client.state).toBe('live'), { timeout: 10_000 })
  const names = () => seen.map(({ name }) => name)
  return { client, seen, names, gaps, between }
}
async function order(as: string, projectName: string): Promise<string> {
  const answer = await world.request('/api/orders', {
    method: 'POST',
    as,
    idempotencyKey: crypto.randomUUID(),
    body: { plan: 'company', projectName },
  })
  return ((await answer.json()) as { project: { id: string } }).project.id
}

it('knows every event that the application pushes', () => {
  const live = world.registry.events.filter(({ live }) => live !== undefined).map(({ name }) => name)
  const known = new Set(contractEvents.map(({ name }) => name))
  expect(live.filter((name) => !known.has(name))).toEqual([])
})
it.each([
  ['websocket', true],
  ['sse', false],
])('is told what was committed, and recovers it after a broken connection, over %s', async (transport, webSockets) => {
  const person = `client-${transport}`
  const { client, seen, names, gaps, between } = await clientOf(person, {}, webSockets)
  expect(client.stats().transport).toBe(transport)
  const first = await order(person, 'Satu')
  await vi.waitFor(() => expect(names()).toEqual(['Satu']))
  const heard: string[] = []
  client.subscribe(`project:${first}`, ({ payload }) => heard.push(payload.event))
  for (const round of [1, 2, 3]) {
    between.up = false
    between.cut()
    await vi.waitFor(() => expect(client.state).toBe('interrupted'))
    await order(person, `Dua ${round}`)
    await order('neighbour', 'Bukan punyanya')
    await order(person, `Tiga ${round}`)
    between.up = true
    await vi.waitFor(() => expect(client.state).toBe('live'), { timeout: 10_000 })
  }
  await world.request(`/api/projects/${first}/cancel`, { method: 'POST', as: person, body: {} })
  await order(person, 'Empat')
  await vi.waitFor(() => expect(names().at(-1)).toBe('Empat'))
  expect(names()).toEqual(['Satu', ...[1, 2, 3].flatMap((round) => [`Dua ${round}`, `Tiga ${round}`]), 'Empat'])
  expect(seen.map(({ id }) => id)).toEqual(seen.map(({ id }) => id).toSorted((a, b) => a - b))
  expect(heard).toContain('project.cancelled')
  expect([gaps, client.stats().transport]).toEqual([[], transport])
})
it('gets what came while it was away, unless it has acknowledged it', async () => {
  const person = 'reader'
  await order(person, 'Sebelum')
  const before = await clientOf(person)
  await order(person, 'Terlihat')
  await vi.waitFor(() => expect(before.names()).toContain('Terlihat'))
  await vi.waitFor(() => expect(before.client.stats().acknowledged).toBe(before.client.stats().received), {
    timeout: 5_000,
  })
  before.client.close()
  await order(person, 'Menunggu')
  await before.between.close()
  const after = await clientOf(person)
  await vi.waitFor(() => expect(after.names()).toEqual(['Menunggu']))
})
it('stays away once its session has ended', async () => {
  const person = 'leaver'
  const { client } = await clientOf(person)
  const endings: unknown[] = []
  client.onState((state, ending) => endings.push(`${state} ${ending?.code}`))
  await world.request('/api/auth/logout', { method: 'POST', as: person })
  await vi.waitFor(() => expect(client.state).toBe('closed'), { timeout: 10_000 })
  expect(endings.at(-1)).toBe('closed 3500')
})
