// Hands the log on to a Centrifugo that serves the clients in our place: every live event, in order and at least once, however
// long Centrifugo is away; and the end of sessions and rights.
import type { LiveType } from '../../../platform/contract/event.ts'
import type { EventReader, StoredEvent } from '../../../platform/events/reader.ts'
import { liveMessageOf } from '../contract.ts'
import { rightsChange } from '../rights.ts'
import { CentrifugoRefused } from './gateway.ts'
import type { CentrifugoGateway, Goodbye } from './gateway.ts'

/** As the codes of our own gateway, in the range that Centrifugo leaves to applications. */
const goodbyes = {
  rightsChanged: { code: 4014, reason: 'rights changed' },
  signedOut: { code: 4500, reason: 'signed out' },
  blocked: { code: 4503, reason: 'force disconnect' },
} satisfies Record<string, Goodbye>

/** Channels that only administrators read. */
const ofAgency = (channel: string) => ['admin', 'role:admin'].includes(channel)

export interface CentrifugoReaderOptions {
  centrifugo: CentrifugoGateway
  /** The name of the log. */
  epoch(): Promise<string>
}

export function createCentrifugoReader({ centrifugo, epoch }: CentrifugoReaderOptions): EventReader {
  async function publish(stored: StoredEvent, live: LiveType): Promise<void> {
    const key = `${await epoch()}:${stored.position}`
    const send = async (channels: string[], agency: boolean) => {
      if (channels.length === 0) return
      await centrifugo.broadcast(channels, liveMessageOf(stored, live, agency), key)
    }
    if (stored.shown === null) return send(stored.channels, true)
    await send(stored.channels.filter(ofAgency), true)
    await send(
      stored.channels.filter((channel) => !ofAgency(channel)),
      false,
    )
  }

  /** Only the sessions that ended, where Centrifugo knows whose they are; otherwise all have to show a new token. */
  async function endSessions(userId: string, sessionIds: readonly string[]): Promise<void> {
    const clients = await centrifugo.clientsOf(userId)
    if (!clients) return centrifugo.expire(userId)
    for (const { client, sid } of clients)
      if (sid === null) await centrifugo.expire(userId, client)
      else if (sessionIds.includes(sid)) await centrifugo.disconnect(userId, goodbyes.signedOut, client)
  }

  async function applyRights(stored: StoredEvent): Promise<void> {
    const change = rightsChange(stored)
    switch (change?.kind) {
      case 'sessions':
        return endSessions(change.userId, change.sessionIds)
      case 'blocked':
        return centrifugo.disconnect(change.userId, goodbyes.blocked)
      case 'rights':
        return centrifugo.disconnect(change.userId, goodbyes.rightsChanged)
      // A connection is one of our own gateways, which follow the log themselves.
      case 'connection':
      case undefined:
    }
  }

  return {
    name: 'realtime.centrifugo',
    from: 'now',
    attempts: Infinity,
    isHopeless: (error) => error instanceof CentrifugoRefused,
    async handle(stored) {
      if (stored.live !== null) await publish(stored, stored.live)
      await applyRights(stored)
    },
  }
}
