import { expect, it } from 'vitest'
import { ceilingOf, durationOf, lineOf, sizeOf, SPAN, unmeasured, withSample } from './timeline.ts'

const sample = (at: number) => ({ at, connections: at, messages: 0 })

it('keeps the last five minutes, one sample a moment', () => {
  let samples = withSample([], sample(1_000))
  samples = withSample(samples, { ...sample(1_000), connections: 9 })
  expect(samples).toEqual([{ at: 1_000, connections: 9, messages: 0 }])
  for (let at = 2_000; at <= SPAN + 3_000; at += 2_000) samples = withSample(samples, sample(at))
  expect([samples[0]?.at, samples.at(-1)?.at]).toEqual([2_000, SPAN + 2_000])
})
it('draws a line whose newest point is at the right, and whose highest is at the top', () => {
  const samples = [0, 5, 10].map((value, at) => ({ at: 1_000_000 + at * (SPAN / 4), value }))
  expect(lineOf(samples, 10, { width: 400, height: 42 })).toEqual([
    [200, 41],
    [300, 21],
    [400, 1],
  ])
  expect(lineOf([], 1, { width: 400, height: 42 })).toEqual([])
})
it('leaves the time that was not seen empty', () => {
  const samples = [
    { at: 0, value: 1 },
    { at: SPAN * 0.75, value: 1 },
    { at: SPAN, value: 1 },
  ]
  expect(lineOf(samples, 1, { width: 100, height: 10 }).map(([x]) => x)).toEqual([0, 75, 100])
})
it('measures by ends that seldom change', () => {
  expect([[], [0.3], [3], [17], [50], [51], [640]].map(ceilingOf)).toEqual([1, 1, 5, 20, 50, 100, 1_000])
})
it('knows what was not measured', () => {
  expect([unmeasured({ p99: 0 }), unmeasured({ p99: 0.1 })]).toEqual([true, false])
})
it('writes sizes by thousands', () => {
  const write = (bytes: number) => sizeOf(bytes, String)
  expect([0, 999, 1_536, 250_000, 12_345_678].map(write)).toEqual(['0 B', '999 B', '1.5 kB', '250 kB', '12.3 MB'])
})
it('writes times as exactly as they matter', () => {
  const write = (milliseconds: number) => durationOf(milliseconds, (value) => value.toFixed(1))
  expect([0.84, 27.6, 999, 34_787].map(write)).toEqual(['0.8\u00a0ms', '28.0\u00a0ms', '999.0\u00a0ms', '34.8\u00a0s'])
})
