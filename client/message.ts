// The message of the plain protocol, and the names of what can be listened to.
import type { LiveEvents } from './messages.ts'

export type { LiveEvents }
export type MessageType = 'project_update' | 'payment_update' | 'system_notification'
export type EventName = keyof LiveEvents
export type Payload<E extends EventName = EventName> = { [N in E]: { event: N; data: LiveEvents[N] } }[E]

export interface LiveMessage<P = Payload, T = MessageType> {
  type: T
  payload: P
  /** ISO 8601, when it happened. */
  timestamp: string
  /** A position in the log, in decimal digits: grows; two messages with the same id are the same. */
  id: string
}

/** What a handler of a type or of an event is given. */
export type MessageFor<W extends MessageType | EventName> = W extends EventName
  ? LiveMessage<Payload<W>>
  : LiveMessage<Payload, W & MessageType>

/** A handler may return a promise: the message counts as received when that is fulfilled. */
export type Handler<M> = (message: M) => unknown

/**
 * Channels to subscribe to. `user:` of oneself, `role:` of oneself, `system`, and `admin` for administrators come unasked.
 */
export type ChannelName =
  | `user:${string}`
  | `project:${string}`
  | `invoice:${string}`
  | `role:${'client' | 'staff' | 'admin'}`
  | 'admin'
  | 'system'
