import { PageProblem } from '../../problem.ts'

/** Every address that no other route answers. */
export function loader() {
  throw new PageProblem(404, 'Not Found', { code: 'not_found', detail: null, errors: [], retryAfter: null })
}

export default function NotFound() {
  return null
}
