import { describe, expect, test } from 'vitest'
import { ManualClock, systemClock } from './clock.ts'

describe('ManualClock', () => {
  test('stands still until it is advanced', async () => {
    const clock = new ManualClock('2026-11-23T00:00:00Z')
    let woken = false
    void clock.wait(1_000).then(() => (woken = true))
    await clock.advance(999)
    expect(woken).toBe(false)
    await clock.advance(1)
    expect(woken).toBe(true)
    expect(clock.now()).toEqual(new Date('2026-11-23T00:00:01Z'))
  })

  test('wakes sleepers in the order in which they are due, at their own time', async () => {
    const clock = new ManualClock(0)
    const woken: [string, number][] = []
    void clock.wait(20).then(() => woken.push(['later', clock.now().getTime()]))
    void clock.wait(10).then(() => woken.push(['sooner', clock.now().getTime()]))
    await clock.advance(100)
    expect(woken).toEqual([
      ['sooner', 10],
      ['later', 20],
    ])
  })

  test('wakes a loop as often as its pauses fit into the span', async () => {
    const clock = new ManualClock(0)
    let turns = 0
    void (async () => {
      for (;;) {
        await clock.wait(10)
        turns++
      }
    })()
    await clock.advance(100)
    expect(turns).toBe(10)
  })

  test('an aborted wait rejects with an AbortError and leaves nothing behind', async () => {
    const clock = new ManualClock()
    const stop = new AbortController()
    const wait = clock.wait(10, stop.signal)
    expect(clock.waiting).toBe(1)
    stop.abort()
    await expect(wait).rejects.toMatchObject({ name: 'AbortError' })
    await expect(clock.wait(10, stop.signal)).rejects.toMatchObject({ name: 'AbortError' })
    expect(clock.waiting).toBe(0)
  })

  test('can jump without waking anybody', async () => {
    const clock = new ManualClock(1_000)
    const wait = clock.wait(10)
    clock.set(0)
    expect(clock.now().getTime()).toBe(0)
    expect(clock.waiting).toBe(1)
    await clock.advance(1_010)
    await wait
  })
})

test('the system clock rejects an aborted wait in the same way', async () => {
  const stop = new AbortController()
  const wait = systemClock.wait(60_000, stop.signal)
  stop.abort()
  await expect(wait).rejects.toMatchObject({ name: 'AbortError' })
})
