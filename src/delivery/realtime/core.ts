// The gateway between protocols and the log: takes what the feed brings to those who may see it, and does what clients ask.
// Who may read what is asked of the policy that was handed in; what is sent comes from the log and from nowhere else.
import type { Logger } from 'pino'
import type { StoredEvent } from '../../platform/events/log.ts'
import type { Admission } from './admission.ts'
import type { Broker, FeedBatch, Present } from './broker/broker.ts'
import { closes, CommandError, Disconnect, errors } from './codes.ts'
import type { Close } from './codes.ts'
import { presentOf, readerOf } from './connection.ts'
import type { Connection, Reader } from './connection.ts'
import { catchUp } from './catch-up.ts'
import { fanOut } from './fan-out.ts'
import { Hub } from './hub.ts'
import type { Message } from './message.ts'
import { Outlet } from './outlet.ts'
import { allowedUntil } from './joining.ts'
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

const SECONDS_FULL = 30
const MOST_HISTORY = 200

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
      catchUp: (connection) => void catchUp(this, connection),
      close: (connection, close) => this.close(connection, close),
      late: ({ connection, members }, position) => {
        const message = this.recent.find(position)
        if (message) options.recorder.resent(message, members.channel, connection)
      },
      taken: (milliseconds) => options.recorder.hops.socket.add(milliseconds),
    })
  }

  get epoch(): string {
    return this.options.broker.feed.epoch
  }

  // From the log to the sockets --------------------------------------------------------------------------------------

  /** Takes a batch of the feed to everybody it concerns, all in this turn. */
  deliver(batch: FeedBatch): void {
    try {
      this.#send(batch)
    } catch (error) {
      // What was not sent is in the log, and everybody gets it by coming back; it must not be thought to be in memory.
      const positions = { first: batch.events.at(0)?.position, upTo: batch.upTo }
      this.options.log.error(
        { err: error, ...positions },
        'events could not be delivered; all clients are to come back',
      )
      this.recent.restart(batch.upTo)
      for (const connection of this.hub.connections) this.close(connection, closes.serverError)
    }
    for (const effect of batch.events.flatMap((stored) => this.#effectOf(stored) ?? [])) this.#apply(effect)
  }

  /** One that is not understood takes no other with it. */
  #effectOf(stored: StoredEvent): Effect | null {
    try {
      return this.options.effect(stored)
    } catch (error) {
      const { position, subject } = stored
      this.options.log.error({ err: error, position }, 'what an event means for connections is not known')
      // Whatever it is, the user's tokens from before open nothing any more.
      const userId = /^user:(.+)$/.exec(subject)?.[1]
      return userId === undefined ? null : { kind: 'rights', userId }
    }
  }

  #send({ events, upTo, readAt }: FeedBatch): void {
    const messages = events.flatMap((stored) => this.options.message(stored) ?? [])
    this.recent.add(messages, upTo)
    fanOut({ hub: this.hub, outlet: this.outlet, recorder: this.options.recorder }, messages)
    this.outlet.flush()
    this.options.recorder.delivered(messages, readAt)
    for (const message of messages) message.forget()
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
      const effect = this.#effectOf(event)
      if (effect?.kind === 'sessions' || effect?.kind === 'rights') this.#apply(effect)
    }
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
    connection.agency = reader.role === 'admin'
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

  unsubscribe(connection: Connection, channel: string): void {
    const subscription = connection.subscription(channel)
    if (!subscription) return
    // What waits for it is not to be sent any more, but may reach another channel that is still read.
    this.outlet.reread(connection)
    this.hub.leave(subscription)
    if (connection.reader) this.options.broker.presence.left(channel, presentOf(connection, connection.reader))
    this.options.recorder.joined(connection)
  }

  async refresh(connection: Connection, token: string): Promise<Reader> {
    const before = readerOf(connection)
    const reader = await this.options.admission.reader(token)
    if (connection.closed) throw new Disconnect(connection.closed)
    // Its session may have ended while the token was being checked.
    this.options.admission.check(reader)
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
    subscription.expiresAt = await allowedUntil(this, reader, channel, token)
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

  /**
   * Messages of a channel for who reads it: after a position, or from the oldest there is; in reverse those before a position,
   * or the newest, newest first.
   */
  async history(
    connection: Connection,
    channel: string,
    { since, limit, reverse = false }: { since?: Position | undefined; limit: number; reverse?: boolean },
  ): Promise<{ messages: Message[]; offset: number; epoch: string }> {
    if (!this.options.policy.isChannel(channel)) throw errors.unknownChannel()
    if (!connection.subscription(channel)) throw errors.permissionDenied()
    const { epoch } = this
    const end = this.recent.position
    if (limit === 0) return { messages: [], offset: end, epoch }
    if (since && !(await this.recovery.reaches(since))) throw errors.unrecoverable()
    const most = limit < 0 ? MOST_HISTORY : Math.min(limit, MOST_HISTORY)
    const messages = reverse
      ? await this.recovery.before(channel, since?.offset, most)
      : await this.recovery.first(channel, since?.offset, most)
    if (!messages) throw errors.unrecoverable()
    // Whoever goes on from here lacks nothing that came while this was read.
    return { messages, offset: reverse ? end : Math.max(end, messages.at(-1)?.position ?? 0), epoch }
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

  /** Closes a connection that could not be given what it is to have. */
  fail(connection: Connection, error: unknown): void {
    if (error instanceof Disconnect) return this.close(connection, error.close)
    if (!connection.closed) this.options.log.error({ err: error }, 'what a connection missed could not be read')
    this.close(connection, closes.serverError)
  }

  /** The transport has ended, or is about to. */
  closed(connection: Connection, close: Close): void {
    if (connection.closed) return
    connection.closed = close
    const { broker, recorder } = this.options
    const channels = this.hub.remove(connection)
    this.release(connection)
    const { reader, waiting = [] } = connection
    connection.waiting = connection.chain = undefined
    if (!reader) return
    for (const { subscription, piece } of waiting) {
      const message = this.recent.find(piece.position)
      if (message) recorder.undelivered(message, subscription.members.channel, connection)
    }
    this.free(reader)
    for (const channel of channels) broker.presence.left(channel, presentOf(connection, reader))
    recorder.closed(connection, reader, close)
  }
}

const placeOf = ({ userId }: Reader) => `user:${userId}`

/** A failure as a client may be told it. */
export function asCommandError(error: unknown, log: Logger): CommandError {
  if (error instanceof CommandError) return error
  log.error({ err: error }, 'a command of a live connection failed')
  return errors.internal()
}
