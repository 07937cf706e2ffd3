import { expect, it } from 'vitest'
import { z } from 'zod'
import { implement } from './call.ts'
import { event } from './event.ts'
import { anyone, del, get, operation, post, type Allows, type OperationSpec, type Rest } from './operation.ts'
import { NotFound, problem } from './problem.ts'
import { createRegistry } from './registry.ts'
import { ById, Nothing } from './shapes.ts'

type Spec = Partial<OperationSpec<z.ZodObject, z.ZodType>>
const declared = (name: string, rest: Rest, more: Spec = {}) =>
  operation(name, {
    does: 'Something.',
    rest,
    input: z.strictObject({}),
    output: z.object({}),
    allows: anyone,
    ...more,
  })
const slice = (...operations: ReturnType<typeof declared>[]) => ({
  operations: operations.map((each) => ({ operation: each, handle: async () => ({}) })),
})
const registering = (name: string, rest: Rest, more?: Spec) => () => createRegistry([slice(declared(name, rest, more))])

it('finds an operation by its name and refuses a name that nobody declared', () => {
  const registry = createRegistry([slice(declared('things.read', get('/api/things')))])
  expect(registry.get('things.read').operation.rest.path).toBe('/api/things')
  expect(() => registry.get('things.burn')).toThrow('There is no operation "things.burn"')
})

it('takes a sound declaration with its handler', () => {
  const read = operation('things.read', {
    does: 'x',
    rest: get('/api/things/{id}'),
    input: ById,
    output: z.null(),
    allows: anyone,
  })
  const registry = createRegistry([{ operations: implement({ read }, { read: async () => null }) }])
  expect(registry.operations).toHaveLength(1)
  expect(registry.problems).toContain(NotFound)
})

it.each<[string, Spec]>([
  ['allows nobody', { allows: {} }],
  ['allows nobody', { allows: undefined as unknown as Allows }],
  ['unknown role "guest"', { allows: { guest: 'all' } as unknown as Allows }],
  ['unknown reach "some"', { allows: { admin: 'some' } as unknown as Allows }],
  ['nothing belongs to them', { allows: { anonymous: 'own' } }],
])('refuses an operation whose policy is missing or senseless: %s', (message, spec) => {
  expect(registering('things.read', get('/api/things'), spec)).toThrow(message)
})

it.each<[string, string, Rest, Spec?]>([
  ['domain.verbNoun', 'read', get('/api/things')],
  ['not of the form', 'things.read', get('/things')],
  ['not of the form', 'things.read', get('/api/things/:id')],
  ['{id} in its path but not in its input', 'things.read', get('/api/things/{id}')],
  ['{id} twice', 'things.read', get('/api/things/{id}/of/{id}'), { input: ById }],
  ['succeeds with the status 302', 'things.read', get('/api/things', 302)],
  ['204 but its output is not', 'things.drop', del('/api/things')],
  ['Idempotency-Key on a GET', 'things.read', get('/api/things'), { idempotent: true }],
])('refuses a senseless route: %s', (message, name, rest, spec) => {
  expect(registering(name, rest, spec)).toThrow(message)
})

it('refuses an operation without a handler', () => {
  const lost = declared('things.read', get('/api/things'))
  expect(() => createRegistry([{ operations: [{ operation: lost, handle: undefined as never }] }])).toThrow(
    'has no handler',
  )
})

it('refuses names, routes, problems and events that are declared twice, also across slices', () => {
  const one = declared('things.read', get('/api/things/{id}'), { input: ById })
  const sameRoute = declared('things.see', get('/api/things/{name}'), { input: z.object({ name: z.string() }) })
  expect(() => createRegistry([slice(one), slice(one)])).toThrow('things.read is declared twice')
  expect(() => createRegistry([slice(one), slice(sameRoute)])).toThrow('two operations answer to GET /api/things/{}')
  const Gone = problem('gone', 410, 'Gone.')
  const GoneToo = problem('gone', 404, 'Gone too.')
  expect(() => createRegistry([{ problems: { Gone } }, { problems: { GoneToo } }])).toThrow(
    'problem gone is declared twice',
  )
  const happened = () => event('thing.happened', { data: Nothing, subject: () => 'x', reaches: () => [] })
  expect(() => createRegistry([{ events: { a: happened() } }, { events: { b: happened() } }])).toThrow(
    'thing.happened is declared twice',
  )
})

it('takes the same problem from several slices', () => {
  const Gone = problem('gone', 410, 'Gone.')
  const shared = slice(declared('things.read', get('/api/things'), { refuses: [Gone, NotFound] }))
  expect(createRegistry([{ problems: { Gone } }, shared]).problems.filter(({ code }) => code === 'gone')).toEqual([
    Gone,
  ])
})

it('tells all mistakes at once', () => {
  const broken = slice(declared('read', post('/things'), { allows: {} }))
  expect(() => createRegistry([broken])).toThrow(/verbNoun[\s\S]*allows nobody[\s\S]*not of the form/)
})
