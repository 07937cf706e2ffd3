// The time as the page shows it: the server's during the first rendering, so that server and browser agree; then the
// browser's, corrected by the difference between the two clocks.
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useReader } from '../reader.ts'

/** A browser's clock that differs by less is believed. */
const tolerance = 5000
/**
 * The difference between the clocks, taken in the moment the server's time arrived. It must be remembered: pages that are
 * opened later in the same document still hold that time, and it would look as if the browser's clock were fast.
 */
let corrected: { served: number; by: number } | undefined

function correctionFor(served: number): number {
  if (corrected?.served !== served) {
    const by = served - Date.now()
    corrected = { served, by: Math.abs(by) > tolerance ? by : 0 }
  }
  return corrected.by
}

/** Milliseconds since the epoch; renders again every `every` milliseconds. */
export function useNow(every: number): number {
  const served = new Date(useReader().now).getTime()
  const [now, setNow] = useState(() => (corrected?.served === served ? Date.now() + corrected.by : served))
  useEffect(() => {
    const correction = correctionFor(served)
    const timer = setInterval(() => setNow(Date.now() + correction), every)
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
