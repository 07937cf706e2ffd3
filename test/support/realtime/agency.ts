// The slice of live connections beside orders and billing, on a real database, with tokens and sessions in the test's hands.
import { randomBytes } from 'node:crypto'
import { createRealtime } from '../../../src/domains/realtime/realtime.ts'
import type { RealtimeOptions } from '../../../src/domains/realtime/realtime.ts'
import { createRecords } from '../../../src/domains/realtime/records/records.ts'
import type { Account } from '../../../src/platform/contract/call.ts'
import { createDispatch } from '../../../src/platform/contract/dispatch.ts'
import type { GivenInput, Operation, Output } from '../../../src/platform/contract/operation.ts'
import { createRegistry } from '../../../src/platform/contract/registry.ts'
import { newId } from '../../../src/platform/ids.ts'
import { createMemoryLimiter } from '../../../src/platform/limits/limiter.ts'
import { newSigningKey, openTokens } from '../../../src/platform/tokens.ts'
import { createAgency } from '../agency.ts'
import { quiet } from '../database.ts'

export async function createLiveAgency(options: Partial<Pick<RealtimeOptions, 'broker' | 'centrifugo'>> = {}) {
  const agency = await createAgency()
  const { platform, clock, database } = agency
  const tokens = await openTokens({ signingKey: await newSigningKey(), issuer: platform.publicUrl, clock })
  const sessions = new Map<string, { id: string; end: Date }>()
  const slice = createRealtime({
    platform,
    tokens,
    csrfKey: randomBytes(32),
    broker: 'postgres',
    centrifugo: null,
    sessionEnd: (id) => Promise.resolve([...sessions.values()].find((session) => session.id === id)?.end ?? null),
    ...options,
  })
  const registry = createRegistry([slice])
  platform.events.declare(registry.events)
  const dispatch = createDispatch({
    registry,
    database,
    events: platform.events,
    log: quiet,
    limiter: createMemoryLimiter({ quota: 1_000_000_000, windowSeconds: 60 }, clock),
  })
  /** The session of a person: one, of an hour, unless the test makes another. */
  function sessionOf(user: Account) {
    const known = sessions.get(user.id) ?? { id: newId(clock), end: new Date(clock.now().getTime() + 3_600_000) }
    sessions.set(user.id, known)
    return known
  }
  return {
    ...agency,
    slice,
    tokens,
    sessions,
    sessionOf,
    records: createRecords({ database, events: platform.events, clock }),
    /** Calls one of the slice's operations as somebody. */
    async ask<T extends Operation>(user: Account, operation: T, input: GivenInput<T>): Promise<Output<T>> {
      const caller = {
        kind: 'user' as const,
        user,
        sessionId: sessionOf(user).id,
        address: '127.0.0.1',
        via: 'cookie' as const,
      }
      const answer = await dispatch(operation, input, { caller, requestId: newId(), locale: 'id' })
      return answer.body as Output<T>
    },
    /** The data of all events of a type, oldest first. */
    async told<T = unknown>(type: string): Promise<T[]> {
      const { rows } = await database.pool.query<{ data: T }>(
        'select data from events where type = $1 order by position',
        [type],
      )
      return rows.map(({ data }) => data)
    },
  }
}
export type LiveAgency = Awaited<ReturnType<typeof createLiveAgency>>
