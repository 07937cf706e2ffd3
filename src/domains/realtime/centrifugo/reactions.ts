// Hands the log on to a Centrifugo that serves the clients in our place: every live event, in order and at least once, however
// long Centrifugo is away; and the end of sessions and rights.
import { shownTo } from '../../../platform/contract/event.ts'
import type { EventType } from '../../../platform/contract/event.ts'
import type { EventReader, StoredEvent } from '../../../platform/events/reader.ts'
import { rightsChange, rightsEvents } from '../rights.ts'
import { CentrifugoRefused } from './gateway.ts'
import type { CentrifugoGateway, Goodbye } from './gateway.ts'

/** As the codes of our own gateway, in the range that Centrifugo leaves to applications. */
const goodbyes = {
  rightsChanged: { code: 4014, reason: 'rights changed' },
  signedOut: { code: 4500, reason: 'signed out' },
  blocked: { code: 4503, reason: 'force disconnect' },
} satisfies Record<string, Goodbye>

/** Channels that only the agency reads. */
const ofAgency = (channel: string) => ['admin', 'role:admin', 'role:staff'].includes(channel)

export interface CentrifugoReaderOptions {
  centrifugo: CentrifugoGateway
  /** Every declared event. */
  types: Iterable<EventType>
  /** The name of the log. */
  epoch(): Promise<string>
}

export function createCentrifugoReader({ centrifugo, types, epoch }: CentrifugoReaderOptions): EventReader {
  const live = new Map([...types].filter((type) => type.live).map((type) => [type.name, type]))

  async function publish(stored: StoredEvent, type: EventType): Promise<void> {
    const key = `${await epoch()}:${stored.position}`
    const send = async (channels: string[], agency: boolean) => {
      if (channels.length === 0) return
      const data = shownTo(type, stored.data, agency)
      if (data === undefined) return
      await centrifugo.broadcast(channels, messageOf(stored, type, data), key)
    }
    if (!type.forClients) return send(stored.channels, true)
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
    types: [...new Set([...live.keys(), ...rightsEvents])],
    from: 'now',
    attempts: Infinity,
    isHopeless: (error) => error instanceof CentrifugoRefused,
    async handle(stored) {
      const type = live.get(stored.type)
      if (type) await publish(stored, type)
      await applyRights(stored)
    },
  }
}

/** The message as every client gets it. */
const messageOf = (stored: StoredEvent, type: EventType, data: unknown) => ({
  type: type.live,
  payload: { event: stored.type, data },
  timestamp: stored.occurredAt.toISOString(),
  id: String(stored.position),
})
