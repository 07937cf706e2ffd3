import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { step, type Direction } from './keys.ts'

describe('a step through a board', () => {
  it('begins at the first row there is', () => {
    expect(step([0, 2], null, 'down')).toEqual([1, 0])
    expect(step([], null, 'down')).toBeNull()
    expect(step([0, 0], null, 'right')).toBeNull()
  })
  it('goes up and down within a column and stops at its ends', () => {
    expect(step([3], [0, 1], 'down')).toEqual([0, 2])
    expect(step([3], [0, 2], 'down')).toBeNull()
    expect(step([3], [0, 0], 'up')).toBeNull()
  })
  it('steps over empty columns and stays within shorter ones', () => {
    expect(step([4, 0, 2], [0, 3], 'right')).toEqual([2, 1])
    expect(step([4, 0, 2], [2, 1], 'left')).toEqual([0, 1])
    expect(step([4, 0, 0], [0, 0], 'right')).toBeNull()
  })
  it('never leaves the board', () => {
    const sizes = fc.array(fc.nat(5), { maxLength: 6 })
    const direction = fc.constantFrom<Direction>('up', 'down', 'left', 'right')
    fc.assert(
      fc.property(sizes, fc.array(direction), (sizes, moves) => {
        let at: [number, number] | null = null
        for (const move of moves) at = step(sizes, at, move) ?? at
        if (at) expect(at[1]).toBeLessThan(sizes[at[0]] ?? 0)
      }),
    )
  })
})
