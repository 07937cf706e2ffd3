import { expect, it } from 'vitest'
import { createSessionCookie } from './session-cookie.ts'

it('is bound to the host over https, and works on plain localhost', () => {
  const until = new Date('2026-12-01T00:00:00Z')
  expect(createSessionCookie('https://agency.example').open('abc', until)).toBe(
    '__Host-jasaweb=abc; Path=/; HttpOnly; SameSite=Lax; Secure; Expires=Tue, 01 Dec 2026 00:00:00 GMT',
  )
  expect(createSessionCookie('http://localhost:3000').open('abc', until)).toBe(
    'jasaweb=abc; Path=/; HttpOnly; SameSite=Lax; Expires=Tue, 01 Dec 2026 00:00:00 GMT',
  )
  expect(createSessionCookie('https://agency.example').close()).toBe(
    '__Host-jasaweb=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0',
  )
})

it('finds its own value among others', () => {
  const { read } = createSessionCookie('http://localhost:3000')
  expect(read('theme=dark; jasaweb=abc=; locale=id')).toBe('abc=')
  expect(read('notjasaweb=1; xjasaweb=2; __Host-jasaweb=3')).toBeUndefined()
  expect(read('')).toBeUndefined()
  expect(read(null)).toBeUndefined()
})
