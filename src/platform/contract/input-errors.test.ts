import { expect, it } from 'vitest'
import { z } from 'zod'
import { hostileParts, inputErrors, pointerOf } from './input-errors.ts'

const errorsOf = (schema: z.ZodType, input: unknown) => {
  const parsed = schema.safeParse(input)
  return parsed.success ? [] : inputErrors(parsed.error)
}
const Brief = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('company'), staff: z.int() }),
  z.strictObject({ kind: z.literal('school') }),
])

it('points at wrong and missing fields, however deep', () => {
  const schema = z.object({ items: z.array(z.object({ name: z.string() })), total: z.int() })
  expect(errorsOf(schema, { items: [{ name: 'a' }, { name: 7 }] }).map(({ pointer }) => pointer)).toEqual([
    '/items/1/name',
    '/total',
  ])
})

it('escapes names as RFC 6901 asks for', () => {
  expect(pointerOf(['a/b', 'c~d', 0])).toBe('/a~1b/c~0d/0')
  expect(pointerOf([])).toBe('')
})

it('points at every field that is not known', () => {
  expect(errorsOf(z.strictObject({}), { x: 1, 'y/z': 2 }).map(({ pointer }) => pointer)).toEqual(['/x', '/y~1z'])
})

it('explains a union by the member that was meant', () => {
  const schema = z.object({ brief: z.union([Brief, z.string()]) })
  expect(errorsOf(schema, { brief: { kind: 'company', staff: 'many' } })).toEqual([
    { pointer: '/brief/staff', detail: 'Invalid input: expected number, received string' },
  ])
  expect(errorsOf(schema, { brief: { kind: 'bank' } })).toEqual([
    { pointer: '/brief/kind', detail: "Invalid discriminator value. Expected 'company' | 'school'" },
  ])
  expect(errorsOf(schema, { brief: 7 })).toEqual([
    { pointer: '/brief', detail: 'Invalid input: expected object or string' },
  ])
})

it('keeps the answer small for a huge mistake', () => {
  const input = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`${'k'.repeat(500)}${index}`, index]))
  const errors = errorsOf(z.strictObject({}), input)
  expect(errors).toHaveLength(50)
  expect(JSON.stringify(errors).length).toBeLessThan(10_000)
})

it.each([
  ['a NUL in a text', { a: ['ok', 'b\0'] }, '/a/1'],
  ['a NUL in a name', { 'a\0': 1 }, '/a\ufffd'],
  ['half a surrogate pair', { a: { b: '\ud800' } }, '/a/b'],
  ['half a surrogate pair in a name', { '\udc00': 1 }, '/\ufffd'],
  ['__proto__', JSON.parse('{"a":{"__proto__":{"admin":true}}}') as unknown, '/a/__proto__'],
])('finds %s anywhere in the input', (_what, input, pointer) => {
  expect(hostileParts(input).map((error) => error.pointer)).toEqual([pointer])
})

it('refuses nesting that would exhaust the stack', () => {
  let deep: unknown = 1
  for (let level = 0; level < 100_000; level++) deep = [deep]
  expect(hostileParts(deep)[0]?.detail).toMatch('Nested deeper')
})

it('has nothing against ordinary input', () => {
  expect(hostileParts({ name: 'Kopi ☕ 😀', list: [1, null, true], at: new Date(), empty: '' })).toEqual([])
})
