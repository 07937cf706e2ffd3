// The one way into an operation, for every door: scope, rate limit, validation, idempotency, handler, output.
import type { Logger } from 'pino'
import { isNoAnswer } from '../database-errors.ts'
import type { Database, Tx } from '../database.ts'
import type { EventLog } from '../events/log.ts'
import { bucketOf } from '../limits/bucket.ts'
import type { Limiter, LimitState } from '../limits/limiter.ts'
import { createSharing } from '../sharing.ts'
import type { BoundOperation, Call, Caller, SessionEffect } from './call.ts'
import { checkedKey, createIdempotency } from './idempotency.ts'
import type { Keep, KeptAnswer } from './idempotency.ts'
import { hostileParts, inputErrors } from './input-errors.ts'
import type { GivenInput, Operation, Output } from './operation.ts'
import { InternalError, InvalidInput, Problem, TooManyRequests, Unavailable } from './problem.ts'
import type { Registry } from './registry.ts'
import { mintScope } from './scope.ts'
import type { Locale } from './shapes.ts'

/** What a door knows about a call besides its input. */
export interface CallMeta {
  caller: Caller
  requestId: string
  locale: Locale
  userAgent?: string | null
  idempotencyKey?: string | null
  /** Absent at doors that keep no session; opening one there is a mistake of the program. */
  session?: SessionEffect
  log?: Logger
  /** Told the state of the caller's limit as soon as it is known, also when the call is refused for another reason later. */
  limited?: (state: LimitState) => void
}

export interface Answer {
  /** The HTTP status of success. */
  status: number
  /** The public output, ready to be serialised. */
  body: unknown
  /** The answer of an earlier call with the same Idempotency-Key. */
  replayed: boolean
}

/** Runs an operation on an input nobody has looked at. Throws nothing but a `Problem`. */
export type Dispatch = (operation: Operation | string, rawInput: unknown, meta: CallMeta) => Promise<Answer>

export interface DispatchOptions {
  registry: Registry
  database: Database
  events: Pick<EventLog, 'append'>
  limiter: Limiter
  log: Logger
}

const noSession: SessionEffect = {
  open: () => {
    throw new Error('this door cannot open a session')
  },
  close: () => undefined,
}

