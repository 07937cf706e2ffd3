// A problem as an HTTP answer: application/problem+json (RFC 9457).
import { NotSignedIn, type Problem } from '../../platform/contract/problem.ts'

export interface ProblemBody {
  /** The page that explains the code. */
  type: string
  title: string
  status: number
  code: string
  detail?: string
  errors?: { pointer: string; detail: string }[]
  requestId: string
}

export const problemPage = (publicUrl: string, code: string): string => `${publicUrl}/developers/errors/${code}`

export function problemBody({ type, details }: Problem, publicUrl: string, requestId: string): ProblemBody {
  return {
    type: problemPage(publicUrl, type.code),
    title: type.title,
    status: type.status,
    code: type.code,
    ...(details.detail === undefined ? {} : { detail: details.detail }),
    ...(details.errors === undefined ? {} : { errors: details.errors }),
    requestId,
  }
}

/** The fields that belong to the problem itself. `bearer` says that the request carried a token, which then was not valid. */
export function problemHeaders({ type, details }: Problem, bearer: boolean): Record<string, string> {
  return {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    ...(details.retryAfter === undefined ? {} : { 'retry-after': String(Math.max(1, Math.ceil(details.retryAfter))) }),
    // RFC 6750: the reason is named only to those who sent a token.
    ...(type.status === 401
      ? { 'www-authenticate': bearer && type.code === NotSignedIn.code ? 'Bearer error="invalid_token"' : 'Bearer' }
      : {}),
  }
}
