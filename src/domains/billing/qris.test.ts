import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildQris, checksum, MalformedQris, parseQris } from './qris.ts'
import type { QrisBill } from './qris.ts'

const published =
  '00020101021226620014COM.GO-JEK.WWW011993600914349052630340210G4905263030303UKE51440014ID.CO.QRIS.WWW0215AID0607336128660303UKE5204341453033605802ID5904Test6007BANDUNG6105402845409789000.0062475036c032f87c-f773-4619-aefa-675e1f06f9210703A016304A623'

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`))
const text = (max: number) => fc.stringMatching(new RegExp(`^[A-Za-z0-9][A-Za-z0-9 .-]{0,${max - 2}}[A-Za-z0-9]$`))
const bills: fc.Arbitrary<QrisBill> = fc.record({
  amount: fc.integer({ min: 1, max: 10_000_000 }),
  merchantName: text(25),
  merchantCity: text(15),
  postalCode: digits(5),
  categoryCode: digits(4),
  nationalId: digits(13).map((id) => `ID${id}`),
  account: fc.record({
    domain: fc.constantFrom('COM.GO-JEK.WWW', 'COM.SANDBOX.WWW'),
    pan: digits(14).map((pan) => `9360${pan}`),
    merchantId: digits(10),
  }),
  reference: text(25),
  transactionId: fc.uuid(),
})

describe('checksum', () => {
  test('is CRC-16/CCITT-FALSE: the check value of the catalogue', () => {
    expect(checksum('123456789')).toBe('29B1')
  })
  test('agrees with the published code', () => {
    expect(checksum(published.slice(0, -4))).toBe('A623')
  })
  test('is padded to four digits', () => {
    fc.assert(fc.property(fc.string(), (any) => /^[0-9A-F]{4}$/.test(checksum(any))))
  })
})

describe('parseQris', () => {
  test("reads Midtrans' published dynamic code, whose tags are not in order", () => {
    expect(parseQris(published)).toEqual({
      initiation: 'dynamic',
      amount: 789_000,
      merchantName: 'Test',
      merchantCity: 'BANDUNG',
      nationalId: 'AID060733612866',
      account: { domain: 'COM.GO-JEK.WWW', pan: '9360091434905263034', merchantId: 'G490526303' },
      billNumber: null,
      referenceLabel: null,
      transactionId: 'c032f87c-f773-4619-aefa-675e1f06f921',
    })
  })

  test('reads back what was built', () => {
    fc.assert(
      fc.property(bills, (bill) => {
        const read = parseQris(buildQris(bill))
        expect(read).toEqual({
          initiation: 'dynamic',
          amount: bill.amount,
          merchantName: bill.merchantName,
          merchantCity: bill.merchantCity,
          nationalId: bill.nationalId,
          account: bill.account,
          billNumber: null,
          referenceLabel: bill.reference,
          transactionId: bill.transactionId,
        })
      }),
    )
  })

  test('notices any single changed character', () => {
    fc.assert(
      fc.property(bills, fc.nat(), fc.integer({ min: 0x20, max: 0x7e }), (bill, where, code) => {
        const qr = buildQris(bill)
        const at = where % qr.length
        const character = String.fromCharCode(code)
        // The four digits of the checksum may be written in either case.
        fc.pre(qr[at]?.toUpperCase() !== character.toUpperCase())
        expect(() => parseQris(qr.slice(0, at) + character + qr.slice(at + 1))).toThrow(MalformedQris)
      }),
    )
  })

  test('never throws anything but MalformedQris, whatever it is given', () => {
    const signed = fc.string({ unit: 'binary-ascii' }).map((any) => `000201${any}6304`)
    const codes = fc.oneof(
      fc.string({ unit: 'binary' }),
      signed.map((any) => any + checksum(any)),
    )
    fc.assert(
      fc.property(codes, (code) => {
        try {
          parseQris(code)
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedQris)
        }
      }),
      { numRuns: 2000 },
    )
  })

  test.each([
    ['a repeated tag', '00020101021252047372520473725303360'],
    ['another currency', '0002010102125303840'],
    ['a fraction of a rupiah', '0002010102125303360540510.505802ID'],
  ])('refuses %s', (_what, body) => {
    expect(() => parseQris(`${body}6304${checksum(`${body}6304`)}`)).toThrow(MalformedQris)
  })
})

describe('buildQris', () => {
  const bill = fc.sample(bills, { numRuns: 1, seed: 1 })[0] as QrisBill
  test('ends with the checksum and starts with the format', () => {
    expect(buildQris(bill)).toMatch(/^000201010212.*6304[0-9A-F]{4}$/)
  })
  test('shortens and flattens names that wallets could not show', () => {
    const named = { ...bill, merchantName: 'Studio Séni Rupa Nusantara Raya 🎨', merchantCity: '🎨' }
    expect(parseQris(buildQris(named))).toMatchObject({ merchantName: 'Studio Seni Rupa Nusantar', merchantCity: '-' })
  })
  test.each([0, -1, 1.5, Number.NaN])('refuses the amount %s', (amount) => {
    expect(() => buildQris({ ...bill, amount })).toThrow(MalformedQris)
  })
})
