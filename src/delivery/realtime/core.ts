// The gateway between protocols and the log: takes what the feed brings to those who may see it, and does what clients ask.
// Who may read what is asked of the policy that was handed in; what is sent comes from the log and from nowhere else.
import type { Logger } from 'pino'
import type { StoredEvent } from '../../platform/events/log.ts'
import type { Admission } from './admission.ts'
import type { Broker, FeedBatch, Present } from './broker/broker.ts'
import { closes, CommandError, Disconnect, errors } from './codes.ts'
import type { Close } from './codes.ts'
import type { Connection, Reader } from './connection.ts'
import { Hub } from './hub.ts'
import type { Subscription } from './hub.ts'
import type { Message } from './message.ts'
import { Outlet } from './outlet.ts'
import { Recent } from './recent.ts'
import { Recovery } from './recovery.ts'
import type { Position } from './recovery.ts'
import type { Recorder } from './recorder.ts'

/** What the business says of channels and inboxes. */
export interface Policy {
  ownChannels(reader: Pick<Reader, 'userId' | 'role'>): string[]
  isChannel(channel: string): boolean
  mayRead(reader: Pick<Reader, 'userId' | 'role'>, channel: string): Promise<boolean>
  maySeePresence(reader: Pick<Reader, 'userId' | 'role'>, channel: string): boolean
}
export interface Inbox {
  /** The channel whose messages wait for a user who was away. */
  channelOf(userId: string): string
  cursorOf(userId: string): Promise<number>
  acknowledge(userId: string, position: number): Promise<void>
}
/** What an event of the log means for connections that are open. */
export type Effect =
  | { kind: 'sessions'; userId: string; sessionIds: readonly string[] }
  | { kind: 'blocked'; userId: string }
  | { kind: 'rights'; userId: string }
  | { kind: 'connection'; id: string; reconnect: boolean }

export interface CoreLimits {
  connectionsPerUser: number
  channels: number
}
export interface CoreOptions {
  broker: Broker
  admission: Admission
  policy: Policy
  inbox: Inbox
  message(stored: StoredEvent): Message | null
  effect(stored: StoredEvent): Effect | null
  recorder: Recorder
  limits: CoreLimits
  log: Logger
}

/** What a client is told of a subscription. */
export interface Subscribed {
  channel: string
  epoch: string
  offset: number
  /** Null when it asked for nothing. */
  recovered: boolean | null
  messages: Message[]
  expiresAt: number
}

const SECONDS_FULL = 30

export class Core {
  readonly hub = new Hub()
  readonly outlet: Outlet
  readonly recent: Recent
  readonly recovery: Recovery
  readonly options: CoreOptions

  constructor(options: CoreOptions) {
    this.options = options
    this.recent = new Recent(options.broker.feed.position())
    this.recovery = new Recovery(options.broker.feed, this.recent, options.message)
    this.outlet = new Outlet({
      catchUp: (connection) => void this.#catchUp(connection),
      close: (connection, close) => this.close(connection, close),
    })
  }

  get epoch(): string {
    return this.options.broker.feed.epoch
  }

  // From the log to the sockets --------------------------------------------------------------------------------------

  /** Takes a batch of the feed to everybody it concerns, all in this turn. */
  deliver({ events, upTo, readAt }: FeedBatch): void {
    const messages: Message[] = []
    const effects: Effect[] = []
    for (const stored of events) {
      const effect = this.options.effect(stored)
      if (effect) effects.push(effect)
      const message = this.options.message(stored)
      if (message) messages.push(message)
    }
    this.recent.add(messages, upTo)
    for (const message of messages) this.#fanOut(message)
    this.outlet.flush()
    this.options.recorder.delivered(messages, readAt)
    for (const message of messages) message.forget()
    for (const effect of effects) this.#apply(effect)
  }

  #fanOut(message: Message): void {
    for (const channel of message.channels) {
      const members = this.hub.members(channel)
      if (!members) continue
      const left: Subscription[] = []
      for (const subscription of members.list) if (!this.#send(subscription, message)) left.push(subscription)
      this.options.recorder.sent(message, members, left)
    }
  }

