// All operations of the application in one list, from which every door is derived. A mistake in a declaration is found here,
// at start, and not by the first caller.
import type { Slice } from '../platform.ts'
import type { BoundOperation } from './call.ts'
import type { EventType } from './event.ts'
import { roles, type Operation } from './operation.ts'
import { commonProblems, type ProblemType } from './problem.ts'

export interface Registry {
  readonly operations: readonly BoundOperation[]
  readonly events: readonly EventType[]
  readonly problems: readonly ProblemType[]
  /** Throws for a name nobody declared: that is a mistake of the program, not of a caller. */
  get(name: string): BoundOperation
}

/** The names in braces of a path: `/api/projects/{id}` has `id`. */
export const pathParameters = (path: string): string[] =>
  [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name ?? '')

/** Throws one Error that lists everything wrong with the declarations. */
export function createRegistry(slices: readonly Slice[]): Registry {
  const operations = slices.flatMap((slice) => slice.operations ?? [])
  const events = slices.flatMap((slice) => Object.values(slice.events ?? {}))
  const problems = new Set([
    ...commonProblems,
    ...slices.flatMap((slice) => Object.values(slice.problems ?? {})),
    ...operations.flatMap(({ operation }) => operation.refuses ?? []),
  ])
  const faults = [
    ...operations.flatMap(faultsOf),
    ...repeated(operations.map(({ operation }) => operation.name)).map((name) => `operation ${name} is declared twice`),
    ...repeated(operations.map(({ operation }) => routeOf(operation))).map(
      (route) => `two operations answer to ${route}`,
    ),
    ...repeated([...problems].map(({ code }) => code)).map((code) => `problem ${code} is declared twice`),
    ...repeated(events.map(({ name }) => name)).map((name) => `event ${name} is declared twice`),
  ]
  if (faults.length > 0) throw new Error(`The contract has mistakes:\n- ${faults.join('\n- ')}`)

  const byName = new Map(operations.map((bound) => [bound.operation.name, bound]))
  return {
    operations,
    events,
    problems: [...problems],
    get(name) {
      const bound = byName.get(name)
      if (!bound) throw new Error(`There is no operation "${name}"`)
      return bound
    },
  }
}

// Two paths that differ only in the names of their parameters are one route.
const routeOf = ({ rest }: Operation) => `${rest.method.toUpperCase()} ${rest.path.replaceAll(/\{[^{}]*\}/g, '{}')}`

function faultsOf({ operation, handle }: BoundOperation): string[] {
  const { name, rest, input, output, allows, idempotent } = operation
  const faults: string[] = []
  if (typeof handle !== 'function') faults.push('has no handler')
  if (!/^[a-z]+\.[a-z][A-Za-z]+$/.test(name)) faults.push('is not named `domain.verbNoun`')
  // Declarations may be built by code that the compiler did not see through.
  const permissions = Object.entries((allows as Operation['allows'] | undefined) ?? {})
  if (permissions.length === 0) faults.push('allows nobody: say who may call it with `allows`')
  for (const [role, reach] of permissions) {
    if (role !== 'anonymous' && !(roles as readonly string[]).includes(role))
      faults.push(`allows the unknown role "${role}"`)
    if (reach !== 'own' && reach !== 'all') faults.push(`gives ${role} the unknown reach "${String(reach)}"`)
    if (role === 'anonymous' && reach === 'own')
      faults.push('allows the anonymous their own, but nothing belongs to them')
  }
  if (!/^\/(api|sandbox|\.well-known)(\/[A-Za-z0-9._-]+|\/\{[a-z][A-Za-z0-9]*\})+$/.test(rest.path)) {
    faults.push(`has the path ${rest.path}, which is not of the form /api/nouns/{id}`)
  }
  for (const parameter of pathParameters(rest.path)) {
    if (!(parameter in input.shape)) faults.push(`has {${parameter}} in its path but not in its input`)
  }
  for (const parameter of repeated(pathParameters(rest.path))) faults.push(`has {${parameter}} twice in its path`)
  if (rest.status < 200 || rest.status > 299) faults.push(`succeeds with the status ${rest.status}`)
  if (rest.status === 204 && output.def.type !== 'null') faults.push('answers 204 but its output is not z.null()')
  if (idempotent && rest.method === 'get') faults.push('asks for an Idempotency-Key on a GET, which changes nothing')
  return faults.map((fault) => `operation ${name} ${fault}`)
}

function repeated(values: string[]): string[] {
  const seen = new Set<string>()
  return [...new Set(values.filter((value) => seen.size === seen.add(value).size))]
}
