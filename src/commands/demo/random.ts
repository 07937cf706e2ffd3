// Chance that can be repeated: the same seed gives the same numbers. Not for anything that must not be guessed.

/** Uniform in [0, 1) (mulberry32, Tommy Ettinger 2017). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export interface Chance {
  /** Uniform in [0, 1). */
  fraction(): number
  /** A whole number from `low` up to and including `high`. */
  whole(low: number, high: number): number
  /** One of the items; throws when there is none. */
  pick<T>(items: readonly T[]): T
  /** True in `share` (0 to 1) of all cases. */
  happens(share: number): boolean
  /** The items in another order. */
  shuffled<T>(items: readonly T[]): T[]
}

export function chance(random: () => number): Chance {
  const whole = (low: number, high: number) => low + Math.floor(random() * (high - low + 1))
  return {
    fraction: random,
    whole,
    pick(items) {
      if (items.length === 0) throw new Error('there is nothing to choose from')
      return items[whole(0, items.length - 1)] as (typeof items)[number]
    },
    happens: (share) => random() < share,
    shuffled(items) {
      const left = [...items]
      for (let last = left.length - 1; last > 0; last--) {
        const other = whole(0, last)
        ;[left[last], left[other]] = [left[other] as (typeof left)[number], left[last] as (typeof left)[number]]
      }
      return left
    },
  }
}
