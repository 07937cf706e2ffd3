import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openEventWorld, write } from '../../../test/support/event-world.ts'
import type { EventWorld } from '../../../test/support/event-world.ts'
import { numberOf } from '../../../test/support/events.ts'

let world: EventWorld
beforeEach(async () => {
  world = await openEventWorld()
})
afterEach(() => world.end())

class Refused extends Error {}

/** A reader that needs somebody else, who is away at first and cannot stand some numbers. */
function dependent() {
  const other = { away: true, tried: 0 }
  const reader = world.log.startReader({
    name: 'dependent',
    attempts: Infinity,
    isHopeless: (error) => error instanceof Refused,
    async handle(event, tx) {
      other.tried++
      if (other.away) throw new Error('nobody there')
      if (numberOf(event) === 13) throw new Refused('not this one')
      await write(tx, 'dependent', numberOf(event))
    },
  })
  return { other, reader }
}

it('waits for as long as the outage takes, looking every half minute or so, and then loses nothing', async () => {
  const { other } = dependent()
  await world.append(1, 2, 3)
  for (let attempt = 1; attempt <= 40; attempt++) {
    await vi.waitFor(async () =>
      expect(await world.stateOf('dependent')).toMatchObject({ attempts: attempt, parked: 0 }),
    )
    const { retryAt } = (await world.stateOf('dependent'))!
    expect(retryAt!.getTime() - world.clock.now().getTime()).toBeLessThanOrEqual(37_500)
    if (attempt === 40) other.away = false
    await vi.waitFor(() => expect(world.clock.waiting).toBe(1))
    await world.clock.advance(37_500)
  }
  await vi.waitFor(async () => expect(await world.handled('dependent')).toEqual([1, 2, 3]))
})

it('parks at once what cannot be mended', async () => {
  const { other } = dependent()
  other.away = false
  await world.append(12, 13, 14)
  await vi.waitFor(async () => expect(await world.handled('dependent')).toEqual([12, 14]))
  expect(await world.log.parked('dependent')).toMatchObject([{ attempts: 1, error: 'Error: not this one' }])
})
