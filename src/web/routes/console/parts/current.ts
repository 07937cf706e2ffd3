// Rows of links that scroll sideways on a phone begin with the current one in sight.
import { useEffect } from 'react'

/** `row` is a selector of the scrolling row; runs again whenever `current` changes. */
export function useCurrentInSight(row: string, current: string): void {
  useEffect(() => {
    for (const box of document.querySelectorAll<HTMLElement>(row)) {
      const link = box.querySelector<HTMLElement>('[aria-current]:not([aria-current="false"])')
      if (!link || box.scrollWidth <= box.clientWidth) continue
      const { left, width } = link.getBoundingClientRect()
      box.scrollLeft += left + width / 2 - (box.getBoundingClientRect().left + box.clientWidth / 2)
    }
  }, [row, current])
}
