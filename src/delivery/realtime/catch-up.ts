// Slow readers: what they lack is read from the log and sent as fast as they read, until they are where the log is.
import { closes } from './codes.ts'
import type { Connection } from './connection.ts'
import type { Core } from './core.ts'
import type { Message } from './message.ts'

/** Sends a connection that was behind what it lacks, as fast as it reads, until it is where the log is. */
export async function catchUp(core: Core, connection: Connection): Promise<void> {
  if (connection.catchingUp || connection.held) return
  connection.catchingUp = true
  try {
    while (!connection.closed && !connection.held && connection.behind !== undefined) {
      if (connection.transport.buffered > 0) return core.outlet.awaitRoom(connection)
      await catchUpSome(core, connection, connection.behind)
    }
  } catch (error) {
    core.options.log.warn({ err: error }, 'a slow reader could not catch up from the log')
    core.close(connection, closes.slow)
  } finally {
    connection.catchingUp = false
  }
}

async function catchUpSome(core: Core, connection: Connection, from: number): Promise<void> {
  const { channels } = connection
  const rest = core.recovery.rest(channels, from)
  const read = rest ? { messages: rest, upTo: core.recent.position } : await core.recovery.page(channels, from)
  if (!read) return core.close(connection, closes.insufficientState)
  const { messages, upTo } = read
  // A channel that was joined meanwhile may lack some of what was just read, and the answer to that comes first.
  if (connection.closed || connection.held || connection.behind !== from) return
  if (connection.channels.some((channel) => !channels.includes(channel))) return
  let bytes = 0
  let reached = upTo
  for (const message of messages) {
    if (bytes > 65_536) {
      reached = message.position - 1
      break
    }
    bytes += resend(core, connection, message)
  }
  core.outlet.flush()
  connection.missedBytes = Math.max(0, connection.missedBytes - bytes)
  const done = reached >= core.recent.position
  connection.behind = done ? undefined : reached
  if (done) connection.missedBytes = 0
}

function resend(core: Core, connection: Connection, message: Message): number {
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
    core.outlet.send(subscription, piece)
    core.options.recorder.resent(message, channel, connection)
    sent = true
    bytes += piece.bytes.length
  }
  return bytes
}
