// The names of all events that the contracts declare, for the filters of the log and of what was sent.
import { events as billing } from '../../../../domains/billing/contract.ts'
import { events as content } from '../../../../domains/content/contract.ts'
import { events as identity } from '../../../../domains/identity/contract.ts'
import { events as projects } from '../../../../domains/projects/contract.ts'
import { events as realtime } from '../../../../domains/realtime/contract.ts'
import type { EventType } from '../../../../platform/contract/event.ts'

const all: readonly EventType[] = [billing, content, identity, projects, realtime].flatMap((events) =>
  Object.values(events),
)
const namesOf = (events: readonly EventType[]): string[] =>
  events.map(({ name }) => name).toSorted((a, b) => (a < b ? -1 : 1))

export const eventTypes: readonly string[] = namesOf(all)
/** Those that reach open pages. */
export const liveEventTypes: readonly string[] = namesOf(all.filter(({ live }) => live !== undefined))
