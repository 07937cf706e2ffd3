import { expect, it } from 'vitest'
import { closing, notClosed } from './closed.ts'

const one = { id: '01a220fc-917f-7343-822f-e5d0e31843d7' }
const two = { id: '01a220fc-9132-72c5-8cff-07d5e3891dd4' }
const kept = (cookie: string) => cookie.split(';')[0] ?? ''

it('leaves out what was closed, among other cookies', () => {
  const cookies = `locale=id; ${kept(closing(one.id, '', false))}; theme=dark`
  expect(notClosed([one, two], cookies)).toEqual([two])
  expect(notClosed([one, two], kept(closing(two.id, cookies, false)))).toEqual([])
})
it('leaves out nothing of a reader without cookies', () => {
  expect(notClosed([one, two], null)).toEqual([one, two])
  expect(notClosed([one, two], 'closed_announcements=')).toEqual([one, two])
})
it('remembers the newest few, each once', () => {
  let cookie = ''
  for (let at = 0; at < 30; at++) cookie = kept(closing(`${one.id.slice(0, -2)}${10 + at}`, cookie, false))
  cookie = kept(closing(`${one.id.slice(0, -2)}39`, cookie, false))
  expect(
    cookie
      .split('=')[1]
      ?.split('.')
      .map((mark) => mark.slice(-2)),
  ).toEqual(Array.from({ length: 20 }, (_, at) => String(20 + at)))
})
it('is sent over an encrypted connection alone where there is one', () => {
  expect(closing(one.id, '', true)).toMatch(/; Secure$/)
  expect(closing(one.id, '', false)).toMatch(/; SameSite=Lax$/)
})
