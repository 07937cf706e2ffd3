// Rows of links that scroll sideways on a phone begin with the current one in sight.
import { useEffect, useRef } from 'react'
import { useLocation } from 'react-router'

/** `row` is a selector of the scrolling rows; looked at again when the address changes. */
export function useCurrentInSight(row: string): void {
  const { key } = useLocation()
  const seen = useRef('')
  useEffect(() => {
    if (seen.current === key) return
    seen.current = key
    for (const box of document.querySelectorAll<HTMLElement>(row)) {
      const link = box.querySelector<HTMLElement>('[aria-current]:not([aria-current="false"])')
      if (!link || box.scrollWidth <= box.clientWidth) continue
      const { left, width } = link.getBoundingClientRect()
      box.scrollLeft += left + width / 2 - (box.getBoundingClientRect().left + box.clientWidth / 2)
    }
  }, [row, key])
}
