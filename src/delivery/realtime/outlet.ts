// Puts messages on the wire. Who keeps up gets everything of a turn as one write. Who does not has the next messages kept for
// a while, then is marked behind: it is sent nothing more and, once it reads again, catches up from the log. Who is more than
// a megabyte behind is sent away and recovers by coming back. One slow reader costs the others nothing.
import { closes } from './codes.ts'
import type { Close } from './codes.ts'
import type { Connection } from './connection.ts'
import { Chain } from './frames.ts'
import type { Form, Piece } from './frames.ts'
import type { Subscription } from './hub.ts'

/** Bytes of one write at most, and bytes kept for a reader before it is marked behind. */
export const MOST_WRITTEN = 65_536
const MOST_WAITING = 65_536
/** Bytes that a reader may lack before it is sent away. */
export const MOST_LACKING = 1_048_576

/** One write in so many is timed until the network has taken it. */
const SAMPLED = 64

export interface OutletCounts {
  messages: number
  bytes: number
  writes: number
  slow: number
}

export class Outlet {
  readonly counts: OutletCounts = { messages: 0, bytes: 0, writes: 0, slow: 0 }
  readonly #roots = new Map<Form, Chain>()
  /** The run of messages put together last: the next reader most often gets the same. */
  #run: { form: Form; pieces: readonly Piece[]; chain: Chain } | undefined
  #touched: Connection[] = []
  #tooSlow: Connection[] = []
  readonly #catchUp: (connection: Connection) => void
  readonly #close: (connection: Connection, close: Close) => void
  readonly #late: (subscription: Subscription, position: number) => void
  readonly #taken: (milliseconds: number) => void

  constructor(on: {
    catchUp(connection: Connection): void
    close(connection: Connection, close: Close): void
    /** A message that waited is being sent after all. */
    late?(subscription: Subscription, position: number): void
    /** Told, now and then, how long the network took to take a write. */
    taken?(milliseconds: number): void
  }) {
    this.#late = (subscription, position) => on.late?.(subscription, position)
    this.#taken = (milliseconds) => on.taken?.(milliseconds)
    this.#catchUp = (connection) => on.catchUp(connection)
    this.#close = (connection, close) => on.close(connection, close)
  }

  /** A live message. Returns false when it does not go out with this turn: it waits, or will be read from the log. */
  push(subscription: Subscription, piece: Piece): boolean {
    const { connection } = subscription
    if (connection.closed) return false
    if (connection.behind !== undefined) return this.#miss(connection, piece)
    if (!connection.chain && (connection.held || connection.waiting || connection.transport.buffered > 0))
      return this.#wait(connection, subscription, piece)
    this.send(subscription, piece)
    return true
  }

  /**
   * Live messages that follow one another, to a reader who keeps up. Returns false, with nothing done, where each must be looked
   * at by itself: something waits, something was sent already, or it is more than one write.
   */
  pushAll(subscription: Subscription, pieces: readonly Piece[]): boolean {
    const { connection } = subscription
    const [first, last] = [pieces[0], pieces.at(-1)]
    if (!first || !last || !isReady(connection)) return false
    const sentTo = connection.speech.once ? Math.max(subscription.sentTo, connection.sentTo) : subscription.sentTo
    if (first.position <= sentTo) return false
    const chain = this.#chainOf(connection.transport.form, pieces)
    if (chain.bytes >= MOST_WRITTEN) return false
    connection.chain = chain
    this.#touched.push(connection)
    subscription.sentTo = connection.sentTo = last.position
    return true
  }

  /** What waits in a channel where only the newest counts also reaches this one, where each does. */
  keep(subscription: Subscription, position: number): void {
    if (subscription.latest) return
    const item = subscription.connection.waiting?.findLast(({ piece }) => piece.position === position)
    if (item?.subscription.latest) item.subscription = subscription
  }

  /** A message that goes out with this turn, whatever waits already. */
  send(subscription: Subscription, piece: Piece): void {
    const { connection } = subscription
    subscription.sentTo = connection.sentTo = piece.position
    if (!connection.chain) {
      this.#touched.push(connection)
      connection.chain = this.#root(connection.transport.form)
    }
    connection.chain = connection.chain.and(piece)
    if (connection.chain.bytes >= MOST_WRITTEN) this.#write(connection)
  }

  /** The end of a turn: everything pushed in it is written. */
  flush(): void {
    const touched = this.#touched
    this.#touched = []
    for (const connection of touched) if (connection.chain) this.#write(connection)
    this.#roots.clear()
    this.#run = undefined
    const tooSlow = this.#tooSlow
    this.#tooSlow = []
    for (const connection of tooSlow) this.#close(connection, closes.slow)
  }

  /** An answer, or anything else that is for this connection alone. */
  say(connection: Connection, text: string): void {
    if (connection.closed) return
    const { transport } = connection
    // Who keeps asking but does not read the answers would fill our memory with them.
    if (lacksTooMuch(connection)) return this.#lag(connection)
    this.#answer(connection, (transport.form.aside ?? asPiece(transport.form))(text))
  }

  /** Messages for this connection alone, such as those it missed. */
  give(connection: Connection, pieces: readonly Piece[]): void {
    if (connection.closed || pieces.length === 0) return
    if (lacksTooMuch(connection)) return this.#lag(connection)
    const last = pieces.at(-1)
    if (last) connection.sentTo = Math.max(connection.sentTo, last.position)
    connection.sent += pieces.length
    this.counts.messages += pieces.length
    this.#answer(connection, connection.transport.form.render(pieces))
  }

