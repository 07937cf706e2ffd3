import { expect, it } from 'vitest'
import { lastHours, lineOf, MOST_SAMPLES, sizeOf, withSample } from './timeline.ts'

const sample = (at: number) => ({ at, connections: at, messages: 0 })

it('keeps the last five minutes, one sample a moment', () => {
  let samples = withSample([], sample(1))
  samples = withSample(samples, { ...sample(1), connections: 9 })
  expect(samples).toEqual([{ at: 1, connections: 9, messages: 0 }])
  for (let at = 2; at < 500; at++) samples = withSample(samples, sample(at))
  expect([samples.length, samples.at(-1)?.at]).toEqual([MOST_SAMPLES, 499])
})
it('draws a line whose newest point is at the right, and whose highest is at the top', () => {
  const points = lineOf([0, 5, 10], { width: 149, height: 42 })
    .split(' ')
    .map((point) => point.split(',').map(Number))
  expect(points).toEqual([
    [147, 41],
    [148, 21],
    [149, 1],
  ])
  expect(lineOf([], { width: 149, height: 42 })).toBe('')
})
it('writes sizes by thousands', () => {
  const write = (bytes: number) => sizeOf(bytes, String)
  expect([0, 999, 1_536, 250_000, 12_345_678].map(write)).toEqual(['0 B', '999 B', '1.5 kB', '250 kB', '12.3 MB'])
})
it('gives every hour a bar, also those without messages', () => {
  const now = new Date('2026-11-28T08:30:00Z').getTime()
  const hours = lastHours([{ hour: '2026-11-28T07:00:00.000Z', messages: 3 }], now, 3)
  expect(hours).toEqual([
    { hour: '2026-11-28T06:00:00.000Z', messages: 0 },
    { hour: '2026-11-28T07:00:00.000Z', messages: 3 },
    { hour: '2026-11-28T08:00:00.000Z', messages: 0 },
  ])
})
