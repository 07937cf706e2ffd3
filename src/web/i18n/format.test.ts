import fc from 'fast-check'
import { expect, it } from 'vitest'
import { formatDate, formatMoney, formatRelative, formatWait } from './format.ts'

it('writes rupiah as each language does, without a space', () => {
  expect([formatMoney(2_500_000, 'id'), formatMoney(2_500_000, 'en')]).toEqual(['Rp2.500.000', 'Rp2,500,000'])
  expect([formatMoney(0, 'id'), formatMoney(-12_000, 'id')]).toEqual(['Rp0', '−Rp12.000'])
})
it('never loses a rupiah', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1_000_000_000_000 }),
      fc.constantFrom('id' as const, 'en' as const),
      (rupiah, locale) => {
        expect(Number(formatMoney(rupiah, locale).replace(/\D/g, ''))).toBe(rupiah)
      },
    ),
  )
})
it('shows times in the agency’s zone by its own name, in both languages', () => {
  const late = '2026-11-23T18:05:00Z'
  expect(formatDate(late, 'id')).toBe('24 November 2026')
  expect(formatDate(late, 'id', 'full')).toMatch(/^Selasa, 24 November 2026.*01\.05 WIB$/)
  expect(formatDate(late, 'en', 'full')).toMatch(/^Tuesday.*24 November 2026.*01:05 WIB$/)
  expect(formatDate(late, 'en', 'time', 'Asia/Jayapura')).toBe('03:05')
})
it.each([
  ['2026-11-23T12:00:20Z', 'sekarang', 'now'],
  ['2026-11-23T11:57:00Z', '3 menit yang lalu', '3 minutes ago'],
  ['2026-11-23T12:01:00Z', 'dalam 1 menit', 'in 1 minute'],
  ['2026-11-22T12:00:00Z', 'kemarin', 'yesterday'],
  ['2026-11-25T12:00:00Z', 'lusa', 'in 2 days'],
  ['2025-11-20T12:00:00Z', 'tahun lalu', 'last year'],
])('tells %s from noon', (time, id, en) => {
  const noon = '2026-11-23T12:00:00Z'
  expect([formatRelative(time, noon, 'id'), formatRelative(time, noon, 'en')]).toEqual([id, en])
})
it('asks to wait at least as long as it takes', () => {
  expect([formatWait(30, 'id'), formatWait(0, 'en'), formatWait(91, 'en'), formatWait(5400, 'en')]).toEqual([
    'dalam 30 detik',
    'in 1 second',
    'in 2 minutes',
    'in 2 hours',
  ])
})
