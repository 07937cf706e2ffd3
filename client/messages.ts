// What arrives on a live connection, as types: read off the contracts of the domains. In the published package they are
// written out (scripts/client/declarations.ts), so that nobody needs the contracts to use it.
import type { z } from 'zod'
import type { events as billing } from '../src/domains/billing/contract.ts'
import type { events as content } from '../src/domains/content/contract.ts'
import type { events as identity } from '../src/domains/identity/contract.ts'
import type { events as projects } from '../src/domains/projects/contract.ts'
import type { events as realtime } from '../src/domains/realtime/contract.ts'

type Valued<T> = T[keyof T]
type Declared =
  | Valued<typeof billing>
  | Valued<typeof content>
  | Valued<typeof identity>
  | Valued<typeof projects>
  | Valued<typeof realtime>

/** The data of each event by its name. */
export type LiveEvents = { [E in Declared as E['name']]: z.output<E['data']> }
