import { useState } from 'react'

/** Whether the value has ever been another one than when the page was opened: what changed under the reader's eyes shows it. */
export function useChanged(value: string): boolean {
  const [first] = useState(value)
  const [changed, setChanged] = useState(false)
  if (!changed && value !== first) setChanged(true)
  return changed
}
