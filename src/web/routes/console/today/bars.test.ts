import { describe, expect, it } from 'vitest'
import { barsOf, changeOf } from './bars.ts'

const box = { width: 40, height: 10 }

describe('bars', () => {
  it('reach the top with the most and stand on the ground', () => {
    const bars = barsOf([5, 10, 0, 0], box)
    expect(bars.map(({ height }) => height)).toEqual([5, 10, 0.75, 0.75])
    expect(bars.every(({ y, height }) => y + height === 10)).toBe(true)
    expect(bars.map(({ x }) => x)).toEqual([0, 10, 20, 30])
  })
  it('show the smallest value above nothing', () => {
    const [small, nothing] = barsOf([1, 0, 1_000_000], box)
    expect(small?.height).toBeGreaterThan(nothing?.height ?? Infinity)
  })
  it('lie flat when there is nothing at all', () => {
    expect(new Set(barsOf([0, 0], box).map(({ height }) => height))).toEqual(new Set([0.75]))
    expect(barsOf([], box)).toEqual([])
  })
})

describe('change', () => {
  it('is whole percent, with its direction', () => {
    expect(changeOf(150, 100)).toBe(50)
    expect(changeOf(0, 100)).toBe(-100)
  })
  it('is unknown after nothing', () => expect(changeOf(10, 0)).toBeNull())
})
