// What every loader and action gets from the process around it: `const { call, user } = context.get(page)`. Routes reach
// the business only through `call`; the bridge (`delivery/http/pages.ts`) provides all of it, once per request.
import { createContext } from 'react-router'
import type { Account } from '../platform/contract/call.ts'
import type { GivenInput, Operation, Output } from '../platform/contract/operation.ts'
import type { Locale } from '../platform/contract/shapes.ts'

export type Theme = 'light' | 'dark'

export interface CallOptions {
  /** For operations that declare `idempotent`; a form carries it in a hidden field. */
  idempotencyKey?: string
}

export interface PageContext {
  /**
   * Calls an operation as the signed-in user. Cookies of a session it opens or closes reach the browser with the page.
   * Throws a `PageProblem` (`web/problem.ts`): left alone it becomes the error page of its status.
   */
  call<T extends Operation>(operation: T, input: GivenInput<T>, options?: CallOptions): Promise<Output<T>>
  user: Account | null
  locale: Locale
  /** What the reader chose; null follows the system. */
  theme: Theme | null
  /** The nonce of this answer's Content-Security-Policy. */
  nonce: string
  requestId: string
  now: Date
  /** Without a trailing slash. */
  publicUrl: string
  /** Logs a fault of the rendering or of a loader. */
  report(error: unknown): void
  /** Whether payments are only played (the sandbox provider); pages may then link to its wallet. */
  sandbox: boolean
}

export const page = createContext<PageContext>()
