// The slice behind live connections: tokens, the console's view of them, announcements, inboxes. The connections themselves
// are the gateway's (src/delivery/realtime), which only knows what src/gateway.ts hands it of this.
import { implement, userOf } from '../../platform/contract/call.ts'
import { keyOf, pageOf } from '../../platform/contract/page.ts'
import { NotFound, NotSignedIn } from '../../platform/contract/problem.ts'
import type { Platform, Slice } from '../../platform/platform.ts'
import type { Tokens } from '../../platform/tokens.ts'
import { createAnnouncements } from './announcements/announcements.ts'
import type { CentrifugoGateway } from './centrifugo/gateway.ts'
import { createCentrifugoReader } from './centrifugo/reactions.ts'
import { ChannelForbidden, DisconnectAsked, events, operations, problems } from './contract.ts'
import { csrfOf } from './csrf.ts'
import { createInbox } from './inbox/inbox.ts'
import { createWorkers } from './jobs.ts'
import { connectionFor } from './listing.ts'
import { createMessages } from './messages/messages.ts'
import { createChannelPolicy } from './policy.ts'
import { createInboxReader } from './reactions.ts'
import { createRecords } from './records/records.ts'
import { NODE_LIFE_SECONDS } from './records/store.ts'
import { together } from './status.ts'
import * as store from './store.ts'

const REALTIME_TOKEN_SECONDS = 300
const SHOWN_AT_ONCE = 50

export interface RealtimeOptions {
  platform: Platform
  tokens: Tokens
  csrfKey: Uint8Array
  broker: 'postgres' | 'redis' | 'centrifugo'
  /** The Centrifugo that serves clients in our place, and where they connect to it; null without one. */
  centrifugo: { gateway: CentrifugoGateway; url: string } | null
  /** When a session ends at the latest. */
  sessionEnd(sessionId: string): Promise<Date | null>
}

export function createRealtime(options: RealtimeOptions): Slice {
  const { platform, tokens, csrfKey, broker, centrifugo } = options
  const { database, clock, events: log, publicUrl } = platform
  const policy = createChannelPolicy(database.db)
  const inbox = createInbox({ database, events: log, clock })
  const records = createRecords({ database, events: log, clock })
  const announcements = createAnnouncements(platform)
  const messages = createMessages(platform)

  const address = (path: string, live: boolean) => {
    const url = new URL(path, publicUrl)
    if (live) url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
    return url.href
  }
  /** Never longer than the session: when that is over nothing tells the gateway. */
  async function lifeOf(sessionId: string): Promise<number> {
    const end = await options.sessionEnd(sessionId)
    const left = end ? Math.floor((end.getTime() - clock.now().getTime()) / 1000) : 0
    if (left < 1) throw NotSignedIn.because('The session is over.')
    return Math.min(REALTIME_TOKEN_SECONDS, left)
  }
  function sessionOf(call: Parameters<typeof userOf>[0]) {
    const user = userOf(call)
    if (call.caller.kind !== 'user') throw new Error('a live token was asked for by nobody')
    return { user, sid: call.caller.sessionId }
  }

  const bound = implement(operations, {
    getToken: async (call) => {
      const { user, sid } = sessionOf(call)
      const expiresIn = await lifeOf(sid)
      const own = policy.ownChannels({ userId: user.id, role: user.role })
      // Another server that takes our tokens must be told what ours knows by itself.
      const more = centrifugo ? { role: user.role, channels: own, info: { sid } } : { role: user.role }
      return {
        token: await tokens.issue({ sub: user.id, sid }, 'realtime', expiresIn, more),
        csrf: csrfOf(csrfKey, sid),
        expiresIn,
        url: address('/ws', true),
        urls: {
          plain: address('/ws', true),
          sse: address('/connection/sse', false),
          centrifugo: centrifugo?.url ?? address('/connection/websocket', true),
          httpStream: address('/connection/http_stream', false),
        },
      }
    },
    getSubscriptionToken: async (call, { channel }) => {
      const { user, sid } = sessionOf(call)
      if (!(await policy.mayRead({ userId: user.id, role: user.role }, channel)))
        throw ChannelForbidden.because('Only its own readers and administrators may.', {
          errors: [{ pointer: '/channel', detail: 'Not yours.' }],
        })
      const expiresIn = await lifeOf(sid)
      return { token: await tokens.issue({ sub: user.id, sid }, 'realtime', expiresIn, { channel }), expiresIn }
    },
    acknowledge: async (call, { id }) => {
      const user = userOf(call)
      await inbox.acknowledge(user.id, Number(id))
      return { acknowledged: String(await inbox.cursorOf(user.id)) }
    },
    ...announcements.handlers,
    getStatus: async () => {
      const now = clock.now()
      const living = new Date(now.getTime() - NODE_LIFE_SECONDS * 1000)
      const [nodes, list] = await Promise.all([
        store.livingNodes(database.db, living),
        store.connections(database.db, { status: 'open', limit: SHOWN_AT_ONCE }),
      ])
      return {
        ...together(nodes.map(({ figures }) => figures)),
        at: now,
        broker,
        nodes: nodes.map(({ id, name, started_at: startedAt, heartbeat_at: heartbeatAt, figures }) => ({
          id,
          name,
          startedAt,
          heartbeatAt,
          figures,
        })),
        list: list.map(connectionFor),
      }
    },
    listConnections: async (_call, { limit, cursor, ...filter }) => {
      const rows = await store.connections(database.db, { ...filter, limit: limit + 1, before: keyOf(cursor) })
      return pageOf(rows, limit, (row) => row.id, connectionFor)
    },
    getConnection: async (_call, { id }) => {
      const [row] = await store.connections(database.db, { id, limit: 1 })
      if (!row) throw NotFound.because('No such connection.')
      return connectionFor(row)
    },
    disconnect: async (call, { id, reconnect, reason }) => {
      const [row] = await store.connections(database.db, { id, limit: 1, status: 'open' })
      if (!row) throw NotFound.because('No such connection is open.')
      await call.transaction(async (tx) => {
        const connection = { id, userId: row.user_id }
        call.append(tx, DisconnectAsked.of({ connection, reconnect, reason: reason ?? null }))
      })
      return { accepted: true as const }
    },
    listMessages: messages.list,
  })

  return {
    operations: bound,
    events,
    problems,
    readers: [
      createInboxReader(inbox),
      ...(centrifugo ? [createCentrifugoReader({ centrifugo: centrifugo.gateway, epoch: () => log.epoch() })] : []),
    ],
    workers: createWorkers(platform, { records, inbox, announcements }),
  }
}
