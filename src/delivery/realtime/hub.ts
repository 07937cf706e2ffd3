// Open connections by channel. A message is framed once and sent to each connection that reads one of its channels.
import type { WebSocket } from 'ws'

export interface Connection {
  socket: WebSocket
  userId: string
  sessionId: string
  channels: string[]
}

/** Bytes that may wait for a slow reader before it is sent away; it comes back and reloads what it shows. */
export const MOST_BUFFERED = 1_048_576
export const TOO_SLOW = 3008
export const SIGNED_OUT = 3500
export const SHUTTING_DOWN = 3001

export class Hub {
  #byChannel = new Map<string, Set<Connection>>()
  #all = new Set<Connection>()

  get size(): number {
    return this.#all.size
  }
  ofUser(userId: string): number {
    return this.#byChannel.get(`user:${userId}`)?.size ?? 0
  }
  add(connection: Connection): void {
    this.#all.add(connection)
    for (const channel of connection.channels) {
      const members = this.#byChannel.get(channel) ?? new Set()
      this.#byChannel.set(channel, members.add(connection))
    }
  }
  remove(connection: Connection): void {
    this.#all.delete(connection)
    for (const channel of connection.channels) {
      const members = this.#byChannel.get(channel)
      members?.delete(connection)
      if (members?.size === 0) this.#byChannel.delete(channel)
    }
  }
  /** Sends once to every connection that reads any of the channels. Returns how many got it. */
  send(channels: string[], frame: string): number {
    const receivers = new Set<Connection>()
    for (const channel of channels) for (const member of this.#byChannel.get(channel) ?? []) receivers.add(member)
    for (const { socket } of receivers) {
      if (socket.bufferedAmount > MOST_BUFFERED) socket.close(TOO_SLOW, 'slow')
      else socket.send(frame)
    }
    return receivers.size
  }
  /** Closes the connections of ended sessions. */
  endSessions(sessionIds: string[]): void {
    const ended = new Set(sessionIds)
    for (const { socket, sessionId } of this.#all) if (ended.has(sessionId)) socket.close(SIGNED_OUT, 'signed out')
  }
  closeAll(code: number, reason: string): void {
    for (const { socket } of this.#all) socket.close(code, reason)
  }
  *[Symbol.iterator](): Iterator<Connection> {
    yield* this.#all
  }
}
