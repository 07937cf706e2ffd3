// The bars of a small chart: pure geometry.

export interface Bar {
  x: number
  y: number
  width: number
  height: number
}

/**
 * One bar a value in a box of `width` × `height`, with a gap of a third of a bar. A value above nothing is never lower than
 * one unit, so that it can be seen; nothing is a line of `floor` units.
 */
export function barsOf(
  values: readonly number[],
  { width, height, floor = 0.75 }: { width: number; height: number; floor?: number },
): Bar[] {
  const most = Math.max(...values, 1)
  const slot = width / Math.max(1, values.length)
  return values.map((value, index) => {
    const tall = value > 0 ? Math.max(floor + 1, (value / most) * height) : floor
    return { x: index * slot, y: height - tall, width: slot * 0.75, height: tall }
  })
}

/** Change in whole percent; null where there is nothing to compare with. */
export const changeOf = (now: number, before: number): number | null =>
  before > 0 ? Math.round(((now - before) / before) * 100) : null
