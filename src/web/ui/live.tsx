// Keeps a page up to date: one socket for the whole layout; on a message the route's loaders run again, however many messages
// arrive at once. After a gap they run too, since messages may have been missed.
import { createContext, use, useEffect, useRef, useState, type ReactNode } from 'react'
import { useRevalidator } from 'react-router'
import { LiveRegion } from './live-region.tsx'

export interface LiveNews {
  type: 'project_update' | 'payment_update' | 'system_notification'
  payload: { event: string; data: unknown }
  timestamp: string
  id: string
}
export type LiveState = 'connecting' | 'live' | 'interrupted'

interface Live {
  state: LiveState
  listen(listener: (news: LiveNews) => void): () => void
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
  const listeners = useRef(new Set<(news: LiveNews) => void>())
  const latest = useRef({ revalidate, announce })
  latest.current = { revalidate, announce }

  useEffect(() => {
    let pending: ReturnType<typeof setTimeout> | undefined
    const reload = () => {
      pending ??= setTimeout(() => {
        pending = undefined
        void latest.current.revalidate()
      }, gather)
    }
    const stop = connect({
      onState: setState,
      onGap: reload,
      onNews(news) {
        reload()
        const sentence = latest.current.announce?.(news)
        if (sentence) setSaid(sentence)
        for (const listener of listeners.current) listener(news)
      },
    })
    return () => {
      clearTimeout(pending)
      stop()
    }
  }, [])

  const [live] = useState(() => ({
    listen(listener: (news: LiveNews) => void) {
      listeners.current.add(listener)
      return () => void listeners.current.delete(listener)
    },
  }))
  return (
    <LiveContext value={{ ...live, state }}>
      {children}
      <LiveRegion>{said}</LiveRegion>
    </LiveContext>
  )
}

/** The state of the connection; `onNews` is called with every message. */
export function useLive(onNews?: (news: LiveNews) => void): { state: LiveState } {
  const { state, listen } = use(LiveContext)
  const latest = useRef(onNews)
  latest.current = onNews
  useEffect(() => listen((news) => latest.current?.(news)), [listen])
  return { state }
}

interface Connection {
  onState(state: LiveState): void
  /** The connection is back after it was lost. */
  onGap(): void
  onNews(news: LiveNews): void
}

/** Opens the socket and keeps opening it, with growing, random pauses. Returns how to stop. */
function connect({ onState, onGap, onNews }: Connection): () => void {
  let socket: WebSocket | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let opened = false
  let stopped = false

  async function open() {
    clearTimeout(timer)
    timer = undefined
    try {
      const answer = await fetch('/api/websocket/token', { headers: { accept: 'application/json' } })
      // Signed out elsewhere: the loaders' guard leads to the sign-in page.
      if (answer.status === 401) return onGap()
      if (!answer.ok) throw new Error(`token: ${answer.status}`)
      const { token, csrf, url } = (await answer.json()) as { token: string; csrf: string; url: string }
      if (stopped) return
      const address = new URL(url, location.href)
      address.protocol = address.protocol.replace('http', 'ws')
      address.searchParams.set('token', token)
      address.searchParams.set('csrf', csrf)
      listenTo(new WebSocket(address))
    } catch {
      retry()
    }
  }
  function listenTo(made: WebSocket) {
    socket = made
    made.onopen = () => {
      failures = 0
      onState('live')
      if (opened) onGap()
      opened = true
    }
    made.onmessage = ({ data }) => {
      const news = JSON.parse(String(data)) as LiveNews
      if (news.payload) onNews(news)
    }
    made.onclose = () => {
      socket = undefined
      retry()
    }
  }
  function retry() {
    if (stopped || timer) return
    onState('interrupted')
    const pause = Math.min(30_000, 500 * 2 ** failures++)
    timer = setTimeout(() => void open(), pause * (0.5 + Math.random() / 2))
  }
  function atOnce() {
    if (stopped || socket || document.visibilityState === 'hidden') return
    failures = 0
    void open()
  }
  addEventListener('online', atOnce)
  document.addEventListener('visibilitychange', atOnce)
  void open()
  return () => {
    stopped = true
    clearTimeout(timer)
    socket?.close()
    removeEventListener('online', atOnce)
    document.removeEventListener('visibilitychange', atOnce)
  }
}
