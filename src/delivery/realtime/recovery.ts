// What somebody missed: read from memory where it reaches back far enough, else from the log. Reading takes turns of the event
// loop in which more is committed, hence two steps: `read` until memory has the rest, then `rest` in the turn that joins.
import type { StoredEvent } from '../../platform/events/log.ts'
import type { Feed } from './broker/broker.ts'
import type { Message } from './message.ts'
import type { Recent } from './recent.ts'

export interface Position {
  offset: number
  epoch: string
}
export interface Read {
  messages: Message[]
  /** They are all there is up to here. */
  upTo: number
}

const AHEAD_MS = 25
/** How often a position that this process has not come to is waited for: a moment, but longer when it is known to be there. */
const AHEAD_TURNS = { unknown: 40, settled: 400 }
/** Most come within so many. */
const ASKED_AFTER_TURNS = 4
const PAGE = 200
/** Messages read for one answer, a few more at most: a slow network should get through it between two signs of life. Whoever
 * missed more gets the others as a slow reader does. */
const MOST_READ = 400

export class Recovery {
  readonly #feed: Feed
  readonly #recent: Recent
  readonly #message: (stored: StoredEvent) => Message | null

  constructor(feed: Feed, recent: Recent, message: (stored: StoredEvent) => Message | null) {
    this.#feed = feed
    this.#recent = recent
    this.#message = message
  }

  /** Whether everything after the position is still there. */
  async reaches({ offset, epoch }: Position): Promise<boolean> {
    if (epoch !== '' && epoch !== this.#feed.epoch) return false
    if (offset > this.#recent.position && !(await this.#arrives(offset))) return false
    return this.#recent.covers(offset) || offset >= (await this.#feed.oldest())
  }

  /** Whoever comes from another node may be a moment ahead of this one; a position that never comes is of another log. */
  async #arrives(offset: number): Promise<boolean> {
    let turns = AHEAD_TURNS.unknown
    for (let turn = 0; turn < turns && this.#recent.position < offset; turn++) {
      // A node that was cut off from the others must not call it a gap.
      if (turn === ASKED_AFTER_TURNS && (await this.#feed.isSettled(offset))) turns = AHEAD_TURNS.settled
      await new Promise((resolve) => setTimeout(resolve, AHEAD_MS))
    }
    return this.#recent.position >= offset
  }

  /** What can be told in one answer; null when the log has dropped some of it since it was said to reach. */
  read(channels: readonly string[], after: number): Promise<Read | null> {
    return this.#pages(channels, after, MOST_READ, (upTo) => this.#recent.covers(upTo))
  }

  /** Pages until there are so many messages, not counting other events, or the end is reached. */
  async #pages(
    channels: readonly string[],
    after: number,
    most: number,
    isEnd: (upTo: number) => boolean,
  ): Promise<Read | null> {
    const read: Read = { messages: [], upTo: after }
    while (read.messages.length < most && !isEnd(read.upTo)) {
      const page = await this.page(channels, read.upTo)
      if (!page) return null
      read.messages.push(...page.messages)
      // The log may be settled less far than this process has heard.
      if (page.upTo <= read.upTo) break
      read.upTo = page.upTo
    }
    return read
  }

  /** Null when the log no longer reaches back to `after`. */
  async page(channels: readonly string[], after: number): Promise<Read | null> {
    const { events, upTo } = await this.#feed.missed(channels, after, this.#recent.position, PAGE)
    // Asked afterwards: what was dropped while it was being read would be a gap that nobody knows of.
    if (after < (await this.#feed.oldest())) return null
    return { messages: this.#messagesOf(events), upTo }
  }
  #messagesOf(events: readonly StoredEvent[]): Message[] {
    return events.flatMap((stored) => this.#message(stored) ?? [])
  }

  /** The first messages of a channel after a position, or of all; null when the log no longer reaches back so far. */
  async first(channel: string, after: number | undefined, limit: number): Promise<Message[] | null> {
    const from = after ?? (await this.#feed.oldest())
    const read = await this.#pages([channel], from, limit, (upTo) => upTo >= this.#recent.position)
    return read && read.messages.slice(0, limit)
  }

  /** The last messages of a channel before a position, or before the end, newest first. */
  async before(channel: string, position: number | undefined, limit: number): Promise<Message[]> {
    return this.#messagesOf(await this.#feed.before(channel, position ?? this.#recent.position + 1, limit))
  }

  /** What memory holds after a position; undefined when it does not reach back so far. */
  rest(channels: readonly string[], after: number): Message[] | undefined {
    if (!this.#recent.covers(after)) return undefined
    const wanted = new Set(channels)
    const rest: Message[] = []
    for (const message of this.#recent.after(after))
      if (message.channels.some((channel) => wanted.has(channel))) rest.push(message)
    return rest
  }
}
