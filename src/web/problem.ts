// Problems as pages see them. What `call` throws in a loader becomes the error page of its status by itself, because it has
// the shape of a route's error response; an action catches it and shows what to do beside the form.
import { NotFound } from '../platform/contract/problem.ts'
import type { InputError, ProblemType } from '../platform/contract/problem.ts'

export interface ProblemData {
  code: string
  detail: string | null
  errors: InputError[]
  /** Seconds until it is worth trying again. */
  retryAfter: number | null
}

// Not an `Error`: React Router hides the content of those from pages.
export class PageProblem {
  // The four fields by which it knows an error response.
  readonly status: number
  readonly statusText: string
  readonly internal = false
  readonly data: ProblemData
  constructor(status: number, title: string, data: ProblemData) {
    this.status = status
    this.statusText = title
    this.data = data
  }
  /** For a loader whose address names nothing. */
  static notFound(): PageProblem {
    return new PageProblem(404, 'Not Found', { code: 'not_found', detail: null, errors: [], retryAfter: null })
  }
  is(...types: ProblemType[]): boolean {
    return types.some((type) => type.code === this.data.code)
  }
}

/** The problem an operation threw; any other error is thrown on. For the `catch` of an action. */
export function problemOf(error: unknown): PageProblem {
  if (error instanceof PageProblem) return error
  throw error
}

/** For the `catch` of a loader that can do without what it asked for; throws any other problem on. */
export function nullIfGone(error: unknown): null {
  if (problemOf(error).is(NotFound)) return null
  throw error
}

/**
 * The same for an error from outside the bundle. The bundle holds its own copy of the contracts, so a problem is known by its
 * fields, never by its class; null for any other error.
 */
export function adoptProblem(error: unknown): PageProblem | null {
  if (!(error instanceof Error) || !('type' in error) || !('details' in error)) return null
  const type = error.type as Partial<ProblemType>
  const details = error.details as { detail?: string; errors?: InputError[]; retryAfter?: number }
  if (typeof type.code !== 'string' || typeof type.status !== 'number') return null
  return new PageProblem(type.status, type.title ?? type.code, {
    code: type.code,
    detail: details.detail ?? null,
    errors: details.errors ?? [],
    retryAfter: details.retryAfter ?? null,
  })
}
