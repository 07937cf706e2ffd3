// The broker of an installation with nothing but its database: every process follows the log, presence comes from the records
// of connections, commands travel through a table. Places are counted by each process for itself.
import type { Logger } from 'pino'
import type { Clock } from '../../../platform/clock.ts'
import type { Database } from '../../../platform/database.ts'
import type { Broker } from './broker.ts'
import { createLogFeed } from './log-feed.ts'
import type { FollowedLog } from './log-feed.ts'
import { OwnCounter } from './own-counter.ts'
import { together } from './own-members.ts'
import type { PresentIn } from './own-members.ts'
import { createPostgresRelay } from './postgres-relay.ts'
import { Received } from './received.ts'

export interface BrokerOptions {
  events: FollowedLog
  database: Database
  clock: Clock
  log: Logger
  /** This process, among all gateways: a UUID. */
  node: string
  presentIn: PresentIn
  /** Whether a node has given a sign of life lately. */
  isAlive(node: string): Promise<boolean>
}

/** `centrifugo` where a Centrifugo serves most clients, and this process those of the plain protocol. */
export function openPostgresBroker(options: BrokerOptions, kind: 'postgres' | 'centrifugo' = 'postgres'): Broker {
  const { node, presentIn } = options
  const feed = createLogFeed(options)
  const received = new Received()
  const relay = createPostgresRelay({ ...options, received })
  return {
    kind,
    feed,
    presence: {
      // The records know of those on other nodes; of its own the gateway knows more than they do.
      joined: () => undefined,
      left: () => undefined,
      of: async (channel) => together([], await presentIn(channel), node),
    },
    relay: {
      send: relay.send,
      async start(receive) {
        received.start(receive)
        await relay.start()
      },
    },
    counter: new OwnCounter(),
    async stop() {
      await Promise.all([feed.stop(), relay.stop()])
    },
  }
}
