// The declaration of an event: a fact that was committed. Its `data` is the public shape, for every reader of the log.
import type { z } from 'zod'

/** The message types of the plain `/ws` protocol. */
export type LiveType = 'project_update' | 'payment_update' | 'system_notification'

/** The schema that the data of an event made by `of` have passed; goes along when the event is copied. */
const passed = Symbol('passed')

export interface NewEvent {
  type: string
  /** What it is about: `project:<id>`, `invoice:<id>`, `user:<id>`. */
  subject: string
  data: unknown
  /** The id of the user who caused it; null for the system. */
  actor?: string | null
  requestId?: string | null
  readonly [passed]?: z.ZodType
}

export interface EventSpec<S extends z.ZodType> {
  data: S
  subject(data: z.output<S>): string
  /** The channels whose readers may see it: `user:<id>`, `project:<id>`, `invoice:<id>`, `admin`, `system`. */
  reaches(data: z.output<S>): string[]
  /** Pushed to browsers as this message type; not pushed when absent. */
  live?: LiveType
  /** What people outside the agency are shown of the data, where that is less than all of it. */
  forClients?: z.ZodType
  /** Holds something that must not be guessed: never compressed together with what others wrote. */
  secret?: boolean
  /** Offered to outgoing webhooks. */
  webhook?: boolean
}

export interface EventType<N extends string = string, S extends z.ZodType = z.ZodType> extends EventSpec<S> {
  readonly name: N
  of(data: z.input<S>): NewEvent
}

export function event<N extends string, S extends z.ZodType>(name: N, spec: EventSpec<S>): EventType<N, S> {
  return {
    name,
    ...spec,
    of(data) {
      const valid = spec.data.parse(data)
      return { type: name, subject: spec.subject(valid), data: valid, [passed]: spec.data }
    },
  }
}

/** The data of an event as its type has them; checked unless `of` has just done so. */
export const validData = (type: EventType, event: NewEvent): unknown =>
  event[passed] === type.data ? event.data : type.data.parse(event.data)
