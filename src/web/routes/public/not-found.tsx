import { PageProblem } from '../../problem.ts'

/** Every address that no other route answers. */
export function loader() {
  throw PageProblem.notFound()
}

export default function NotFound() {
  return null
}
