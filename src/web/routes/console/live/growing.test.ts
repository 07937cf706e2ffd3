import { expect, it } from 'vitest'
import { extended, refreshed } from './growing.ts'

const part = (ids: string, nextCursor: string | null) => ({ data: [...ids].map((id) => ({ id })), nextCursor })

it('grows at its end by what it asked for, each once', () => {
  expect(extended(part('fed', 'd'), part('dcb', 'b'), 'd')).toEqual(part('fedcb', 'b'))
  expect(extended(part('fed', 'd'), part('a', null), 'd')).toEqual(part('feda', null))
})
it('takes an answer to an earlier question for nothing new', () => {
  const known = part('fedcb', 'b')
  expect(extended(known, part('cb', 'b'), 'd')).toBe(known)
  expect(extended(part('a', null), part('b', 'b'), undefined)).toEqual(part('a', null))
})
it('grows at its top and loses nothing between the first page and the next', () => {
  expect(refreshed(part('fedcb', 'b'), part('hgf', 'f'))).toEqual(part('hgfedcb', 'b'))
})
it('begins anew where the top no longer touches what is known', () => {
  expect(refreshed(part('cb', 'b'), part('zyx', 'x'))).toEqual(part('zyx', 'x'))
  expect(refreshed(part('cb', 'b'), part('', null))).toEqual(part('', null))
})
