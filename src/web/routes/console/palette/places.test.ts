import { expect, it } from 'vitest'
import { matches } from './places.ts'

it('finds a page by the beginnings of its words, in any order', () => {
  expect(matches('New plan', 'pl new')).toBe(true)
  expect(matches('Tambah paket', 'TAM')).toBe(true)
  expect(matches('New plan', '')).toBe(true)
  expect(matches('New plan', 'lan')).toBe(false)
})
