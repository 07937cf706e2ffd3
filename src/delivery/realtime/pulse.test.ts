import { setImmediate as turn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { Connection } from './connection.ts'
import type { Speech, Transport } from './connection.ts'
import type { Core } from './core.ts'
import { pulse, pulseTimes } from './pulse.ts'

/** So many connections that are due, and how many were pinged. */
function crowd(size: number, speech: Partial<Speech>) {
  const pinged = { words: 0, transport: 0 }
  const transport = { ping: () => void (pinged.transport += 1) } as Partial<Transport> as Transport
  const connections = Array.from({ length: size }, () => {
    const made = new Connection({
      id: 'c',
      speech: speech as Speech,
      transport,
      address: '',
      userAgent: null,
      now: 0,
    })
    made.reader = { userId: 'u', role: 'client', sessionId: 's', issuedAt: 0, expiresAt: 1e9 }
    return made
  })
  const core = {
    hub: { connections: new Set(connections) },
    outlet: { say: () => void (pinged.words += 1) },
  } as unknown as Core
  return { pinged, connections, core }
}

it('lets messages through between the pings of thousands who came together', async () => {
  const { pinged, connections, core } = crowd(1_000, { ping: '{}', pingsTransport: false })
  const done = pulse(core, pulseTimes, 25_000, 0)
  let most = pinged.words
  for (let before = 0; pinged.words < 1_000; before = pinged.words) {
    most = Math.max(most, pinged.words - before)
    await turn()
  }
  await done
  expect(most).toBeLessThan(50)
  expect(pinged).toEqual({ words: 1_000, transport: 0 })
  expect(connections.every(({ pongsDue }) => pongsDue === 1)).toBe(true)
})
it('asks the transport where not every client answers in words', async () => {
  const { pinged, core } = crowd(3, { ping: '{"type":"ping"}', pingsTransport: true })
  await pulse(core, pulseTimes, 25_000, 0)
  expect(pinged).toEqual({ words: 3, transport: 3 })
})
