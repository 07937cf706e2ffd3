import fc from 'fast-check'
import { expect, it } from 'vitest'
import { destination, localPath } from './guard.ts'

it.each(['/portal', '/portal/projects/1?tab=files', '/', '/pesan/ringkasan#top'])('leads back to %s', (path) => {
  expect(localPath(path)).toBe(path)
})
it.each([
  '//evil.test',
  '/\\evil.test',
  '/\t/evil.test',
  'https://evil.test',
  'javascript:alert(1)',
  'portal',
  '',
  '/a\nb',
  null,
])('does not lead to %j', (path) => {
  expect(localPath(path)).toBeNull()
  expect(destination(path, 'client')).toBe('/portal')
  expect(destination(path, 'admin')).toBe('/console')
})
it('never leads to another host, whatever is asked for', () => {
  const piece = fc.constantFrom(
    '/',
    '\\',
    '//',
    '@',
    ':',
    '.',
    '%2f',
    '%5c',
    '\t',
    '\n',
    'evil.test',
    'http',
    '?',
    '#',
    ' ',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(piece, { maxLength: 8 }).map((all) => `/${all.join('')}`),
      ),
      (path) => {
        const place = localPath(path)
        if (place !== null) expect(new URL(place, 'https://jasaweb.test').host).toBe('jasaweb.test')
      },
    ),
    { numRuns: 2000 },
  )
})
