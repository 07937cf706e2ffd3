/** Case and surrounding space do not matter: the point is to stop, not to spell. */
export const sameWords = (typed: string, expected: string): boolean =>
  typed.trim().replaceAll(/\s+/g, ' ').toLowerCase() === expected.trim().replaceAll(/\s+/g, ' ').toLowerCase()
