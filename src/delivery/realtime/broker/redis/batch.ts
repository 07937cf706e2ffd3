// What the leader publishes: all events between two positions of the log, or that there were none.
import type { StoredEvent } from '../../../../platform/events/log.ts'

export interface Batch {
  /** Who read it. */
  node: string
  /** The events are all there are in (after, upTo]. */
  after: number
  upTo: number
  /** Epoch milliseconds. */
  readAt: number
  events: StoredEvent[]
}

export const encode = ({ node, ...rest }: Batch): string => `${beginningOf(node)}${JSON.stringify(rest).slice(1)}`

/** How everything that a node publishes begins. */
export const beginningOf = (node: string): string => `{"node":${JSON.stringify(node)},`

/** Undefined for what is none: Redis may be shared with who knows whom. */
export function decode(text: string): Batch | undefined {
  try {
    const { node, after, upTo, readAt, events } = JSON.parse(text) as Partial<Record<keyof Batch, unknown>>
    if (typeof node !== 'string' || !isPosition(after) || !isPosition(upTo) || after > upTo) return undefined
    if (typeof readAt !== 'number' || !Array.isArray(events)) return undefined
    return { node, after, upTo, readAt, events: events.map(revived) }
  } catch {
    return undefined
  }
}

const isPosition = (value: unknown): value is number => Number.isSafeInteger(value)

function revived(event: StoredEvent): StoredEvent {
  const occurredAt = new Date(event.occurredAt)
  if (!isPosition(event.position) || !Array.isArray(event.channels) || Number.isNaN(occurredAt.getTime()))
    throw new TypeError('this is no event')
  return { ...event, occurredAt }
}
