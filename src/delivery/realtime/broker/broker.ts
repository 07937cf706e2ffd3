// What joins the gateways of an installation: how committed events reach each of them, who is where, and how a command that
// arrived at one process gets to the process that holds the stream it belongs to. The event log is behind all of it; a broker
// only makes it faster, so one that is lost may make things slower but never silent.
import type { StoredEvent } from '../../../platform/events/log.ts'

/** Settled events in the order of the log. Up to `upTo` there are no others. */
export interface FeedBatch {
  events: readonly StoredEvent[]
  upTo: number
  /** When the log was read, by `performance.now()` of this process. */
  readAt: number
}

export interface Missed {
  /** Events that reach one of the channels, oldest first. */
  events: readonly StoredEvent[]
  /** The position up to which they are all; `after` of the next page when it is below what was asked for. */
  upTo: number
}

export interface Feed {
  /** Names this log: positions of another one mean nothing here. Known once started. */
  readonly epoch: string
  /** Everything up to here was given to `handle`. */
  position(): number
  /** Begins at the end of the log. `handle` gets every later event once and in order, whatever the broker goes through. */
  start(handle: (batch: FeedBatch) => void): Promise<void>
  /** A page of what reached `channels` in (after, upTo]. */
  missed(channels: readonly string[], after: number, upTo: number, limit: number): Promise<Missed>
  /** At most so many events that were pushed into a channel before a position, newest first. */
  before(channel: string, position: number, limit: number): Promise<readonly StoredEvent[]>
  /** Whether the log is settled up to there: then `handle` gets there soon, also where it is told of events by others. */
  isSettled(position: number): Promise<boolean>
  /** A cursor below this has lost events to the log's retention. */
  oldest(): Promise<number>
  stop(): Promise<void>
}

export interface Present {
  /** The connection's id. */
  client: string
  user: string
}

/** Who reads a channel on other living nodes, and maybe on this one. A node that died is forgotten within 30 seconds. */
export interface Presence {
  joined(channel: string, who: Present): void
  left(channel: string, who: Present): void
  of(channel: string): Promise<Present[]>
}

/** Carries a command to the node that holds the session. */
export interface Relay {
  /** False when that node is not there. */
  send(node: string, session: string, data: string): Promise<boolean>
  start(receive: (session: string, data: string) => void): Promise<void>
}

/** Counts open connections by user or network, over all nodes where the broker can. */
export interface Counter {
  /** Takes a place; false when `most` are taken already. */
  take(key: string, most: number): boolean | Promise<boolean>
  free(key: string): void
}

export interface Broker {
  readonly kind: 'postgres' | 'redis' | 'centrifugo'
  readonly feed: Feed
  readonly presence: Presence
  readonly relay: Relay
  readonly counter: Counter
  stop(): Promise<void>
}
