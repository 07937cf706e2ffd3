// How many messages a client may send: so many a minute, all at once if it likes (GCRA, one number a connection). Who goes on
// regardless is told when to come back, and after as many refusals again is sent away.
import { closes, Disconnect, errors } from './codes.ts'
import type { Connection } from './connection.ts'

const MINUTE = 60_000

export interface Allowance {
  /** Throws 111 when there is none left, and the disconnect for who does not stop asking. */
  take(connection: Connection): void
  readonly taken: number
}

export function createAllowance(perMinute: number, now: () => number): Allowance {
  let taken = 0
  return {
    get taken() {
      return taken
    },
    take(connection) {
      const at = now()
      const next = Math.max(connection.fullAt, at) + MINUTE / perMinute
      if (next - at <= MINUTE) {
        connection.fullAt = next
        connection.refused = 0
        taken += 1
        return
      }
      connection.refused += 1
      if (connection.refused > perMinute) throw new Disconnect(closes.tooManyRequests)
      throw errors.tooManyRequests(Math.ceil((next - at - MINUTE) / 1000))
    },
  }
}
