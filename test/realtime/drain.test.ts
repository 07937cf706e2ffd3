// A deploy: the clients of a process that stops come back to another one, each at its own time, and miss nothing.
import { afterEach, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { once } from 'node:events'
import { openGateway } from '../support/realtime/gateway.ts'
import { createMemoryLog } from '../support/realtime/log.ts'
import type { TestGateway } from '../support/realtime/gateway.ts'
import { newSigningKey } from '../../src/platform/tokens.ts'

const gateways: TestGateway[] = []
afterEach(async () => {
  for (const gateway of gateways.splice(0)) await gateway.close()
})

/** A client that comes back when it is told to, after the last message it has; or stays away. */
function follow(user: string, next: TestGateway | null) {
  const seen: { texts: string[]; after: number[]; closes: number[] } = { texts: [], after: [], closes: [] }
  let last = ''
  async function connect(to: TestGateway): Promise<void> {
    const token = await to.token(user)
    const resume = last === '' ? '' : `&resume=${last}&epoch=log-1`
    const socket = new WebSocket(`ws://127.0.0.1:${to.port}/ws?token=${token}&csrf=${to.csrf(`s-${user}`)}${resume}`)
    socket.on('message', (data) => {
      const message = JSON.parse((data as Buffer).toString()) as {
        type: string
        id: string
        after: number
        payload?: { data: { text: string } }
      }
      if (message.type === 'reconnect') seen.after.push(message.after)
      if (!message.payload) return
      seen.texts.push(message.payload.data.text)
      last = message.id
    })
    socket.on('close', (code) => {
      seen.closes.push(code)
      if (code === 3001 && next && to !== next) setTimeout(() => void connect(next), seen.after.at(-1))
    })
    await once(socket, 'open')
  }
  return { seen, connect }
}

it('tells each client when to come back, closes them at a pace, takes nobody new, and loses nothing', async () => {
  const signingKey = await newSigningKey()
  const log = createMemoryLog()
  const second = createMemoryLog()
  const limits = { connectionsPerUser: 1_000, connectionsPerAddress: 1_000 }
  const old = await openGateway({ signingKey, log, limits })
  const next = await openGateway({ signingKey, log: second, limits })
  gateways.push(old, next)
  // Both follow the same log.
  const change = (text: string) => {
    const { type, subject, data, channels, live, shown } = old.change('rina', text)
    second.commit({ type, subject, data, channels, live, shown })
  }
  const clients = Array.from({ length: 300 }, () => follow('rina', next))
  await Promise.all(clients.map(({ connect }) => connect(old)))
  change('before')
  const stopping = old.gateway.stop(10_000)
  await vi.waitFor(() => expect(old.gateway.connections).toBeLessThan(300))
  change('while it stops')
  const refused = await fetch(`${old.url}/connection/sse?token=${await old.token('rina')}&csrf=${old.csrf('s-rina')}`)
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
  await stopping
  change('after')
  await vi.waitFor(() => expect(next.gateway.connections).toBe(300), { timeout: 10_000 })
  await vi.waitFor(
    () => {
      for (const { seen } of clients) expect(seen.texts).toEqual(['before', 'while it stops', 'after'])
    },
    { timeout: 5_000 },
  )
  for (const { seen } of clients) expect([seen.after.length, seen.closes]).toEqual([1, [3001]])
})
it('spreads by what it says, when there is no time to spread by when it closes', async () => {
  const signingKey = await newSigningKey()
  const limits = { connectionsPerUser: 1_000, connectionsPerAddress: 1_000 }
  const old = await openGateway({ signingKey, limits, random: () => 0 })
  gateways.push(old)
  const clients = Array.from({ length: 300 }, () => follow('rina', null))
  await Promise.all(clients.map(({ connect }) => connect(old)))
  await old.gateway.stop(0)
  await vi.waitFor(() => expect(clients.every(({ seen }) => seen.after.length === 1)).toBe(true))
  const times = clients.map(({ seen }) => seen.after[0]!).toSorted((a, b) => a - b)
  // Fifteen hundred a second: the last of three hundred a fifth of a second after the first.
  expect([times[0], times.at(-1)]).toEqual([0, 199])
})
