// An event of the log as clients see it: encoded once for each kind of reader, protocol and channel, on demand.
import { liveMessageOf } from '../../domains/realtime/contract.ts'
import type { LiveType } from '../../platform/contract/event.ts'
import type { StoredEvent } from '../../platform/events/log.ts'
import type { Piece } from './frames.ts'

export class Message {
  readonly position: number
  readonly type: LiveType
  readonly event: string
  readonly channels: readonly string[]
  readonly occurredAt: number
  readonly #stored: StoredEvent
  /** The message as JSON, as the agency and as clients see it. */
  readonly #texts: [agency?: string, client?: string] = []
  readonly #pieces = new Map<string, Piece>()
  /** The push that was asked for last: the next reader of the channel most often wants the same. */
  #pushed: { channel: string; agency: boolean; piece: Piece } | undefined

  constructor(stored: StoredEvent, type: LiveType) {
    this.position = stored.position
    this.type = type
    this.event = stored.type
    this.channels = stored.channels
    this.occurredAt = stored.occurredAt.getTime()
    this.#stored = stored
  }

  /** A push of the Centrifugo protocol. */
  push(channel: string, agency: boolean): Piece {
    const last = this.#pushed
    if (last && last.channel === channel && last.agency === agency) return last.piece
    const piece = this.#piece(
      `${agency ? 'a' : 'c'}${channel}`,
      () => `{"push":{"channel":${JSON.stringify(channel)},"pub":${this.publication(agency)}}}`,
    )
    this.#pushed = { channel, agency, piece }
    return piece
  }

  /** The message alone. */
  plain(agency: boolean): Piece {
    return this.#piece(agency ? 'A' : 'C', () => this.#text(agency))
  }

  /** As JSON, for the history and for what was missed. */
  publication(agency: boolean): string {
    return `{"data":${this.#text(agency)},"offset":${this.position}}`
  }

  /** Lets go of what was encoded: most of those who get a message get it at once. */
  forget(): void {
    this.#texts.length = 0
    this.#pieces.clear()
    this.#pushed = undefined
  }

  #piece(key: string, text: () => string): Piece {
    let piece = this.#pieces.get(key)
    if (!piece) {
      const { position } = this
      const { subject, secret } = this.#stored
      this.#pieces.set(key, (piece = { bytes: Buffer.from(text()), position, subject, secret }))
    }
    return piece
  }

  #text(agency: boolean): string {
    return (this.#texts[agency ? 0 : 1] ??= JSON.stringify(liveMessageOf(this.#stored, this.type, agency)))
  }
}

/** Makes messages of the events that are pushed to clients; null for all others. */
export const messageOf = (stored: StoredEvent): Message | null =>
  stored.live === null ? null : new Message(stored, stored.live)
