// A network as bad as they come between clients and several servers: of every connection it decides, by chance that is handed
// in, how it goes wrong and when. The bytes it does let through are the right ones in the right order.
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import type { Chance } from '../../../src/commands/demo/random.ts'

export interface RoughNetwork {
  url: string
  /** Connections by what became of them. */
  readonly fates: Record<string, number>
  /** Nothing goes wrong until then. */
  roughen(): void
  /** Of what the servers say only the beginning comes through: connections are made, and then stand still. */
  freeze(): void
  /** Nothing goes wrong any more, and what stood still goes on. */
  calm(): void
  close(): Promise<void>
}

type Fate = 'cut' | 'stalled' | 'stuck' | 'left half open' | 'heard no more' | 'slow' | 'whole'

/** After so many bytes at most something happens to a connection. */
const MOST_BYTES = 250_000
const BEGINNING_BYTES = 2_000
const LONGEST_STALL_MS = 1_500
const FOREVER_MS = 2 ** 30

export async function createRoughNetwork(ports: readonly number[], chance: Chance): Promise<RoughNetwork> {
  const sockets = new Set<Socket>()
  const stalls = new Set<() => void>()
  const fates: Record<string, number> = {}
  let rough = false
  let frozen = false

  const server = createServer((near) => {
    const far = connect({ port: chance.pick(ports), host: '127.0.0.1', allowHalfOpen: true })
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one)
      one.setNoDelay(true)
      one.on('error', () => other.destroy())
      one.on('end', () => other.end())
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
    near.on('data', (bytes) => pass(near, far, bytes))
    const meets = fateOf(chance)
    let left = chance.whole(1, MOST_BYTES)
    let passed = 0
    far.on('data', (bytes) => {
      left -= bytes.length
      passed += bytes.length
      if (frozen && passed > BEGINNING_BYTES) hold(far, FOREVER_MS)
      if (rough && meets === 'slow' && chance.happens(0.3)) hold(far, chance.whole(1, 20))
      pass(far, near, bytes)
      if (!rough || left > 0) return
      left = Infinity
      fates[meets] = (fates[meets] ?? 0) + 1
      befall(meets, near, far)
    })
  })
  server.on('connection', (socket) => socket.setNoDelay(true))

  /** As it comes off a wire: in pieces that end anywhere. */
  function pass(from: Socket, to: Socket, bytes: Buffer): void {
    const at = rough ? chance.whole(0, bytes.length) : 0
    to.write(bytes.subarray(0, at))
    const taken = to.write(bytes.subarray(at))
    if (taken) return
    from.pause()
    to.once('drain', () => from.resume())
  }
  function hold(socket: Socket, milliseconds: number): void {
    socket.pause()
    const go = () => {
      clearTimeout(timer)
      stalls.delete(go)
      socket.resume()
    }
    const timer = setTimeout(go, milliseconds)
    stalls.add(go)
  }
  function befall(fate: Fate, near: Socket, far: Socket): void {
    switch (fate) {
      case 'cut':
        near.resetAndDestroy()
        far.resetAndDestroy()
        return
      case 'stalled':
        return hold(far, chance.whole(50, LONGEST_STALL_MS))
      case 'stuck':
        return hold(far, FOREVER_MS)
      case 'left half open':
        return void near.end()
      case 'heard no more':
        return void far.end()
      case 'slow':
      case 'whole':
    }
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fates,
    freeze: () => void (frozen = true),
    roughen: () => void (rough = true),
    calm() {
      rough = frozen = false
      for (const go of stalls) go()
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      for (const go of stalls) go()
      server.close()
      await once(server, 'close')
    },
  }
}

function fateOf(chance: Chance): Fate {
  if (chance.happens(0.03)) return 'stuck'
  return chance.pick(['cut', 'cut', 'cut', 'stalled', 'stalled', 'left half open', 'heard no more', 'slow', 'whole'])
}
