import fc from 'fast-check'
import { expect, it } from 'vitest'
import { splitLinks } from './links.ts'

it('links an address and leaves the full stop of its sentence alone', () => {
  expect(splitLinks('Lihat https://contoh.id/baru. Terima kasih')).toEqual([
    { text: 'Lihat ', href: null },
    { text: 'https://contoh.id/baru', href: 'https://contoh.id/baru' },
    { text: '. Terima kasih', href: null },
  ])
})
it('links nothing that could run: only http and https', () => {
  expect(splitLinks('javascript:alert(1) data:text/html,x').every(({ href }) => href === null)).toBe(true)
})
it('loses no character and makes only web links, whatever the text', () => {
  const word = fc.oneof(
    fc.string(),
    fc.webUrl(),
    fc.constantFrom('http://', 'https://[', 'javascript:x', '\n', '.', 'HTTP://A.B)'),
  )
  fc.assert(
    fc.property(fc.array(word), (words) => {
      const text = words.join(' ')
      const parts = splitLinks(text)
      expect(parts.map((part) => part.text).join('')).toBe(text)
      for (const { href } of parts) if (href !== null) expect(href).toMatch(/^https?:\/\//)
    }),
  )
})