  /** The answer it was held for is out. */
  release(connection: Connection): void {
    if (!connection.held) return
    connection.held = false
    if (connection.waiting || connection.behind !== undefined) this.#room(connection)
  }

  /** What waits is read from the log instead, for the channels that are read by then, and in one order with all else. */
  reread(connection: Connection): void {
    if (connection.waiting) fallBehind(connection)
  }

  /** The network took everything: what waited goes out. */
  #room(connection: Connection): void {
    connection.awaitsRoom = false
    if (connection.closed || connection.held) return
    if (connection.behind !== undefined) return this.#catchUp(connection)
    const { waiting } = connection
    if (!waiting) return
    connection.waiting = undefined
    connection.waitingBytes = 0
    for (const { subscription, piece } of waiting) {
      this.send(subscription, piece)
      this.#late(subscription, piece.position)
    }
    this.flush()
  }

  /** Resolves once the network has taken everything written so far; never when the connection ends first. */
  taken({ transport }: Connection): Promise<void> {
    return new Promise((resolve) => transport.whenTaken(resolve))
  }

  awaitRoom(connection: Connection): void {
    if (connection.awaitsRoom || connection.closed) return
    connection.awaitsRoom = true
    connection.transport.whenTaken(() => this.#room(connection))
  }

  #wait(connection: Connection, subscription: Subscription, piece: Piece): boolean {
    const waiting = (connection.waiting ??= [])
    if (subscription.latest) {
      const at = waiting.findIndex(
        (other) => other.subscription === subscription && other.piece.subject === piece.subject,
      )
      if (at >= 0) connection.waitingBytes -= waiting.splice(at, 1)[0]?.piece.bytes.length ?? 0
    }
    waiting.push({ subscription, piece })
    connection.waitingBytes += piece.bytes.length
    subscription.sentTo = connection.sentTo = piece.position
    if (!connection.held) this.awaitRoom(connection)
    if (connection.waitingBytes > MOST_WAITING) fallBehind(connection)
    return false
  }

  #miss(connection: Connection, piece: Piece): false {
    // It is not slow, but waits for an answer that we are still reading.
    if (connection.held) return false
    connection.missedBytes += piece.bytes.length
    if (lacksTooMuch(connection, connection.missedBytes)) this.#lag(connection)
    return false
  }

  // Not at once: closing takes the connection out of the lists that are just being walked.
  #lag(connection: Connection): void {
    if (this.#tooSlow.includes(connection)) return
    this.counts.slow += 1
    this.#tooSlow.push(connection)
    if (this.#tooSlow.length === 1) queueMicrotask(() => this.flush())
  }

  #answer(connection: Connection, bytes: Buffer): void {
    connection.largestAnswer = Math.max(connection.largestAnswer, bytes.length)
    this.#count(bytes)
    connection.transport.write(bytes)
  }

  #write(connection: Connection): void {
    const { chain, transport } = connection
    connection.chain = undefined
    if (!chain || connection.closed) return
    connection.sent += chain.length
    this.counts.messages += chain.length
    const bytes = chain.render()
    this.#count(bytes)
    transport.write(bytes)
    if (this.counts.writes % SAMPLED === 0) this.#time(transport)
  }

  #time(transport: Connection['transport']): void {
    const written = performance.now()
    transport.whenTaken(() => this.#taken(performance.now() - written))
  }

  #count(bytes: Buffer): void {
    this.counts.writes += 1
    this.counts.bytes += bytes.length
  }

  #chainOf(form: Form, pieces: readonly Piece[]): Chain {
    const last = this.#run
    if (last && last.pieces === pieces && last.form === form) return last.chain
    let chain = this.#root(form)
    for (const piece of pieces) chain = chain.and(piece)
    this.#run = { form, pieces, chain }
    return chain
  }

  #root(form: Form): Chain {
    let root = this.#roots.get(form)
    if (!root) this.#roots.set(form, (root = new Chain(form)))
    return root
  }
}

/** What was asked for may be large, and is not held against who takes it in. */
function lacksTooMuch(connection: Connection, more = 0): boolean {
  const { buffered } = connection.transport
  if (buffered === 0) connection.largestAnswer = 0
  return buffered + more > MOST_LACKING + connection.largestAnswer
}

/** Whether nothing stands before what comes next. */
const isReady = ({ closed, behind, chain, held, waiting, transport }: Connection): boolean =>
  !closed && behind === undefined && !chain && !held && !waiting && transport.buffered === 0

const asPiece = (form: Form) => (text: string) =>
  form.render([{ bytes: Buffer.from(text), position: 0, subject: '', secret: true }])

/** What waited is dropped: it is in the log, from which the connection will read it. */
function fallBehind(connection: Connection): void {
  const { waiting = [], speech, subscriptions } = connection
  let from = Infinity
  for (const { subscription, piece } of waiting) {
    from = Math.min(from, piece.position - 1)
    subscription.sentTo = Math.min(subscription.sentTo, piece.position - 1)
  }
  connection.sentTo = Math.min(connection.sentTo, from)
  // What waited for one channel counted as sent in the others that it reaches.
  if (speech.once) for (const each of subscriptions) each.sentTo = Math.min(each.sentTo, from)
  connection.behind = Math.min(connection.behind ?? Infinity, from)
  connection.missedBytes = connection.waitingBytes
  connection.waiting = undefined
  connection.waitingBytes = 0
}
