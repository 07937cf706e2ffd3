import { expect, it } from 'vitest'
import { isSameName } from './confirmation.ts'

it('accepts the name in any case and spacing', () => {
  expect(isSameName('  situs  kopi gayo ', 'Situs Kopi Gayo')).toBe(true)
  expect(isSameName('Café', 'Cafe\u0301')).toBe(true)
})
it('refuses anything else, and nothing at all', () => {
  expect(isSameName('Situs Kopi', 'Situs Kopi Gayo')).toBe(false)
  expect(isSameName('', '')).toBe(false)
  expect(isSameName(' ', ' ')).toBe(false)
})
