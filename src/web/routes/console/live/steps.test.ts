import { expect, it } from 'vitest'
import { endOfDay, startOfDay, stepsOf } from './steps.ts'

const now = Date.parse('2026-11-28T08:30:00Z')
const byHour = [
  { hour: '2026-11-28T07:00:00.000Z', messages: 3 },
  { hour: '2026-11-27T17:00:00.000Z', messages: 4 },
  { hour: '2026-11-27T16:00:00.000Z', messages: 5 },
]

it('begins and ends days in the zone of the agency', () => {
  expect([startOfDay('2026-11-28'), endOfDay('2026-11-28')]).toEqual([
    '2026-11-27T17:00:00.000Z',
    '2026-11-28T17:00:00.000Z',
  ])
})
it('gives each of the last 24 hours a step, also those without messages', () => {
  const { unit, steps } = stepsOf(byHour, { now })
  expect([unit, steps.length, steps[0]?.at, steps.at(-1)]).toEqual([
    'hour',
    24,
    '2026-11-27T09:00:00.000Z',
    { at: '2026-11-28T08:00:00.000Z', messages: 0 },
  ])
  expect(steps.filter(({ messages }) => messages > 0).map(({ messages }) => messages)).toEqual([5, 4, 3])
})
it('shows the hours of one day, none of them to come', () => {
  const { unit, steps } = stepsOf(byHour, { from: startOfDay('2026-11-28'), to: endOfDay('2026-11-28'), now })
  expect([unit, steps[0], steps.at(-1)?.at]).toEqual([
    'hour',
    { at: '2026-11-27T17:00:00.000Z', messages: 4 },
    '2026-11-28T08:00:00.000Z',
  ])
})
it('shows days where hours would be too many', () => {
  const { unit, steps } = stepsOf(byHour, { from: startOfDay('2026-11-25'), now })
  expect(unit).toBe('day')
  expect(steps).toEqual([
    { at: '2026-11-24T17:00:00.000Z', messages: 0 },
    { at: '2026-11-25T17:00:00.000Z', messages: 0 },
    { at: '2026-11-26T17:00:00.000Z', messages: 5 },
    { at: '2026-11-27T17:00:00.000Z', messages: 7 },
  ])
})
it('shows no more than what is counted, and nothing of a time to come', () => {
  expect(stepsOf([], { to: endOfDay('2026-11-28'), now }).steps.length).toBe(31)
  expect(stepsOf([], { from: startOfDay('2026-12-24'), now }).steps).toEqual([])
})
