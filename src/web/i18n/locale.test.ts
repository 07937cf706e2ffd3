import fc from 'fast-check'
import { expect, it } from 'vitest'
import { chooseLocale, localeCookieOf, negotiateLocale } from './locale.ts'

it.each([
  [null, 'id'],
  ['', 'id'],
  ['en', 'en'],
  ['en-US,en;q=0.9', 'en'],
  ['id-ID,id;q=0.9,en;q=0.8', 'id'],
  ['en;q=0.8, id;q=0.9', 'id'],
  ['fr, en;q=0.2', 'en'],
  ['fr, de;q=0.9', 'id'],
  ['in', 'id'],
  ['en;q=0, *;q=0.5', 'id'],
  ['id;q=0, *;q=0.5', 'en'],
  ['*', 'id'],
  ['id;q=0.5, en;q=0.5', 'id'],
  ['EN-gb', 'en'],
])('answers Accept-Language %j in %s', (header, locale) => {
  expect(negotiateLocale(header)).toBe(locale)
})
it('follows an explicit choice before the header, and only a language that is offered', () => {
  expect(chooseLocale('en', 'id')).toBe('en')
  expect(chooseLocale('id', 'en')).toBe('id')
  expect(chooseLocale('fr', 'en')).toBe('en')
})
it('takes any header without failing, and the better weighted language', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (header) =>
      ['id', 'en'].includes(negotiateLocale(header)),
    ),
  )
  const weight = fc.integer({ min: 1, max: 1000 }).map((thousandths) => thousandths / 1000)
  fc.assert(
    fc.property(weight, weight, (id, en) => {
      expect(negotiateLocale(`en;q=${en}, id;q=${id}`)).toBe(en > id ? 'en' : 'id')
    }),
  )
})
it('marks the cookie secure where the site is', () => {
  expect(localeCookieOf('en', 'https://jasaweb.test')).toMatch(/^locale=en; .*; Secure$/)
  expect(localeCookieOf('id', 'http://localhost:3000')).not.toContain('Secure')
})
