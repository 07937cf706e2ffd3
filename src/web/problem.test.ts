import { isRouteErrorResponse } from 'react-router'
import { expect, it } from 'vitest'
import { InvalidInput, NotFound, TooManyRequests } from '../platform/contract/problem.ts'
import { PageProblem, adoptProblem, nullIfGone, problemOf } from './problem.ts'

it('adopts what an operation throws, with all that a form needs', () => {
  const errors = [{ pointer: '/email', detail: 'Invalid email address' }]
  const problem = adoptProblem(InvalidInput.because('No.', { errors }))
  expect(problem).toMatchObject({
    status: 422,
    data: { code: 'invalid_input', detail: 'No.', errors, retryAfter: null },
  })
  expect(problem?.is(NotFound, InvalidInput)).toBe(true)
  expect(problem?.is(NotFound)).toBe(false)
  expect(adoptProblem(TooManyRequests.because(undefined, { retryAfter: 7 }))?.data.retryAfter).toBe(7)
})
it('becomes the error page of its status', () => {
  expect(isRouteErrorResponse(PageProblem.notFound())).toBe(true)
  expect(isRouteErrorResponse(adoptProblem(NotFound.because()))).toBe(true)
})
it('leaves every other error alone', () => {
  const fault = new TypeError('x is undefined')
  for (const error of [fault, 'text', null, Object.assign(new Error('no'), { type: {}, details: {} })])
    expect(adoptProblem(error)).toBeNull()
  expect(() => problemOf(fault)).toThrow(fault)
  const problem = PageProblem.notFound()
  expect(problemOf(problem)).toBe(problem)
})

it('lets a page do without what is gone, and without nothing else', () => {
  expect(nullIfGone(PageProblem.notFound())).toBeNull()
  const down = new PageProblem(503, 'Unavailable', { code: 'unavailable', detail: null, errors: [], retryAfter: 5 })
  expect(() => nullIfGone(down)).toThrow(down)
  const fault = new TypeError('x is undefined')
  expect(() => nullIfGone(fault)).toThrow(fault)
})
