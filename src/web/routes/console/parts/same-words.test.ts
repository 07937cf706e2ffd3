import { expect, it } from 'vitest'
import { sameWords } from './same-words.ts'

it('asks for the words, not for their spelling', () => {
  expect(sameWords('  inv/2026/XI/0001 ', 'INV/2026/XI/0001')).toBe(true)
  expect(sameWords('Toko  Roti', 'toko roti')).toBe(true)
  expect(sameWords('', 'Toko Roti')).toBe(false)
  expect(sameWords('Toko', 'Toko Roti')).toBe(false)
})