  #send(subscription: Subscription, message: Message): boolean {
    const { connection } = subscription
    if (message.position <= subscription.sentTo) return false
    if (connection.speech.once && message.position <= connection.sentTo) {
      subscription.sentTo = message.position
      return false
    }
    const piece = connection.speech.piece(message, subscription.members.channel, connection.agency)
    return this.outlet.push(subscription, piece)
  }

  #apply(effect: Effect): void {
    const { admission } = this.options
    switch (effect.kind) {
      case 'sessions':
        admission.endSessions(effect.sessionIds)
        for (const connection of this.hub.ofUser(effect.userId))
          if (effect.sessionIds.includes(connection.reader?.sessionId ?? '')) this.close(connection, closes.signedOut)
        return
      case 'blocked':
        for (const connection of this.hub.ofUser(effect.userId)) this.close(connection, closes.forced)
        return
      case 'rights':
        admission.changeRights(effect.userId)
        for (const connection of this.hub.ofUser(effect.userId)) this.close(connection, closes.rightsChanged)
        return
      case 'connection':
        for (const connection of this.hub.connections)
          if (connection.id === effect.id)
            this.close(connection, effect.reconnect ? closes.forceReconnect : closes.forced)
    }
  }

  /** What happened before this process began to follow the log. */
  remember(stored: readonly StoredEvent[]): void {
    for (const event of stored) {
      const effect = this.options.effect(event)
      if (effect?.kind === 'sessions' || effect?.kind === 'rights') this.#apply(effect)
    }
  }

  /** Sends a connection that was behind what it lacks, as fast as it reads, until it is where the log is. */
  async #catchUp(connection: Connection): Promise<void> {
    if (connection.catchingUp || connection.held) return
    connection.catchingUp = true
    try {
      while (!connection.closed && !connection.held && connection.behind !== undefined) {
        if (connection.transport.buffered > 0) return this.outlet.awaitRoom(connection)
        await this.#catchUpSome(connection, connection.behind)
      }
    } catch (error) {
      this.options.log.warn({ err: error }, 'a slow reader could not catch up from the log')
      this.close(connection, closes.slow)
    } finally {
      connection.catchingUp = false
    }
  }

  async #catchUpSome(connection: Connection, from: number): Promise<void> {
    const { channels } = connection
    const rest = this.recovery.rest(channels, from)
    const { messages, upTo } = rest
      ? { messages: rest, upTo: this.recent.position }
      : await this.recovery.page(channels, from)
    // A channel that was joined meanwhile may reach further back.
    if (connection.closed || connection.behind !== from) return
    let bytes = 0
    let reached = upTo
    for (const message of messages) {
      if (bytes > 65_536) {
        reached = message.position - 1
        break
      }
      bytes += this.#resend(connection, message)
    }
    this.outlet.flush()
    connection.missedBytes = Math.max(0, connection.missedBytes - bytes)
    const done = reached >= this.recent.position
    connection.behind = done ? undefined : reached
    if (done) connection.missedBytes = 0
  }

  #resend(connection: Connection, message: Message): number {
    let bytes = 0
    let sent = false
    for (const channel of message.channels) {
      const subscription = connection.subscription(channel)
      if (!subscription || message.position <= subscription.sentTo) continue
      const piece = connection.speech.piece(message, channel, connection.agency)
      if (sent && connection.speech.once) {
        subscription.sentTo = message.position
        continue
      }
      this.outlet.send(subscription, piece)
      this.options.recorder.resent(message, channel, connection)
      sent = true
      bytes += piece.bytes.length
    }
    return bytes
  }

  // What clients ask -------------------------------------------------------------------------------------------------

  /** Takes one of the places that the reader has; `free` gives it back unless a connection was made its own. */
  async reserve(reader: Reader): Promise<void> {
    const { broker, limits } = this.options
    if (!(await broker.counter.take(placeOf(reader), limits.connectionsPerUser)))
      throw errors.tooManyRequests(SECONDS_FULL, `this account has ${limits.connectionsPerUser} connections open`)
  }
  free(reader: Reader): void {
    this.options.broker.counter.free(placeOf(reader))
  }

  /** The connection becomes the reader's, who has a place reserved. */
  own(connection: Connection, reader: Reader): void {
    connection.reader = reader
    this.release(connection)
    this.options.recorder.opened(connection, reader)
  }

  /** As the two, for a connection that is open already. */
  async admit(connection: Connection, reader: Reader): Promise<void> {
    await this.reserve(reader)
    if (connection.closed) {
      this.free(reader)
      throw new Disconnect(connection.closed)
    }
    this.own(connection, reader)
  }

  /** The connection no longer counts as one of its address. */
  release(connection: Connection): void {
    if (connection.countedAs !== undefined) this.options.broker.counter.free(connection.countedAs)
    connection.countedAs = undefined
  }

  /** Subscribes a connection that was just admitted to its own channels; `since` names the positions it has. */
  async enter(connection: Connection, reader: Reader, since: ReadonlyMap<string, Position>): Promise<Subscribed[]> {
    const { policy, inbox } = this.options
    const channels = policy.ownChannels(reader)
    const positions = new Map(since)
    const mailbox = inbox.channelOf(reader.userId)
    // Who names no position gets what the inbox holds.
    if (!positions.has(mailbox)) positions.set(mailbox, { offset: await inbox.cursorOf(reader.userId), epoch: '' })
    return this.#join(connection, channels, positions, { own: true, latest: false, expiresAt: 0 })
  }

  /** Subscribes to a channel. What is live is held back until `outlet.release`: the caller answers first. */
  async subscribe(
    connection: Connection,
    channel: string,
    { since, token, latest = false }: { since?: Position | undefined; token?: string | undefined; latest?: boolean },
  ): Promise<Subscribed> {
    const reader = readerOf(connection)
    if (!this.options.policy.isChannel(channel)) throw errors.unknownChannel()
    if (connection.subscription(channel)) throw errors.alreadySubscribed()
    if (connection.subscriptions.length >= this.options.limits.channels)
      throw errors.limitExceeded(`${this.options.limits.channels} channels a connection`)
    const expiresAt = await this.#allowed(reader, channel, token)
    const [subscribed] = await this.#join(connection, [channel], new Map(since ? [[channel, since]] : []), {
      own: false,
      latest,
      expiresAt,
    })
    if (!subscribed) throw errors.internal()
    return subscribed
  }

  /** Until when the token that was shown allows the channel; 0 when the policy does. */
  async #allowed(reader: Reader, channel: string, token: string | undefined): Promise<number> {
    if (token !== undefined && token !== '') {
      const allowed = await this.options.admission.channel(token, reader.userId)
      if (allowed.channel !== channel) throw errors.permissionDenied()
      return allowed.expiresAt
    }
    if (!(await this.options.policy.mayRead(reader, channel))) throw errors.permissionDenied()
    return 0
  }

  async #join(
    connection: Connection,
    channels: string[],
    since: ReadonlyMap<string, Position>,
    how: { own: boolean; latest: boolean; expiresAt: number },
  ): Promise<Subscribed[]> {
    const reads = await this.#readAll(connection, since)
    // From here on without a pause: whatever is committed later finds the subscription there.
    if (connection.closed) throw new Disconnect(connection.closed)
    if (channels.some((channel) => connection.subscription(channel))) throw errors.alreadySubscribed()
    connection.held = true
    return channels.map((channel) => {
      const asked = since.has(channel)
      const read = reads.get(channel)
      const rest = read && this.recovery.rest([channel], read.upTo)
      const offset = read && !rest ? read.upTo : this.recent.position
      // Too much for one answer, or memory did not reach: the others follow as for a slow reader.
      if (read && !rest) this.#setBehind(connection, read.upTo)
      this.hub.join(connection, channel, { ...how, sentTo: offset })
      if (connection.reader) this.options.broker.presence.joined(channel, presentOf(connection, connection.reader))
      this.options.recorder.joined(connection)
      if (asked) this.options.recorder.recovered(read !== undefined)
      const messages = [...(read?.messages ?? []), ...(rest ?? [])]
      const recovered = asked ? read !== undefined : null
      return { channel, epoch: this.epoch, offset, recovered, messages, expiresAt: how.expiresAt }
    })
  }

  /** What was missed in each channel that has a position the log still reaches. */
  async #readAll(
    connection: Connection,
    since: ReadonlyMap<string, Position>,
  ): Promise<Map<string, { messages: Message[]; upTo: number }>> {
    const reachable = new Map<string, Position>()
    for (const [channel, position] of since) if (await this.recovery.reaches(position)) reachable.set(channel, position)
    const reads = new Map<string, { messages: Message[]; upTo: number }>()
    if (connection.speech.once) {
      // All from one position and in one order, so that whoever has a message has all before it.
      const channels = [...reachable.keys()]
      const after = Math.min(...[...reachable.values()].map(({ offset }) => offset))
      if (channels.length === 0) return reads
      const { messages, upTo } = await this.recovery.read(channels, after)
      for (const channel of channels)
        reads.set(channel, { messages: messages.filter((message) => message.channels.includes(channel)), upTo })
      return reads
    }
    for (const [channel, { offset }] of reachable) reads.set(channel, await this.recovery.read([channel], offset))
    return reads
  }

  #setBehind(connection: Connection, position: number): void {
    connection.behind = Math.min(connection.behind ?? Infinity, position)
  }

  /** What reached the connection's channels since a position, however much of it was sent; null when that is out of reach. */
  async again(connection: Connection, position: Position): Promise<Message[] | null> {
    const reaches = await this.recovery.reaches(position)
    this.options.recorder.recovered(reaches)
    if (!reaches) return null
    connection.held = true
    const { channels } = connection
    const read = await this.recovery.read(channels, position.offset)
    const rest = this.recovery.rest(channels, read.upTo)
    const upTo = rest ? this.recent.position : read.upTo
    // What waited meanwhile is among them, or comes after them.
    connection.waiting = undefined
    connection.waitingBytes = connection.missedBytes = 0
    connection.behind = rest ? undefined : upTo
    for (const subscription of connection.subscriptions) subscription.sentTo = upTo
    connection.sentTo = upTo
    return [...read.messages, ...(rest ?? [])]
  }

  unsubscribe(connection: Connection, channel: string): void {
    const subscription = connection.subscription(channel)
    if (!subscription) return
    this.hub.leave(subscription)
    if (connection.reader) this.options.broker.presence.left(channel, presentOf(connection, connection.reader))
    this.options.recorder.joined(connection)
  }

  async refresh(connection: Connection, token: string): Promise<Reader> {
    const before = readerOf(connection)
    const reader = await this.options.admission.reader(token)
    if (reader.userId !== before.userId) throw new Disconnect(closes.invalidToken)
    // Channels were joined under the old rights.
    if (reader.role !== before.role) throw new Disconnect(closes.rightsChanged)
    connection.reader = reader
    return reader
  }

  async refreshSubscription(connection: Connection, channel: string, token: string): Promise<number> {
    const reader = readerOf(connection)
    const subscription = connection.subscription(channel)
    if (!subscription) throw errors.unknownChannel()
    subscription.expiresAt = await this.#allowed(reader, channel, token)
    return subscription.expiresAt
  }

  async acknowledge(connection: Connection, position: number): Promise<void> {
    const reader = readerOf(connection)
    if (position > this.recent.position) throw errors.badRequest('nothing with this id was sent')
    const message = this.recent.find(position)
    if (message) this.options.recorder.acknowledged(message)
    await this.options.inbox.acknowledge(reader.userId, position)
  }

  async presence(connection: Connection, channel: string): Promise<Present[]> {
    const reader = readerOf(connection)
    if (!this.options.policy.isChannel(channel)) throw errors.unknownChannel()
    if (!this.options.policy.maySeePresence(reader, channel)) throw errors.permissionDenied()
    const own = this.hub.members(channel)?.list ?? []
    const present = new Map((await this.options.broker.presence.of(channel)).map((who) => [who.client, who]))
    for (const {
      connection: { id, reader: who },
    } of own)
      if (who) present.set(id, { client: id, user: who.userId })
    return [...present.values()]
  }

  /** Messages of a channel after a position, oldest first, for who reads it. */
  async history(
    connection: Connection,
    channel: string,
    { since, limit }: { since?: Position | undefined; limit: number },
  ): Promise<{ messages: Message[]; offset: number; epoch: string }> {
    if (!connection.subscription(channel)) throw errors.permissionDenied()
    const offset = this.recent.position
    if (limit <= 0 || !since) return { messages: [], offset, epoch: this.epoch }
    if (!(await this.recovery.reaches(since))) throw errors.unrecoverable()
    const { messages } = await this.recovery.page([channel], since.offset, Math.min(limit, 200))
    return { messages, offset, epoch: this.epoch }
  }

  // The end ----------------------------------------------------------------------------------------------------------

  /** Closes a connection and forgets it. */
  close(connection: Connection, close: Close): void {
    if (connection.closed) return
    const farewell = connection.speech.farewell(close)
    if (farewell !== null) this.outlet.say(connection, farewell)
    this.closed(connection, close)
    connection.transport.close(close)
  }

  /** The transport has ended, or is about to. */
  closed(connection: Connection, close: Close): void {
    if (connection.closed) return
    connection.closed = close
    const { broker, recorder } = this.options
    const channels = this.hub.remove(connection)
    this.release(connection)
    connection.waiting = connection.chain = undefined
    const { reader } = connection
    if (!reader) return
    this.free(reader)
    for (const channel of channels) broker.presence.left(channel, presentOf(connection, reader))
    recorder.closed(connection, reader, close)
  }
}

const placeOf = ({ userId }: Reader) => `user:${userId}`
const presentOf = ({ id }: Connection, { userId }: Reader): Present => ({ client: id, user: userId })

export function readerOf({ reader }: Connection): Reader {
  if (!reader) throw errors.unauthorized()
  return reader
}

/** A failure as a client may be told it. */
export function asCommandError(error: unknown, log: Logger): CommandError {
  if (error instanceof CommandError) return error
  log.error({ err: error }, 'a command of a live connection failed')
  return errors.internal()
}
