// The declaration of an operation: everything a door (REST, pages, GraphQL, CLI, MCP) needs to know about it.
import type { z } from 'zod'
import type { ProblemType } from './problem.ts'

export const roles = ['client', 'staff', 'admin'] as const
export type Role = (typeof roles)[number]
/** How far a permission goes: only what belongs to the caller, or everything. */
export type Reach = 'own' | 'all'
/** Who may call, and how far. Who is not named may not. */
export type Allows = Partial<Record<Role | 'anonymous', Reach>>

export const anyone: Allows = { anonymous: 'all', client: 'all', staff: 'all', admin: 'all' }
export const signedIn: Allows = { client: 'own', staff: 'own', admin: 'own' }
export const agencyOnly: Allows = { admin: 'all' }

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'
export interface Rest {
  method: Method
  /** OpenAPI style: `/api/projects/{id}`; each `{name}` is a field of the input. */
  path: string
  /** The status of success. */
  status: number
}
const rest =
  (method: Method, usual: number) =>
  (path: string, status = usual): Rest => ({ method, path, status })
export const get = rest('get', 200)
export const post = rest('post', 200)
export const patch = rest('patch', 200)
export const del = rest('delete', 204)

export interface OperationSpec<I extends z.ZodObject, O extends z.ZodType> {
  /** One plain sentence, for documentation and tools. */
  does: string
  rest: Rest
  /** Path parameters, query (get, delete) and body fields in one object. Query values arrive as strings: use `z.coerce`. */
  input: I
  output: O
  /** The problems beyond the common ones. */
  refuses?: readonly ProblemType[]
  allows: Allows
  /** Requires an Idempotency-Key; the answer of the first success is kept and repeated. */
  idempotent?: boolean
  /** What a call takes from the caller's rate limit; default 1. */
  cost?: number
}

export interface Operation<
  N extends string = string,
  I extends z.ZodObject = z.ZodObject,
  O extends z.ZodType = z.ZodType,
> extends OperationSpec<I, O> {
  readonly name: N
}

/** Declares an operation. `name` is `domain.verbNoun`. */
export function operation<N extends string, I extends z.ZodObject, O extends z.ZodType>(
  name: N,
  spec: OperationSpec<I, O>,
): Operation<N, I, O> {
  return { name, ...spec }
}

export type Input<T extends Operation> = z.output<T['input']>
export type GivenInput<T extends Operation> = z.input<T['input']>
export type Output<T extends Operation> = z.output<T['output']>
