// Keeps pages fresh whose matter is not pushed over the live connection: mail on its way, the state of readers.
import { useEffect, useRef } from 'react'
import { useRevalidator } from 'react-router'
import { useLive } from '../../../ui/live.tsx'

/**
 * Asks again every second, or as often as is said in milliseconds, only while somebody looks and the server can be reached:
 * what stands there is worth more than a page that says it failed. The live connection reloads the page when it is back.
 */
export function useReload(every = 1_000): void {
  const { revalidate, state } = useRevalidator()
  const interrupted = useLive().state === 'interrupted'
  const latest = useRef({ revalidate, idle: false })
  useEffect(() => {
    latest.current = { revalidate, idle: state === 'idle' && !interrupted }
  }, [revalidate, state, interrupted])
  useEffect(() => {
    const timer = setInterval(() => {
      const { idle, revalidate: ask } = latest.current
      if (!idle || document.visibilityState !== 'visible') return
      void reachable().then((answers) => answers && latest.current.idle && void ask())
    }, every)
    return () => clearInterval(timer)
  }, [every])
}

/** Asked before a loader: one that cannot be reached would put a fault in the place of the page. */
export async function reachable(): Promise<boolean> {
  if (!navigator.onLine) return false
  const look = { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(5_000) } as const
  return fetch('/favicon.svg', look).then(
    ({ ok }) => ok,
    () => false,
  )
}
