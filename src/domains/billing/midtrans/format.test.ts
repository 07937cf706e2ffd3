import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatAmount, formatTime, formatTimeWithOffset, parseAmount, parseTime } from './format.ts'

describe('amounts', () => {
  test.each([
    ['275000.00', 275_000],
    ['275000', 275_000],
    ['0.00', 0],
    ['10000000.00', 10_000_000],
  ])('reads %s', (text, rupiah) => expect(parseAmount(text)).toBe(rupiah))

  test.each([
    '275000.50',
    '275000.0',
    '275.000,00',
    '1e5',
    '-1.00',
    ' 1.00',
    '1.00 ',
    '',
    '.00',
    '0x10',
    'NaN',
    '99999999999999',
  ])('refuses %j instead of rounding or guessing', (text) => expect(parseAmount(text)).toBeUndefined())

  test('reads back what was written', () => {
    fc.assert(fc.property(fc.nat(10_000_000), (rupiah) => parseAmount(formatAmount(rupiah)) === rupiah))
  })
})

describe('times', () => {
  test('are in GMT+7 without an offset', () => {
    expect(parseTime('2020-09-29 11:46:13')).toEqual(new Date('2020-09-29T04:46:13Z'))
    expect(formatTime(new Date('2020-12-31T20:00:00Z'))).toBe('2021-01-01 03:00:00')
    expect(formatTimeWithOffset(new Date('2020-12-31T20:00:00Z'))).toBe('2021-01-01 03:00:00 +0700')
  })

  test.each([
    '2026-02-30 10:00:00',
    '2026-13-01 00:00:00',
    '2026-01-01 24:00:00',
    '2026-01-01T00:00:00',
    '2026-01-01',
    '',
  ])('refuses %j', (text) => expect(parseTime(text)).toBeUndefined())

  test('read back what was written, to the second', () => {
    const seconds = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(seconds, (time) => {
        time.setUTCMilliseconds(0)
        expect(parseTime(formatTime(time))).toEqual(time)
      }),
    )
  })
})
