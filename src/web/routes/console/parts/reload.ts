// Keeps pages fresh whose matter is not pushed over the live connection: mail on its way, the state of readers.
import { useEffect, useRef } from 'react'
import { useRevalidator } from 'react-router'

/** Asks again every second, or as often as is said in milliseconds, only while somebody looks. */
export function useReload(every = 1_000): void {
  const { revalidate, state } = useRevalidator()
  const latest = useRef({ revalidate, state })
  useEffect(() => {
    latest.current = { revalidate, state }
  }, [revalidate, state])
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible' && latest.current.state === 'idle') void latest.current.revalidate()
    }, every)
    return () => clearInterval(timer)
  }, [every])
}
