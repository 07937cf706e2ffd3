import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ManualClock } from '../clock.ts'
import { guard, revivalDelay } from './guard.ts'

/** A patient whose life and whose revivals the test decides, and the guard that watches it. */
function watched(failures: number) {
  const clock = new ManualClock()
  const stopping = new AbortController()
  const patient = { alive: true, failures, lost: 0, revivals: 0, retries: [] as number[] }
  const done = guard(
    {
      alive: () => patient.alive,
      lost: () => (patient.lost += 1),
      async revive() {
        if (patient.failures-- > 0) throw new Error('not yet')
        patient.revivals += 1
        patient.alive = true
      },
      failed: (_, retryIn) => patient.retries.push(retryIn),
    },
    clock,
    stopping.signal,
  )
  const pass = (ms: number) => clock.advance(ms)
  return { patient, pass, stop: () => (stopping.abort(), done) }
}

test('what lives is left alone', async () => {
  const { patient, pass, stop } = watched(0)
  for (let i = 0; i < 5; i += 1) await pass(1_000)
  await stop()
  expect([patient.lost, patient.revivals]).toEqual([0, 0])
})

test('the first death is answered at once, further ones soon after it more slowly', async () => {
  const { patient, pass, stop } = watched(0)
  patient.alive = false
  await pass(100)
  expect([patient.lost, patient.revivals]).toEqual([1, 1])
  patient.alive = false
  await pass(100)
  expect([patient.lost, patient.revivals]).toEqual([2, 1])
  await pass(revivalDelay(1))
  expect(patient.revivals).toBe(2)
  await pass(61_000)
  patient.alive = false
  await pass(100)
  expect([patient.lost, patient.revivals]).toEqual([3, 3])
  await stop()
})

test('failed revivals are repeated with growing pauses, and told', async () => {
  const { patient, pass, stop } = watched(4)
  patient.alive = false
  await pass(100)
  for (const troubles of [1, 2, 3, 4]) await pass(revivalDelay(troubles))
  expect(patient.retries).toEqual([100, 200, 400, 800])
  expect([patient.lost, patient.revivals]).toEqual([1, 1])
  await stop()
})

test('nothing is revived once the watch has been called off', async () => {
  const { patient, pass, stop } = watched(1)
  patient.alive = false
  await pass(100)
  await stop()
  expect(patient.revivals).toBe(0)
})

test('the pause never shrinks and never exceeds five seconds', () => {
  fc.assert(
    fc.property(fc.nat(2_000), (troubles) => {
      expect(revivalDelay(troubles + 1)).toBeGreaterThanOrEqual(revivalDelay(troubles))
      expect(revivalDelay(troubles)).toBeLessThanOrEqual(5_000)
    }),
  )
})
