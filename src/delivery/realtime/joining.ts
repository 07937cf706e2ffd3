// Joining channels: what was missed is read, then the connection joins in the same turn in which the last of it is taken from
// memory, so that whatever is committed later finds it there.
import { Disconnect, errors } from './codes.ts'
import { presentOf, readerOf } from './connection.ts'
import type { Connection, Reader } from './connection.ts'
import type { Core } from './core.ts'
import type { Message } from './message.ts'
import type { Position, Read } from './recovery.ts'

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

/** Subscribes a connection that was just admitted to its own channels; `since` names the positions it has. */
export async function enter(
  core: Core,
  connection: Connection,
  reader: Reader,
  since: ReadonlyMap<string, Position>,
  others: readonly string[] = [],
): Promise<Subscribed[]> {
  const { inbox } = core.options
  const channels = await firstChannels(core, reader, others)
  const positions = new Map(since)
  const mailbox = inbox.channelOf(reader.userId)
  // Who names no position gets what the inbox holds.
  if (!positions.has(mailbox)) positions.set(mailbox, { offset: await inbox.cursorOf(reader.userId), epoch: '' })
  return join(core, connection, channels, positions, { latest: false, expiresAt: 0 })
}

/** A reader's own channels and others that they name, which they may read and which are not too many. */
export async function firstChannels(core: Core, reader: Reader, others: readonly string[]): Promise<string[]> {
  const { policy, limits } = core.options
  const channels = [...new Set([...policy.ownChannels(reader), ...others])]
  if (channels.length > limits.channels) throw errors.limitExceeded(`${limits.channels} channels a connection`)
  for (const channel of others) {
    if (!policy.isChannel(channel)) throw errors.unknownChannel()
    await allowedUntil(core, reader, channel, undefined)
  }
  return channels
}

/** Subscribes to a channel. What is live is held back until `outlet.release`: the caller answers first. */
export async function subscribe(
  core: Core,
  connection: Connection,
  channel: string,
  { since, token, latest = false }: { since?: Position | undefined; token?: string | undefined; latest?: boolean },
): Promise<Subscribed> {
  const reader = readerOf(connection)
  if (!core.options.policy.isChannel(channel)) throw errors.unknownChannel()
  if (connection.subscription(channel)) throw errors.alreadySubscribed()
  if (connection.subscriptions.length >= core.options.limits.channels)
    throw errors.limitExceeded(`${core.options.limits.channels} channels a connection`)
  const expiresAt = await allowedUntil(core, reader, channel, token)
  const [subscribed] = await join(core, connection, [channel], new Map(since ? [[channel, since]] : []), {
    latest,
    expiresAt,
  })
  if (!subscribed) throw errors.internal()
  return subscribed
}

/** Until when the token that was shown allows the channel; 0 when the policy does. */
export async function allowedUntil(
  core: Core,
  reader: Reader,
  channel: string,
  token: string | undefined,
): Promise<number> {
  if (token !== undefined && token !== '') {
    const allowed = await core.options.admission.channel(token, reader.userId)
    if (allowed.channel !== channel) throw errors.permissionDenied()
    return allowed.expiresAt
  }
  if (!(await core.options.policy.mayRead(reader, channel))) throw errors.permissionDenied()
  return 0
}

