// The client against the real gateway, over a log in memory: what only the two together can get wrong.
import fc from 'fast-check'
import { afterEach, expect, it, vi } from 'vitest'
import { openGateway, type TestGateway } from '../test/support/realtime/gateway.ts'
import { createClient, type Client } from './client.ts'

const open: { client: Client; gateway: TestGateway }[] = []
afterEach(async () => {
  for (const { client, gateway } of open.splice(0)) {
    client.close()
    await gateway.close()
  }
})

function clientOf(gateway: TestGateway, options: Parameters<typeof createClient>[0] = {}) {
  const ids: number[] = []
  const gaps: number[] = []
  const client = createClient({
    url: gateway.url,
    token: async () => ({ token: await gateway.token('rina'), csrf: gateway.csrf('s-rina') }),
    reconnectInterval: 10,
    ...options,
  })
  open.push({ client, gateway })
  client.onMessage(({ id }) => ids.push(Number(id)))
  client.onGap(() => gaps.push(1))
  return { client, ids, gaps }
}

it.each(['websocket', 'sse'] as const)(
  'loses nothing of a long absence when it breaks in the middle of it, over %s',
  async (transport) => {
    const gateway = await openGateway()
    const expected = Array.from({ length: 3_000 }, () => gateway.change('rina', 'x'.repeat(200)).position)
    gateway.inboxes.set('rina', 100)
    const { client, ids, gaps } = clientOf(gateway, { transports: [transport], acknowledge: false })
    let breaks = 3
    client.onState((state) => {
      if (state === 'live' && breaks-- > 0) gateway.cutAll()
    })
    client.connect()
    await vi.waitFor(() => expect(ids.length).toBeGreaterThanOrEqual(expected.length), { timeout: 20_000 })
    expect(ids).toEqual(expected)
    expect(gaps).toEqual([])
  },
)

it.each(['websocket', 'sse'] as const)(
  'hands on the log of all its channels whatever the network does, over %s',
  { timeout: 120_000 },
  async (transport) => {
    const step = fc.constantFrom('mine', 'all', 'project', 'other', 'cut', 'burst', 'settle', 'turn')
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
        const gateway = await openGateway({ limits: { messagesPerMinute: 10_000 } })
        const { client, ids, gaps } = clientOf(gateway, {
          transports: [transport],
          reconnectInterval: 1,
          acknowledge: false,
        })
        const expected: number[] = []
        const publish = {
          mine: () => expected.push(gateway.change('rina', 'a').position),
          all: () => expected.push(gateway.tell('b').position),
          project: () => expected.push(gateway.change('rina-2', 'c').position),
          other: () => gateway.change('budi', 'd'),
        }
        const settle = () =>
          vi.waitFor(() => expect([client.state, ids]).toEqual(['live', expected]), { interval: 2, timeout: 10_000 })
        client.subscribe('project:rina-2', () => {})
        client.connect()
        await settle()
        for (const each of steps) {
          if (each === 'cut') gateway.cutAll()
          else if (each === 'settle') await settle()
          else if (each === 'turn') await new Promise((resolve) => setImmediate(resolve))
          else if (each === 'burst') for (let n = 0; n < 300; n++) publish.project()
          else publish[each]()
        }
        await settle()
        expect(gaps).toEqual([])
        client.close()
        await gateway.close()
        open.pop()
      }),
      { numRuns: 30 },
    )
  },
)
