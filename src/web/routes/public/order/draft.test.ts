import fc from 'fast-check'
import { expect, it } from 'vitest'
import { forgetDraft, keepDraft, readDraft, type Draft } from './draft.server.ts'

const withCookies = (headers: Headers) =>
  new Request('http://localhost/pesan', {
    headers: {
      cookie: headers
        .getSetCookie()
        .map((cookie) => cookie.split(';')[0])
        .join('; '),
    },
  })

const slug = fc.stringMatching(/^[a-z0-9]{1,12}(-[a-z0-9]{1,8})?$/)
const answer = fc.string({ unit: 'grapheme-composite', maxLength: 150 })
const draft: fc.Arbitrary<Draft> = fc.record(
  {
    plan: slug,
    template: fc.oneof(slug, fc.constant('')),
    name: fc.stringMatching(/^[A-Za-z][A-Za-z0-9 ]{0,60}[A-Za-z]$/),
    briefs: fc.dictionary(
      fc.constantFrom('company' as const, 'school' as const, 'news' as const),
      fc.dictionary(fc.constantFrom('about', 'notes', 'domain'), answer, { noNullPrototype: true }),
      { noNullPrototype: true },
    ),
  },
  { requiredKeys: ['briefs'], noNullPrototype: true },
)

it('comes back exactly as it was kept', () => {
  fc.assert(
    fc.property(draft, (written) => {
      const headers = keepDraft(written, false)
      if (headers) expect(readDraft(withCookies(headers))).toEqual(written)
    }),
  )
})
it('keeps a full brief of ordinary text, in cookies that a browser accepts', () => {
  const words =
    'Kami melayani rumah makan dan kafe di Kota Malang sejak 2011 dengan roti segar, kue pesanan, dan pengiriman pagi. '
  const about = Array.from({ length: 17 }, (_, index) => `${index + 1}. ${words}`).join('')
  const headers = keepDraft(
    {
      plan: 'company',
      name: 'Roti Ibu',
      briefs: { company: { about, services: about, audience: about, notes: about } },
    },
    true,
  )
  const cookies = headers?.getSetCookie() ?? []
  expect(cookies).toHaveLength(2)
  for (const cookie of cookies) {
    expect(cookie.length).toBeLessThan(4096)
    expect(cookie).toMatch(/Path=\/pesan; HttpOnly; SameSite=Lax; Max-Age=\d+; Secure$/)
  }
})
it('says when it is too long to be kept instead of losing a part', () => {
  const noise = Array.from({ length: 6 }, (_, index) => [
    `field${index}`,
    Array.from({ length: 2000 }, (_, at) =>
      String.fromCodePoint(0x4e00 + ((at * 7919 + index * 104_729) % 20_000)),
    ).join(''),
  ])
  expect(keepDraft({ briefs: { news: Object.fromEntries(noise) as Record<string, string> } }, false)).toBeNull()
})
it('begins again when the cookies were cut off, tampered with, or made to swell', async () => {
  const { deflateRawSync } = await import('node:zlib')
  const bomb = deflateRawSync('"'.padEnd(10_000_000, 'a')).toString('base64url').slice(0, 3800)
  const foreign = deflateRawSync(JSON.stringify({ plan: '../../etc', briefs: { company: { about: 7 } } })).toString(
    'base64url',
  )
  for (const value of ['garbage', bomb, foreign, '%00', 'e30']) {
    expect(readDraft(new Request('http://localhost/pesan', { headers: { cookie: `order0=${value}; x=y` } }))).toEqual({
      briefs: {},
    })
  }
  fc.assert(
    fc.property(fc.base64String({ maxLength: 400 }), (value) => {
      expect(
        readDraft(new Request('http://localhost/pesan', { headers: { cookie: `order0=${value}` } })),
      ).toHaveProperty('briefs')
    }),
  )
})
it('is gone once the order is placed', () => {
  expect(
    forgetDraft(false)
      .getSetCookie()
      .every((cookie) => cookie.includes('Max-Age=0')),
  ).toBe(true)
  expect(readDraft(withCookies(forgetDraft(false)))).toEqual({ briefs: {} })
})
