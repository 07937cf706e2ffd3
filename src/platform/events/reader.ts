import type { z } from 'zod'
import type { EventType, LiveType } from '../contract/event.ts'
import type { Tx } from '../database.ts'

/** An event as the log keeps it. Positions grow in the order in which events may be read; they have gaps. */
export interface StoredEvent {
  position: number
  id: string
  type: string
  subject: string
  actor: string | null
  data: unknown
  /** Whom it reaches. */
  channels: string[]
  /** As which message it is pushed to clients; null when it is not. */
  live: LiveType | null
  /** What people outside the agency are shown, where that is less than `data`; null otherwise. */
  shown: unknown
  /** Never compressed together with what others wrote. */
  secret: boolean
  occurredAt: Date
  requestId: string | null
}

/** What one part of the platform does on events, with a cursor of its own that survives restarts. */
export interface EventReader {
  /** The cursor's name: never change it, or the reader begins anew. */
  name: string
  /** Only these types; all when absent. */
  types?: string[]
  /** Where a reader begins that has never run: at the oldest event (the default) or at those still to come. */
  from?: 'beginning' | 'now'
  /** How often an event may fail before it is parked; 5 unless given. Infinity: never, all that follow wait for it. */
  attempts?: number
  /** Whether trying again cannot mend it: the event is parked at once. */
  isHopeless?(error: unknown): boolean
  /**
   * Handles one event in the transaction that moves the cursor: what it does to the database takes effect exactly once.
   * Anything else may be repeated after a crash or a conflict, and belongs into a job that is queued here.
   */
  handle(event: StoredEvent, tx: Tx): Promise<void>
  /** Empties the reader's model, in the same transaction, when it is replayed from the beginning. */
  reset?(tx: Tx): Promise<void>
}

/** One kind of event and what to do on it; made by `when`. */
export interface Reaction {
  type: string
  handle(event: StoredEvent, tx: Tx): Promise<void>
}

/** The event with its data checked against its contract, so that the handler may rely on its shape. */
export type EventOf<S extends z.ZodType> = Omit<StoredEvent, 'data'> & { data: z.output<S> }

export function when<S extends z.ZodType>(
  type: EventType<string, S>,
  handle: (event: EventOf<S>, tx: Tx) => Promise<void>,
): Reaction {
  return { type: type.name, handle: (event, tx) => handle({ ...event, data: type.data.parse(event.data) }, tx) }
}

/** A reader put together from reactions: `reading('notifications', [when(InvoicePaid, …), when(ProjectSubmitted, …)])`. */
export function reading(
  name: string,
  reactions: Reaction[],
  options: Pick<EventReader, 'from' | 'attempts' | 'reset'> = {},
): EventReader {
  return {
    name,
    types: [...new Set(reactions.map(({ type }) => type))],
    ...options,
    async handle(event, tx) {
      for (const reaction of reactions) if (reaction.type === event.type) await reaction.handle(event, tx)
    },
  }
}
