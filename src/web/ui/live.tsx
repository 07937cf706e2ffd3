// Keeps a page up to date: one connection for the whole layout; on a message the route's loaders run again, however many
// messages arrive at once. After a gap they run too, since messages were missed. What a page has shown counts as received.
import { createContext, use, useEffect, useEffectEvent, useMemo, useRef, useState, type ReactNode } from 'react'
import { useRevalidator } from 'react-router'
import { useWebSocket } from '../../../client/react.ts'
import { LiveRegion } from './live-region.tsx'

export interface LiveNews {
  type: 'project_update' | 'payment_update' | 'system_notification'
  payload: { event: string; data: unknown }
  timestamp: string
  id: string
}
/** `interrupted` also when it will not come back by itself. */
export type LiveState = 'connecting' | 'live' | 'interrupted'

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
  const [said, setSaid] = useState('')
  const listeners = useRef(new Set<Listener>())
  const reloadSoon = useReload()
  const { state } = useWebSocket({
    onMessage(news) {
      reloadSoon()
      const sentence = announce?.(news)
      if (sentence) setSaid(sentence)
      for (const listener of listeners.current) listener(news)
    },
    onGap: reloadSoon,
  })
  // Signed out elsewhere, say: the pages' guard leads to the sign-in.
  useEffect(() => {
    if (state === 'closed') reloadSoon()
  }, [state, reloadSoon])

  const [listen] = useState(() => (listener: Listener) => {
    listeners.current.add(listener)
    return () => void listeners.current.delete(listener)
  })
  const live = useMemo(() => ({ state: state === 'closed' ? 'interrupted' : state, listen }) as const, [state, listen])
  return (
    <LiveContext value={live}>
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

/** Runs the loaders of the page again, a moment later. */
function useReload(): () => void {
  const { revalidate } = useRevalidator()
  const latest = useRef(revalidate)
  const pending = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    latest.current = revalidate
  }, [revalidate])
  useEffect(() => () => clearTimeout(pending.current), [])
  const [reloadSoon] = useState(() => () => {
    pending.current ??= setTimeout(() => {
      pending.current = undefined
      void latest.current()
    }, gather)
  })
  return reloadSoon
}
