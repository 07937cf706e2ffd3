// What is wrong with an input, as JSON Pointers (RFC 6901) and sentences that a person can act on.
import type { z } from 'zod'
import type { InputError } from './problem.ts'

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

const MOST = 50
const DEEPEST = 64

export const pointerOf = (path: Path): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** At most 50, so that a hostile input does not get a huge answer. Names longer than 100 characters are cut. */
export function inputErrors(error: z.ZodError): InputError[] {
  return error.issues.flatMap((issue) => explain(issue, [])).slice(0, MOST)
}

function explain(issue: Issue, above: Path): InputError[] {
  const path = [...above, ...issue.path]
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, MOST).map((key) => ({
      pointer: pointerOf([...path, shortened(key)]),
      detail: 'This field is not known here.',
    }))
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) return explainUnion(issue.errors, path)
  return [{ pointer: pointerOf(path), detail: issue.message }]
}

// The caller meant one of the members: the one that got past the outermost type with the fewest complaints.
function explainUnion(members: readonly Issue[][], path: Path): InputError[] {
  const entered = members.filter(
    (issues) => !issues.some((issue) => issue.path.length === 0 && issue.code === 'invalid_type'),
  )
  const meant = entered.toSorted((a, b) => a.length - b.length)[0]
  if (meant) return meant.flatMap((issue) => explain(issue, path))
  const expected = members.flatMap((issues) =>
    issues.flatMap((issue) => ('expected' in issue ? [String(issue.expected)] : [])),
  )
  return [{ pointer: pointerOf(path), detail: `Invalid input: expected ${[...new Set(expected)].join(' or ')}` }]
}

const shortened = (name: string) => (name.length > 100 ? `${name.slice(0, 100)}…` : name)

/**
 * What no text of ours may hold, whatever the schema: NUL and lone surrogates (PostgreSQL stores neither), the name
 * `__proto__`, and nesting beyond 64 levels, on which recursive code would run out of stack.
 */
export function hostileParts(input: unknown): InputError[] {
  const errors: InputError[] = []
  inspect(input, [], errors)
  return errors.slice(0, MOST)
}

function inspect(value: unknown, path: Path, errors: InputError[]): void {
  if (typeof value === 'string') {
    const fault = faultOfText(value)
    if (fault) errors.push({ pointer: pointerOf(path), detail: fault })
    return
  }
  if (value === null || typeof value !== 'object' || errors.length >= MOST) return
  if (path.length >= DEEPEST) {
    errors.push({ pointer: pointerOf(path), detail: `Nested deeper than ${DEEPEST} levels.` })
    return
  }
  if (Array.isArray(value)) return value.forEach((item, index) => inspect(item, [...path, index], errors))
  for (const key of Object.keys(value)) {
    const fault = key === '__proto__' ? 'This field is not known here.' : faultOfText(key)
    const at = [...path, shortened(key.toWellFormed().replaceAll('\0', '\ufffd'))]
    if (fault) errors.push({ pointer: pointerOf(at), detail: fault })
    else inspect((value as Record<string, unknown>)[key], at, errors)
  }
}

function faultOfText(text: string): string | null {
  if (text.includes('\0')) return 'The character U+0000 is not allowed.'
  return text.isWellFormed() ? null : 'Half of a surrogate pair is not a character.'
}
