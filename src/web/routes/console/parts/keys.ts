// Moving through lists and boards by keyboard: J/K or the arrows go from row to row, the arrows left and right from column to
// column, `/` into the search box. A row is a link with `data-row`; a column of a board is an element with `data-column`.
import { useEffect } from 'react'

export type Direction = 'up' | 'down' | 'left' | 'right'

/**
 * Where a step leads: `[column, row]` in columns of `sizes` rows, null where it leads nowhere. From nowhere (`at` is null) the
 * first row is reached. Empty columns are stepped over.
 */
export function step(
  sizes: readonly number[],
  at: readonly [number, number] | null,
  direction: Direction,
): [number, number] | null {
  const first = sizes.findIndex((size) => size > 0)
  if (first === -1) return null
  if (at === null) return [first, 0]
  const [column, row] = at
  const size = sizes[column] ?? 0
  if (direction === 'up') return row > 0 ? [column, row - 1] : null
  if (direction === 'down') return row < size - 1 ? [column, row + 1] : null
  const by = direction === 'left' ? -1 : 1
  for (let next = column + by; next >= 0 && next < sizes.length; next += by) {
    const there = sizes[next] ?? 0
    if (there > 0) return [next, Math.min(row, there - 1)]
  }
  return null
}

const letters: Record<string, Direction> = { j: 'down', k: 'up' }
const arrows: Record<string, Direction> = { ArrowDown: 'down', ArrowUp: 'up', ArrowLeft: 'left', ArrowRight: 'right' }

/** Once, in the frame of the console. */
export function useListKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (
        event.defaultPrevented ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        !(event.target instanceof Element)
      )
        return
      const { target, key } = event
      if (target.closest('input, textarea, select, [contenteditable], [role="dialog"], [role="menu"]')) return
      if (key === '/') {
        const box = document.querySelector<HTMLInputElement>('main [data-search]')
        if (!box) return
        event.preventDefault()
        box.select()
        return
      }
      // Arrows scroll the page, unless a row has the focus.
      const direction = letters[key] ?? (target.matches('[data-row]') ? arrows[key] : undefined)
      if (direction && go(direction)) event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

function go(direction: Direction): boolean {
  const visible = (row: HTMLElement) => row.offsetParent !== null
  const rowsIn = (part: Element) => [...part.querySelectorAll<HTMLElement>('[data-row]')].filter(visible)
  const main = document.querySelector('main')
  if (!main) return false
  const parts = [...main.querySelectorAll('[data-column]')]
  const columns = parts.length > 0 ? parts.map(rowsIn) : [rowsIn(main)]
  const focused = columns.flatMap((rows, column) =>
    rows.flatMap((row, index) => (row === document.activeElement ? [[column, index] as const] : [])),
  )[0]
  const next = step(
    columns.map((rows) => rows.length),
    focused ?? null,
    direction,
  )
  if (!next) return false
  columns[next[0]]?.[next[1]]?.focus()
  return true
}