export function createDispatch({ registry, database, events, limiter, log }: DispatchOptions): Dispatch {
  const idempotency = createIdempotency(database)
  const share = createSharing<Answer>()

  async function limit(meta: CallMeta, cost: number): Promise<void> {
    const taken = limiter.take(bucketOf(meta.caller), cost)
    const state = taken instanceof Promise ? await taken : taken
    meta.limited?.(state)
    if (!state.allowed)
      throw TooManyRequests.because(`Wait ${state.resetSeconds} seconds.`, { retryAfter: state.resetSeconds })
  }

  function makeCall(meta: CallMeta, operation: Operation, transaction: Call['transaction']): Call {
    const { caller, requestId } = meta
    const actor = caller.kind === 'user' ? caller.user.id : null
    return {
      caller,
      scope: mintScope(operation, caller),
      requestId,
      locale: meta.locale,
      userAgent: meta.userAgent ?? null,
      idempotencyKey: meta.idempotencyKey ?? null,
      session: meta.session ?? noSession,
      transaction,
      append(tx, ...made) {
        for (const event of made) events.append(tx, { actor, requestId, ...event })
      },
    }
  }

  async function runOnce(bound: BoundOperation, input: never, meta: CallMeta): Promise<Answer> {
    const { operation } = bound
    const caller = bucketOf(meta.caller)
    const key = checkedKey(meta.idempotencyKey)
    return idempotency.once({ caller, key, operation: operation.name, input }, async (keep) => {
      const kept = keptTransaction(operation, keep)
      const result = await bound.handle(makeCall(meta, operation, kept.transaction), input)
      if (!kept.answer) await kept.transaction(() => Promise.resolve(result))
      if (kept.answer && kept.result !== result) {
        throw new Error(
          `${operation.name} returned something else than the result of call.transaction, which is what a repeated call gets`,
        )
      }
      return kept.answer as KeptAnswer
    })
  }

  function keptTransaction(operation: Operation, keep: Keep) {
    const state = {
      answer: null as KeptAnswer | null,
      result: undefined as unknown,
      async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
        if (state.answer)
          throw new Error(`${operation.name} called call.transaction twice; use database.transaction for earlier steps`)
        const { result, answer } = await database.transaction(async (tx) => {
          const result = await work(tx)
          const answer = { status: operation.rest.status, body: presented(operation, result) }
          keep(tx, answer)
          return { result, answer }
        })
        Object.assign(state, { result, answer })
        return result
      },
    }
    return state
  }

  async function run(bound: BoundOperation, rawInput: unknown, meta: CallMeta): Promise<Answer> {
    const { operation } = bound
    // Minted before anything else so that a caller without permission learns nothing about the input.
    mintScope(operation, meta.caller)
    await limit(meta, operation.cost ?? 1)
    const input = validated(operation, rawInput) as never
    if (operation.idempotent) return runOnce(bound, input, meta)
    // Reading the same as somebody who reads it now needs no second look.
    if (operation.rest.method === 'get')
      return share(questionOf(operation, input, meta), () => runFreely(bound, input, meta))
    return runFreely(bound, input, meta)
  }

  async function runFreely(bound: BoundOperation, input: never, meta: CallMeta): Promise<Answer> {
    const { operation } = bound
    const result = await bound.handle(makeCall(meta, operation, database.transaction), input)
    return { status: operation.rest.status, body: presented(operation, result), replayed: false }
  }

  return async (operation, rawInput, meta) => {
    const bound = registry.get(typeof operation === 'string' ? operation : operation.name)
    try {
      return await run(bound, rawInput, meta)
    } catch (error) {
      throw asProblem(error, bound.operation, meta.log ?? log)
    }
  }
}

const questionOf = (operation: Operation, input: unknown, { caller, locale }: CallMeta) =>
  `${operation.name} ${locale} ${caller.kind === 'user' ? caller.sessionId : ''} ${JSON.stringify(input)}`

function validated(operation: Operation, rawInput: unknown): unknown {
  const hostile = hostileParts(rawInput)
  if (hostile.length > 0) throw invalid(hostile)
  const parsed = operation.input.safeParse(rawInput)
  if (!parsed.success) throw invalid(inputErrors(parsed.error))
  return parsed.data
}

const invalid = (errors: ReturnType<typeof inputErrors>) =>
  InvalidInput.because(errors.length === 1 ? 'One field is not right.' : `${errors.length} fields are not right.`, {
    errors,
  })

// The output schema strips what is not public. What does not fit it is a fault of ours that must not reach anybody.
function presented(operation: Operation, result: unknown): unknown {
  const parsed = operation.output.safeParse(result)
  if (parsed.success) return parsed.data
  throw new Error(
    `${operation.name} made an output that breaks its contract: ${JSON.stringify(inputErrors(parsed.error))}`,
  )
}

function asProblem(error: unknown, operation: Operation, log: Logger): Problem {
  if (error instanceof Problem) return error
  const lost = isNoAnswer(error)
  log.error({ err: error, operation: operation.name }, lost ? 'the database did not answer' : 'an operation failed')
  return lost ? Unavailable.because('Try again in a moment.', { retryAfter: 2 }) : InternalError.because()
}

/** A typed way to call operations from inside the process (pages, commands): the same pipeline, the same problems. */
export type OperationCaller = <T extends Operation>(
  operation: T,
  input: GivenInput<T>,
  options?: { idempotencyKey?: string },
) => Promise<Output<T>>

export const createCaller =
  (dispatch: Dispatch, meta: CallMeta): OperationCaller =>
  async <T extends Operation>(operation: T, input: GivenInput<T>, options: { idempotencyKey?: string } = {}) => {
    const { body } = await dispatch(operation, input, { ...meta, ...options })
    return body as Output<T>
  }
