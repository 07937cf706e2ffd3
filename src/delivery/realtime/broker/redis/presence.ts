// Who reads a channel on all nodes: each writes its own into a hash for the channel; what dead nodes have written is ignored.
import type { Logger } from 'pino'
import type { Presence } from '../broker.ts'
import { OwnMembers, together } from '../own-members.ts'
import type { PresentElsewhere, PresentIn } from '../own-members.ts'
import type { RedisClient } from './connection.ts'
import type { Holdings } from './holdings.ts'

export interface RedisPresenceOptions {
  prefix: string
  node: string
  holdings: Holdings
  presentIn: PresentIn
  client(): RedisClient | undefined
  /** Redis was there long enough for every node to have written what it holds. */
  isSettled(): boolean
  log: Logger
}

export function createRedisPresence(options: RedisPresenceOptions): Presence {
  const { node, holdings, log } = options
  const members = new OwnMembers()
  const hashOf = (channel: string) => `${options.prefix}presence:${channel}`
  const fieldOf = (client: string) => `${node}/${client}`

  async function inRedis(client: RedisClient, channel: string): Promise<PresentElsewhere[]> {
    const entries = Object.entries(await client.hGetAll(hashOf(channel))).flatMap(([field, user]) => {
      const at = field.indexOf('/')
      return at > 0 ? [{ node: field.slice(0, at), client: field.slice(at + 1), user }] : []
    })
    const nodes = [...new Set(entries.map((entry) => entry.node))].filter((other) => other !== node)
    const alive = await holdings.livingOf(client, nodes)
    return entries.filter((entry) => alive.has(entry.node))
  }

  /** The records of the database fill in while Redis is not there, or does not know all yet. */
  async function elsewhere(channel: string): Promise<readonly PresentElsewhere[]> {
    const client = options.client()
    if (!client) return options.presentIn(channel)
    try {
      const known = await inRedis(client, channel)
      return options.isSettled() ? known : [...(await options.presentIn(channel)), ...known]
    } catch (error) {
      log.debug({ err: error }, 'who is present is read from the database')
      return options.presentIn(channel)
    }
  }

  return {
    joined(channel, who) {
      members.join(channel, who)
      holdings.set(hashOf(channel), fieldOf(who.client), who.user)
    },
    left(channel, who) {
      members.leave(channel, who)
      holdings.set(hashOf(channel), fieldOf(who.client), null)
    },
    async of(channel) {
      const others = await elsewhere(channel)
      return together(members.of(channel), others, node)
    },
  }
}
