// The names of all events that the contracts declare, for the filter of the log.
import { events as billing } from '../../../../domains/billing/contract.ts'
import { events as content } from '../../../../domains/content/contract.ts'
import { events as identity } from '../../../../domains/identity/contract.ts'
import { events as projects } from '../../../../domains/projects/contract.ts'

export const eventTypes: readonly string[] = [billing, content, identity, projects]
  .flatMap((events) => Object.values(events).map(({ name }) => name))
  .toSorted((a, b) => (a < b ? -1 : 1))
