import fc from 'fast-check'
import { expect, it } from 'vitest'
import { merchantName } from './merchant-name.ts'

const field = (tag: string, value: string) => `${tag}${String(value.length).padStart(2, '0')}${value}`

it('reads the name wherever it stands in the code', () => {
  expect(merchantName(`${field('00', '01')}${field('59', 'STUDIO KOTA')}${field('60', 'JAKARTA')}`)).toBe('STUDIO KOTA')
})
it('is not misled by a 59 inside another field', () => {
  expect(merchantName(`${field('62', '5904EVIL')}${field('59', 'STUDIO')}`)).toBe('STUDIO')
})
it('gives null for anything cut short or malformed, and never throws', () => {
  expect(merchantName('5920SHORT')).toBeNull()
  expect(merchantName('59XXNAME')).toBeNull()
  fc.assert(
    fc.property(fc.string(), (text) => {
      const name = merchantName(text)
      expect(name === null || text.includes(name)).toBe(true)
    }),
  )
})
