// How many messages a client may send: so many a minute, all at once if it likes (GCRA, one number a connection). Who goes on
// regardless is told when to come back, and after as many refusals again is sent away.
import { closes, Disconnect, errors } from './codes.ts'
import type { Connection } from './connection.ts'

const MINUTE = 60_000

export type Spender = Pick<Connection, 'fullAt' | 'refused'>

export interface Allowance {
  /** Throws 111 when there is none left, and the disconnect for who does not stop asking. */
  take(spender: Spender): void
  /** For what gets no answer: the answer to a ping is free, once. Throws the disconnect only. */
  takeSilently(connection: Connection): void
  readonly taken: number
}

export function createAllowance(perMinute: number, now: () => number): Allowance {
  let taken = 0
  function take(spender: Spender): void {
    const at = now()
    const next = Math.max(spender.fullAt, at) + MINUTE / perMinute
    if (next - at <= MINUTE) {
      spender.fullAt = next
      spender.refused = 0
      taken += 1
      return
    }
    spender.refused += 1
    if (spender.refused > perMinute) throw new Disconnect(closes.tooManyRequests)
    throw errors.tooManyRequests(Math.ceil((next - at - MINUTE) / 1000))
  }
  return {
    get taken() {
      return taken
    },
    take,
    takeSilently(connection) {
      if (connection.pongsDue > 0) return void (connection.pongsDue -= 1)
      try {
        take(connection)
      } catch (error) {
        if (error instanceof Disconnect) throw error
      }
    },
  }
}