async function join(
  core: Core,
  connection: Connection,
  channels: string[],
  since: ReadonlyMap<string, Position>,
  how: { latest: boolean; expiresAt: number },
): Promise<Subscribed[]> {
  const reads = await readAll(core, connection, since)
  // From here on without a pause: whatever is committed later finds the subscription there.
  if (connection.closed) throw new Disconnect(connection.closed)
  // An end that came while we were reading found no subscription by which to find the connection.
  core.options.admission.check(readerOf(connection))
  if (channels.some((channel) => connection.subscription(channel))) throw errors.alreadySubscribed()
  connection.held = true
  // What waits for this connection would come after what was just read, and may be older.
  if (connection.speech.once) core.outlet.reread(connection)
  const behind = connection.speech.once && connection.behind !== undefined
  const told = new Set<number>()
  return channels.map((channel) => {
    const asked = since.get(channel)
    const found = reads.get(channel)
    const read = found && asked && behind ? { messages: [], upTo: asked.offset } : found
    const rest = read && !behind ? core.recovery.rest([channel], read.upTo) : undefined
    const offset = read && !rest ? read.upTo : core.recent.position
    // Too much for one answer, memory did not reach, or there is more to be told before: it follows as for a slow reader.
    if (read && !rest) setBehind(core, connection, read.upTo)
    core.hub.join(connection, channel, { ...how, sentTo: offset })
    if (connection.reader) core.options.broker.presence.joined(channel, presentOf(connection, connection.reader))
    core.options.recorder.joined(connection)
    if (asked) core.options.recorder.recovered(read !== undefined)
    const messages = [...(read?.messages ?? []), ...(rest ?? [])]
    for (const message of messages) {
      if (connection.speech.once && told.has(message.position)) continue
      told.add(message.position)
      core.options.recorder.resent(message, channel, connection)
    }
    const recovered = asked ? read !== undefined : null
    return { channel, epoch: core.epoch, offset, recovered, messages, expiresAt: how.expiresAt }
  })
}

/** What was missed in each channel that has a position the log still reaches. */
async function readAll(
  core: Core,
  connection: Connection,
  since: ReadonlyMap<string, Position>,
): Promise<Map<string, Read>> {
  // All at once: a position that is still to come may be waited for, but once.
  const asked = [...since]
  const reached = await Promise.all(asked.map(([, position]) => core.recovery.reaches(position)))
  const reachable = new Map(asked.filter((_, at) => reached[at]))
  const reads = new Map<string, Read>()
  if (connection.speech.once) {
    // All from one position and in one order, so that whoever has a message has all before it.
    const channels = [...reachable.keys()]
    const after = Math.min(...[...reachable.values()].map(({ offset }) => offset))
    if (channels.length === 0) return reads
    const read = await core.recovery.read(channels, after)
    if (!read) return reads
    const { messages, upTo } = read
    for (const channel of channels)
      reads.set(channel, { messages: messages.filter((message) => message.channels.includes(channel)), upTo })
    return reads
  }
  for (const [channel, { offset }] of reachable) {
    const read = await core.recovery.read([channel], offset)
    if (read) reads.set(channel, read)
  }
  return reads
}

function setBehind(core: Core, connection: Connection, position: number): void {
  // Nothing waits beside what is read from the log: it would be passed by.
  core.outlet.reread(connection)
  connection.behind = Math.min(connection.behind ?? Infinity, position)
}

/**
 * Gives what reached the connection's channels since a position, what it had already included, as fast as it is taken; false when
 * that is out of reach. Of very much more than it had, only the beginning: the others follow as for a slow reader.
 */
export async function again(
  core: Core,
  connection: Connection,
  position: Position,
  give: (messages: readonly Message[]) => void,
): Promise<boolean> {
  connection.held = true
  const { channels, sentTo } = connection
  let read = (await core.recovery.reaches(position)) ? await core.recovery.read(channels, position.offset) : null
  // Not less than was sent already: what follows the answer must come after all that came before it.
  while (read && read.upTo < sentTo && !core.recent.covers(read.upTo)) {
    giveAgain(core, connection, read.messages, give)
    await core.outlet.taken(connection)
    if (connection.closed) throw new Disconnect(connection.closed)
    read = await core.recovery.read(channels, read.upTo)
  }
  core.options.recorder.recovered(read !== null)
  if (!read) return false
  const rest = core.recovery.rest(channels, read.upTo)
  const upTo = rest ? core.recent.position : read.upTo
  // What waited meanwhile is among them, or comes after them.
  connection.waiting = undefined
  connection.waitingBytes = connection.missedBytes = 0
  connection.behind = rest ? undefined : upTo
  for (const subscription of connection.subscriptions) subscription.sentTo = upTo
  connection.sentTo = upTo
  giveAgain(core, connection, [...read.messages, ...(rest ?? [])], give)
  return true
}

function giveAgain(
  core: Core,
  connection: Connection,
  messages: readonly Message[],
  give: (messages: readonly Message[]) => void,
): void {
  give(messages)
  for (const message of messages) {
    const channel = message.channels.find((each) => connection.subscription(each))
    if (channel !== undefined) core.options.recorder.resent(message, channel, connection)
  }
}
