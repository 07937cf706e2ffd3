// The socket behind a live page: opened with a fresh token, and opened again after every loss, with growing, random pauses.

export interface LiveNews {
  type: 'project_update' | 'payment_update' | 'system_notification'
  payload: { event: string; data: unknown }
  timestamp: string
  id: string
}
export type LiveState = 'connecting' | 'live' | 'interrupted'

export interface LiveConnection {
  /** Where the pages come from. */
  origin: string
  onState(state: LiveState): void
  /** Messages may have been missed: the connection is back after a loss, or the session has ended. */
  onGap(): void
  onNews(news: LiveNews): void
  /** Calls back when it is worth trying at once: the network is back, the page is looked at. Returns how to stop. */
  onWake(again: () => void): () => void
  /** Uniform in [0, 1). */
  random?: () => number
}

/** In milliseconds. */
const shortest = 500
const longest = 30_000

/** Opens the connection; returns how to end it. */
export function openLive({ origin, onState, onGap, onNews, onWake, random = Math.random }: LiveConnection): () => void {
  let socket: WebSocket | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let opening = false
  let failures = 0
  let opened = false
  let stopped = false

  async function open() {
    clearTimeout(timer)
    timer = undefined
    opening = true
    try {
      const answer = await fetch(new URL('/api/websocket/token', origin), { headers: { accept: 'application/json' } })
      // Signed out elsewhere: the pages' guard leads to the sign-in page.
      if (answer.status === 401) return onGap()
      if (!answer.ok) throw new Error(`token: ${answer.status}`)
      const { token, csrf } = (await answer.json()) as { token: string; csrf: string }
      if (stopped) return
      // The origin of the page, not the address the server believes it has: the two differ behind some proxies.
      const address = new URL('/ws', origin)
      address.protocol = address.protocol.replace('http', 'ws')
      address.searchParams.set('token', token)
      address.searchParams.set('csrf', csrf)
      listenTo(new WebSocket(address))
    } catch {
      retry()
    } finally {
      opening = false
    }
  }
  function listenTo(made: WebSocket) {
    socket = made
    made.addEventListener('open', () => {
      failures = 0
      onState('live')
      if (opened) onGap()
      opened = true
    })
    made.addEventListener('message', ({ data }) => {
      const news = JSON.parse(String(data)) as Partial<LiveNews>
      if (news.type && news.payload) onNews(news as LiveNews)
    })
    made.addEventListener('close', () => {
      socket = undefined
      retry()
    })
  }
  function retry() {
    if (stopped || timer) return
    onState('interrupted')
    const pause = Math.min(longest, shortest * 2 ** failures++)
    timer = setTimeout(() => void open(), pause * (0.5 + random() / 2))
  }
  const asleep = onWake(() => {
    if (stopped || socket) return
    failures = 0
    if (!opening) void open()
  })
  void open()
  return () => {
    stopped = true
    clearTimeout(timer)
    socket?.close()
    asleep()
  }
}
