// Who reads which channel on this node.
import type { Connection } from './connection.ts'

export interface Subscription {
  readonly connection: Connection
  readonly members: Members
  /** Its place in the channel's list. */
  index: number
  /** Messages up to here were sent to it, or were none of its. */
  sentTo: number
  /** A slow reader gets only the newest message of each subject. */
  latest: boolean
  /** Epoch seconds at which the token that allowed it runs out; 0 when none did. */
  expiresAt: number
}

/** The readers of a channel. */
export class Members {
  readonly channel: string
  readonly list: Subscription[]
  #ids: string | undefined
  /** Those without the few who were left out last: whoever is slow is so for many messages. */
  #fewer: { without: readonly Subscription[]; ids: string } | undefined

  constructor(channel: string) {
    this.channel = channel
    this.list = []
  }

  /** Their connections' ids as the text of a PostgreSQL array, made once for as long as nobody comes or goes. */
  get ids(): string {
    return (this.#ids ??= idsOf(this.list))
  }
  /** The same without some of them. */
  idsWithout(left: readonly Subscription[]): string {
    if (left.length === 0) return this.ids
    const last = this.#fewer
    if (last && last.without.length === left.length && left.every((each, at) => each === last.without[at]))
      return last.ids
    const without = new Set(left)
    const ids = idsOf(this.list.filter((subscription) => !without.has(subscription)))
    this.#fewer = { without: left, ids }
    return ids
  }
  changed(): void {
    this.#ids = this.#fewer = undefined
  }
}

const idsOf = (list: readonly Subscription[]): string => `{${list.map(({ connection }) => connection.id).join(',')}}`

export class Hub {
  readonly #channels = new Map<string, Members>()
  readonly #connections = new Set<Connection>()

  get size(): number {
    return this.#connections.size
  }
  get channels(): number {
    return this.#channels.size
  }
  get connections(): ReadonlySet<Connection> {
    return this.#connections
  }

  add(connection: Connection): void {
    this.#connections.add(connection)
  }

  /** Leaves all channels, too. Returns those it had read. */
  remove(connection: Connection): string[] {
    this.#connections.delete(connection)
    return connection.subscriptions.splice(0).map((subscription) => this.#leave(subscription))
  }

  join(
    connection: Connection,
    channel: string,
    how: { sentTo: number; latest?: boolean; expiresAt?: number },
  ): Subscription {
    let members = this.#channels.get(channel)
    if (!members) this.#channels.set(channel, (members = new Members(channel)))
    const { sentTo, latest = false, expiresAt = 0 } = how
    const subscription = { connection, members, index: members.list.length, sentTo, latest, expiresAt }
    members.list.push(subscription)
    members.changed()
    connection.subscriptions.push(subscription)
    return subscription
  }

  leave(subscription: Subscription): void {
    const { subscriptions } = subscription.connection
    const at = subscriptions.indexOf(subscription)
    if (at < 0) return
    subscriptions.splice(at, 1)
    this.#leave(subscription)
  }

  #leave({ members, index }: Subscription): string {
    const { list, channel } = members
    const last = list.pop()
    if (last && last.index !== index) {
      list[index] = last
      last.index = index
    }
    members.changed()
    if (list.length === 0) this.#channels.delete(channel)
    return channel
  }

  members(channel: string): Members | undefined {
    return this.#channels.get(channel)
  }

  /** The connections of a user, whatever they read. */
  ofUser(userId: string): Connection[] {
    const found: Connection[] = []
    for (const connection of this.#connections) if (connection.reader?.userId === userId) found.push(connection)
    return found
  }
}
