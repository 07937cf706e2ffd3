// A stretch of time, cut into the whole hours in it, which are counted already, and what is left at its ends. Pure.

export interface Span {
  from: Date
  /** Not part of it any more; absent while it goes on. */
  to?: Date | undefined
}

const HOUR = 3_600_000

export function cut({ from, to }: Span): { whole: Span | null; parts: Required<Span>[] } {
  if (to && to <= from) return { whole: null, parts: [] }
  const first = new Date(Math.ceil(from.getTime() / HOUR) * HOUR)
  const end = to && new Date(Math.floor(to.getTime() / HOUR) * HOUR)
  if (to && end && end <= first) return { whole: null, parts: [{ from, to }] }
  const parts = [{ from, to: first }, ...(to && end ? [{ from: end, to }] : [])].filter((part) => part.from < part.to)
  return { whole: { from: first, to: end }, parts }
}

export const hourOf = (time: Date): Date => new Date(Math.floor(time.getTime() / HOUR) * HOUR)
