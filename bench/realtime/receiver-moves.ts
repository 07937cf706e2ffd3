// Watches over clients whose server stops: that each comes back elsewhere when it was asked to, and has missed nothing.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Moves, Visitor } from './receiver-contract.ts'
import type { Group } from './receiver-group.ts'
import type { ReceiverSocket } from './receiver-socket.ts'

const SHUTDOWN = '3001'
const AGAIN_MS = 1_000
const MOST_ATTEMPTS = 20

export interface Watch {
  moves(): Moves
}

export function watch(group: Group, to: { port: number; epoch: string }): Watch {
  const counts = { moved: 0, lost: 0, repeated: 0, received: 0 }
  const arrivals: number[] = []
  const failed: Record<string, number> = {}
  const clients: { n: number }[] = []
  let first: number | undefined

  function look(socket: ReceiverSocket, visitor: Visitor, seen: { n: number; id: string }): void {
    socket.document = ({ payload: { data }, id }) => {
      const { n } = data
      if (n === undefined) return
      counts.received += 1
      if (n <= seen.n) return void (counts.repeated += 1)
      if (seen.n >= 0) counts.lost += n - seen.n - 1
      Object.assign(seen, { n, id })
    }
    void socket.closed.then(async (code) => {
      if (code !== SHUTDOWN) return
      await sleep(socket.after)
      for (let attempt = 0; attempt < MOST_ATTEMPTS && !(await move(visitor, seen)); attempt++) await sleep(AGAIN_MS)
    })
  }

  async function move(visitor: Visitor, seen: { n: number; id: string }): Promise<boolean> {
    const resume = seen.id === '' ? '' : `&resume=${seen.id}&epoch=${to.epoch}`
    // What it missed comes before it is ready, and must be looked at as well.
    try {
      await group.join({ ...visitor, resume }, to.port, (made) => look(made, visitor, seen))
    } catch (error) {
      const [reason = ''] = (error as Error).message.split('\r\n')
      failed[reason] = (failed[reason] ?? 0) + 1
      return false
    }
    first ??= performance.now()
    const second = Math.floor((performance.now() - first) / 1000)
    arrivals[second] = (arrivals[second] ?? 0) + 1
    counts.moved += 1
    return true
  }

  for (const [socket, visitor] of group.sockets) {
    const seen = { n: -1, id: '' }
    clients.push(seen)
    look(socket, visitor, seen)
  }
  return {
    moves: () => ({
      ...counts,
      failed,
      arrivals: Array.from(arrivals, (count?: number) => count ?? 0),
      upTo: least(clients),
    }),
  }
}

const least = (clients: readonly { n: number }[]) => clients.reduce((least, { n }) => Math.min(least, n), Infinity)
