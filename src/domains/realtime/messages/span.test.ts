import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cut } from './span.ts'

const HOUR = 3_600_000
const time = (text: string) => new Date(`2026-11-23T${text}:00.000Z`)

it('needs nothing anew for whole hours', () => {
  expect(cut({ from: time('03:00'), to: time('05:00') })).toEqual({
    whole: { from: time('03:00'), to: time('05:00') },
    parts: [],
  })
  expect(cut({ from: time('03:00') })).toEqual({ whole: { from: time('03:00'), to: undefined }, parts: [] })
})
it('leaves the parts of hours at both ends', () => {
  expect(cut({ from: time('03:20'), to: time('05:10') })).toEqual({
    whole: { from: time('04:00'), to: time('05:00') },
    parts: [
      { from: time('03:20'), to: time('04:00') },
      { from: time('05:00'), to: time('05:10') },
    ],
  })
  expect(cut({ from: time('03:20') }).parts).toEqual([{ from: time('03:20'), to: time('04:00') }])
})
it('holds every moment of the stretch once and no other', () => {
  const moment = fc.integer({ min: 0, max: 6 * HOUR })
  fc.assert(
    fc.property(moment, fc.option(moment, { nil: undefined }), moment, (from, to, at) => {
      const { whole, parts } = cut({ from: new Date(from), to: to === undefined ? undefined : new Date(to) })
      const within = (span: { from: Date; to?: Date | undefined }) =>
        at >= span.from.getTime() && (span.to === undefined || at < span.to.getTime())
      const holding = [...(whole ? [whole] : []), ...parts].filter(within)
      expect(holding).toHaveLength(at >= from && (to === undefined || at < to) ? 1 : 0)
      for (const edge of [whole?.from, whole?.to]) expect((edge?.getTime() ?? 0) % HOUR).toBe(0)
    }),
  )
})
