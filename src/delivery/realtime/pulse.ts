// Once a second, looks after every connection: who never said who they are, who fell silent, whose token ran out. Thousands that
// came together are pinged together, so messages are let through between every few.
import { setImmediate as letThrough } from 'node:timers/promises'
import { closes } from './codes.ts'
import type { Connection } from './connection.ts'
import type { Core } from './core.ts'

export interface PulseTimes {
  /** Milliseconds to authenticate in, between pings, and of silence after which a connection is dead. */
  authenticate: number
  ping: number
  silence: number
  /** Milliseconds that a token may be out of date, so that its renewal may take a moment. */
  grace: number
}
export const pulseTimes: PulseTimes = { authenticate: 10_000, ping: 25_000, silence: 30_000, grace: 25_000 }

const EXPIRED = { code: 2501, reason: 'subscription expired' }

const PINGED_AT_ONCE = 20

/** @param now monotonic milliseconds @param date epoch milliseconds, which tokens are dated in */
export async function pulse(core: Core, times: PulseTimes, now: number, date: number): Promise<void> {
  let pinged = 0
  for (const connection of core.hub.connections) {
    const { reader } = connection
    if (!reader) {
      if (now - connection.openedAt >= times.authenticate) core.close(connection, closes.stale)
      continue
    }
    if (reader.expiresAt * 1000 + times.grace <= date) core.close(connection, closes.expired)
    else if (connection.speech.ping !== null && isSilent(connection, times, now)) core.close(connection, closes.noPong)
    else {
      endSubscriptions(core, connection, date - times.grace)
      if (now - connection.pingedAt < times.ping) continue
      ping(core, connection, now)
      if (++pinged % PINGED_AT_ONCE === 0) await letThrough()
    }
  }
}

/** It was asked, too: a process that stood still may have heard nobody, and not because they were gone. */
const isSilent = ({ heardAt, pingedAt }: Connection, { silence, ping: every }: PulseTimes, now: number): boolean =>
  now - heardAt >= silence && pingedAt > heardAt && now - pingedAt >= silence - every

function ping(core: Core, connection: Connection, now: number): void {
  connection.pingedAt = now
  const { ping: words, pingsTransport } = connection.speech
  connection.pongsDue = (pingsTransport ? 1 : 0) + (words === null ? 0 : 1)
  if (pingsTransport) connection.transport.ping?.()
  if (words !== null) core.outlet.say(connection, words)
}

function endSubscriptions(core: Core, connection: Connection, date: number): void {
  for (const { expiresAt, members } of connection.subscriptions) {
    if (expiresAt === 0 || expiresAt * 1000 > date) continue
    core.unsubscribe(connection, members.channel)
    core.outlet.say(connection, connection.speech.unsubscribed(members.channel, EXPIRED.code, EXPIRED.reason))
    // The list has changed; whatever else is due comes with the next beat.
    return
  }
}
