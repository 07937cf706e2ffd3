// An event of the log as clients see it: encoded once for each kind of reader, protocol and channel, on demand.
import { shownTo } from '../../platform/contract/event.ts'
import type { EventType, LiveType } from '../../platform/contract/event.ts'
import type { StoredEvent } from '../../platform/events/log.ts'
import type { Piece } from './frames.ts'

export class Message {
  readonly position: number
  readonly type: LiveType
  readonly event: string
  readonly channels: readonly string[]
  readonly occurredAt: number
  readonly #stored: StoredEvent
  readonly #declared: EventType
  /** The message as JSON, as the agency and as clients see it; null where its data no longer fit what may be shown. */
  #texts: [agency?: string | null, client?: string | null] = []
  readonly #pieces = new Map<string, Piece | null>()

  constructor(stored: StoredEvent, declared: EventType, type: LiveType) {
    this.position = stored.position
    this.type = type
    this.event = stored.type
    this.channels = stored.channels
    this.occurredAt = stored.occurredAt.getTime()
    this.#stored = stored
    this.#declared = declared
  }

  /** A push of the Centrifugo protocol. */
  push(channel: string, agency: boolean): Piece | null {
    return this.#piece(`${agency ? 'a' : 'c'}${channel}`, () => {
      const publication = this.publication(agency)
      return publication === null ? null : `{"push":{"channel":${JSON.stringify(channel)},"pub":${publication}}}`
    })
  }

  /** The message alone. */
  plain(agency: boolean): Piece | null {
    return this.#piece(agency ? 'A' : 'C', () => this.#text(agency))
  }

  /** As JSON, for the history and for what was missed; null when this reader may not see it. */
  publication(agency: boolean): string | null {
    const text = this.#text(agency)
    return text === null ? null : `{"data":${text},"offset":${this.position}}`
  }

  #piece(key: string, text: () => string | null): Piece | null {
    let piece = this.#pieces.get(key)
    if (piece === undefined) {
      const json = text()
      const { position } = this
      const { subject } = this.#stored
      piece = json === null ? null : { bytes: Buffer.from(json), position, subject, secret: !!this.#declared.secret }
      this.#pieces.set(key, piece)
    }
    return piece
  }

  #text(agency: boolean): string | null {
    const at = agency ? 0 : 1
    return (this.#texts[at] ??= this.#write(agency))
  }

  #write(agency: boolean): string | null {
    const data = shownTo(this.#declared, this.#stored.data, agency)
    if (data === undefined) return null
    return JSON.stringify({
      type: this.type,
      payload: { event: this.event, data },
      timestamp: this.#stored.occurredAt.toISOString(),
      id: String(this.position),
    })
  }
}

/** Makes messages of the events that are pushed to clients; null for all others. */
export const messageMaker =
  (types: ReadonlyMap<string, EventType>) =>
  (stored: StoredEvent): Message | null => {
    const declared = types.get(stored.type)
    return declared?.live ? new Message(stored, declared, declared.live) : null
  }
