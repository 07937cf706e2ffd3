import fc from 'fast-check'
import { expect, it } from 'vitest'
import { faultOfJson } from './json-text.ts'

const parses = (text: string) => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

it('accepts every JSON value, however it is laid out', () => {
  fc.assert(
    fc.property(fc.jsonValue({ depthSize: 'large', maxDepth: 60 }), fc.constantFrom(0, 2, '\t'), (value, indent) => {
      expect(faultOfJson(JSON.stringify(value, null, indent))).toBeNull()
    }),
  )
})

it('agrees with JSON.parse about damaged texts', () => {
  const damaged = fc.tuple(
    fc.jsonValue().map((value) => JSON.stringify(value)),
    fc.nat(),
    fc.constantFrom('', ',', '"', '}', '[', ':', '\\', '0', '-', 'e', '.', '\n', '\u0001', '\u00a0'),
  )
  fc.assert(
    fc.property(damaged, ([text, at, sign]) => {
      const cut = at % (text.length + 1)
      const candidate = text.slice(0, cut) + sign + text.slice(cut + 1)
      const fault = faultOfJson(candidate)
      // Only repeated names are our own addition.
      if (fault?.reason.includes('occurs twice')) return
      expect(fault === null).toBe(parses(candidate))
    }),
    { numRuns: 5_000 },
  )
})

it.each([
  ['{"a":abc}', 5, 'Expected a value'],
  ['{"a":1,}', 7, 'Expected the name'],
  ['[1 2]', 3, 'Expected "," or "]"'],
  ['{"a" 1}', 5, 'Expected ":"'],
  ['{"a":1', 6, 'ends too early'],
  ['', 0, 'ends too early'],
  ['{} {}', 3, 'goes on after its end'],
  ['"a\nb"', 0, 'not closed'],
  ['"a\\xb"', 2, 'This escape does not exist'],
  ['{"a":1,"b":2,"a":3}', 13, 'The name "a" occurs twice'],
  ['{"a":1,"\\u0061":3}', 7, 'occurs twice'],
])('says where and what is wrong in %s', (text, position, reason) => {
  expect(faultOfJson(text)).toMatchObject({ position, reason: expect.stringContaining(reason) as string })
})

it('allows one name in different objects', () => {
  expect(faultOfJson('[{"a":{"a":1}},{"a":2}]')).toBeNull()
})

it('copes with the largest and the deepest texts', () => {
  expect(faultOfJson(`"${'x'.repeat(262_000)}"`)).toBeNull()
  expect(faultOfJson(`"${'\\n'.repeat(131_000)}"`)).toBeNull()
  expect(faultOfJson('['.repeat(64) + ']'.repeat(64))).toBeNull()
  expect(faultOfJson('['.repeat(131_000) + ']'.repeat(131_000))).toEqual({
    position: 64,
    reason: 'Nested deeper than 64 levels',
  })
  expect(faultOfJson(`[${'1,'.repeat(131_000)}1]`)).toBeNull()
})
