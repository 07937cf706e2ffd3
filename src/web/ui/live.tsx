// Keeps a page up to date: one socket for the whole layout; on a message the route's loaders run again, however many messages
// arrive at once. After a gap they run too, since messages may have been missed.
import { createContext, use, useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react'
import { useRevalidator } from 'react-router'
import { openLive, type LiveNews, type LiveState } from './live-connection.ts'
import { LiveRegion } from './live-region.tsx'

export type { LiveNews, LiveState }

type Listener = (news: LiveNews) => void
interface Live {
  state: LiveState
  listen(listener: Listener): () => void
}
const LiveContext = createContext<Live>({ state: 'connecting', listen: () => () => undefined })

/** Messages that arrive within this time cause one reload, in milliseconds. */
const gather = 120

/** `announce` turns a message into a sentence for screen readers; null says nothing. */
export function LiveProvider({
  children,
  announce,
}: {
  children: ReactNode
  announce?: (news: LiveNews) => string | null
}) {
  const [state, setState] = useState<LiveState>('connecting')
  const [said, setSaid] = useState('')
  const { revalidate } = useRevalidator()
  const listeners = useRef(new Set<Listener>())
  const reload = useEffectEvent(() => void revalidate())
  const tell = useEffectEvent((news: LiveNews) => {
    const sentence = announce?.(news)
    if (sentence) setSaid(sentence)
    for (const listener of listeners.current) listener(news)
  })

  useEffect(() => {
    let pending: ReturnType<typeof setTimeout> | undefined
    const reloadSoon = () => {
      pending ??= setTimeout(() => {
        pending = undefined
        reload()
      }, gather)
    }
    const stop = openLive({
      origin: location.origin,
      onState: setState,
      onGap: reloadSoon,
      onNews(news) {
        reloadSoon()
        tell(news)
      },
      onWake: whenAwake,
    })
    return () => {
      clearTimeout(pending)
      stop()
    }
  }, [])

  const [listen] = useState(() => (listener: Listener) => {
    listeners.current.add(listener)
    return () => void listeners.current.delete(listener)
  })
  return (
    <LiveContext value={{ state, listen }}>
      {children}
      <LiveRegion>{said}</LiveRegion>
    </LiveContext>
  )
}

/** The state of the connection; `onNews` is called with every message. */
export function useLive(onNews?: Listener): { state: LiveState } {
  const { state, listen } = use(LiveContext)
  const heard = useEffectEvent((news: LiveNews) => onNews?.(news))
  useEffect(() => listen((news) => heard(news)), [listen])
  return { state }
}

function whenAwake(again: () => void): () => void {
  const look = () => {
    if (document.visibilityState === 'visible') again()
  }
  addEventListener('online', look)
  document.addEventListener('visibilitychange', look)
  return () => {
    removeEventListener('online', look)
    document.removeEventListener('visibilitychange', look)
  }
}
