// The time as the page shows it: the server's during the first rendering, so that server and browser agree; then the
// browser's, corrected by the difference between the two clocks.
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useReader } from '../reader.ts'

/** Milliseconds since the epoch; renders again every `every` milliseconds. */
export function useNow(every: number): number {
  const served = new Date(useReader().now).getTime()
  const [now, setNow] = useState(served)
  useEffect(() => {
    // The reader of a page that was served a while ago (from the browser's memory) gets a correct clock at its next loading.
    const offset = served - Date.now()
    const timer = setInterval(() => setNow(Date.now() + (Math.abs(offset) > 5000 ? offset : 0)), every)
    return () => clearInterval(timer)
  }, [served, every])
  return now
}

const never = () => () => undefined
/** False on the server and while the page is not alive yet; a control that needs JavaScript shows itself only then. */
export function useAlive(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}
