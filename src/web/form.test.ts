import { expect, it } from 'vitest'
import { EmailTaken, LoginThrottled } from '../domains/identity/contract.ts'
import { InvalidInput } from '../platform/contract/problem.ts'
import { explain, refused, secret, text } from './form.ts'
import { adoptProblem, problemOf } from './problem.ts'

const texts = { email: 'The address is not complete.', password: 'Too short.' }

it('puts the sentence of each wrong field beside it and keeps what was typed', () => {
  const problem = problemOf(
    adoptProblem(
      InvalidInput.because(undefined, {
        errors: [
          { pointer: '/email', detail: 'x' },
          { pointer: '/unknown', detail: 'x' },
        ],
      }),
    ),
  )
  const { data, init } = refused(problem, { email: 'budi@' }, texts)
  expect(data).toMatchObject({
    values: { email: 'budi@' },
    errors: { email: texts.email },
    message: 'Periksa kolom yang ditandai',
  })
  expect(data.errors).not.toHaveProperty('password')
  expect(init).toMatchObject({ status: 422 })
})
it('explains any other problem as a whole', () => {
  const { data } = refused(problemOf(adoptProblem(EmailTaken.because())), {}, texts)
  expect(data).toMatchObject({ errors: {}, message: expect.stringContaining('sudah punya akun') })
})
it('says how long to wait', () => {
  expect(explain(problemOf(adoptProblem(LoginThrottled.because(undefined, { retryAfter: 45 }))))).toContain(
    'dalam 45 detik',
  )
})
it('trims what is written, but never a password', () => {
  const form = new FormData()
  form.set('name', '  Siti ')
  form.set('password', ' kopi pagi ')
  form.set('file', new Blob(['x']))
  expect([text(form, 'name'), secret(form, 'password'), text(form, 'file'), text(form, 'none')]).toEqual([
    'Siti',
    ' kopi pagi ',
    '',
    '',
  ])
})
