import { describe, expect, it } from 'vitest'
import { faultsOf, localizedLines, optional, whole } from './input.ts'

describe('the form of the catalogue', () => {
  it('pairs the lines of both languages and leaves blank ones out', () => {
    const values = { 'features.id': 'Satu\n\n  Dua \nTiga', 'features.en': 'One\nTwo\n' }
    expect(localizedLines(values, 'features')).toEqual([
      { id: 'Satu', en: 'One' },
      { id: 'Dua', en: 'Two' },
      { id: 'Tiga', en: '' },
    ])
    expect(localizedLines({}, 'features')).toEqual([])
  })
  it('reads whole numbers as people write them', () => {
    for (const text of ['2500000', '2.500.000', '2,500,000', ' Rp2.500.000 ']) expect(whole(text), text).toBe(2_500_000)
    for (const text of ['', '2.5', 'dua', '1e3', '2.50.000']) expect(whole(text), text).toBeNaN()
    expect(whole('0')).toBe(0)
  })
  it('takes an empty text for none', () => {
    expect(optional('  ')).toBeNull()
    expect(optional(' /templates/a.webp ')).toBe('/templates/a.webp')
  })
})

describe('the field that is wrong', () => {
  it('is found by its pointer', () => {
    const errors = ['/slug', '/name/en', '/features/2/en', '/features/4/en', '/features'].map((pointer) => ({
      pointer,
      detail: '',
    }))
    expect(faultsOf(errors)).toEqual([
      { field: 'slug', line: null },
      { field: 'name.en', line: null },
      { field: 'features.en', line: 3 },
      { field: 'features', line: null },
    ])
  })
})
