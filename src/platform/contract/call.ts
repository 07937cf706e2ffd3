// One call of an operation, as its handler sees it, and the binding of handlers to declarations.
import type { z } from 'zod'
import type { Tx } from '../database.ts'
import type { NewEvent } from './event.ts'
import type { Input, Operation, Reach, Role } from './operation.ts'
import type { Locale } from './shapes.ts'

export interface Account {
  id: string
  name: string
  email: string
  role: Role
  locale: Locale
  emailVerified: boolean
}

export type Caller =
  | { kind: 'anonymous'; address: string }
  | { kind: 'user'; user: Account; sessionId: string; address: string; via: 'cookie' | 'bearer' }

declare const minted: unique symbol
/**
 * How far this call may look. Only `mintScope` makes one, from the operation's `allows` and the caller, and stores ask for
 * one: a query that forgets authorization does not compile.
 */
export interface Scope {
  readonly [minted]: true
  readonly reach: Reach
  /** The caller's user id; null for the anonymous. */
  readonly userId: string | null
}

/** What only a door that keeps a session (cookie) can carry out after the operation succeeded. */
export interface SessionEffect {
  open(token: string, expiresAt: Date): void
  close(): void
}

export interface Call {
  readonly caller: Caller
  readonly scope: Scope
  readonly requestId: string
  readonly locale: Locale
  readonly userAgent: string | null
  readonly idempotencyKey: string | null
  readonly session: SessionEffect
  /**
   * The transaction whose result is the operation's answer. For idempotent operations the answer is stored in it under the
   * Idempotency-Key, so that a crash can neither lose nor repeat it. Use `database.transaction` for earlier steps.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Appends events with this call's actor and request id. */
  append(tx: Tx, ...events: NewEvent[]): void
}

/** The signed-in user of a call whose operation does not allow the anonymous. */
export function userOf(call: Call): Account {
  if (call.caller.kind !== 'user') throw new Error('an operation that needs a user was called by nobody')
  return call.caller.user
}

export type Handler<T extends Operation> = (call: Call, input: Input<T>) => Promise<z.input<T['output']>>
export interface BoundOperation {
  operation: Operation
  handle: Handler<Operation>
}

/** Binds a domain's declared operations to their code. Leaving one out does not compile. */
export function implement<M extends Record<string, Operation>>(
  operations: M,
  handlers: { [K in keyof M]: Handler<M[K]> },
): BoundOperation[] {
  return Object.entries(operations).map(([key, operation]) => ({
    operation,
    handle: handlers[key] as unknown as Handler<Operation>,
  }))
}
