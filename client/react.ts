// React hooks over the client. However many components use them, a page has one connection: it is there while somebody needs it.
import { useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react'
import {
  createClient,
  type ChannelName,
  type Client,
  type ClientOptions,
  type ClientStats,
  type Handler,
  type LiveMessage,
  type State,
  type SubscribeOptions,
} from './client.ts'

export interface WebSocketOptions extends Pick<
  ClientOptions,
  'autoReconnect' | 'reconnectInterval' | 'heartbeatInterval' | 'tokenRefreshInterval'
> {
  /** The page's own unless given. Of that the options of the first component count. */
  client?: Client
  onMessage?: Handler<LiveMessage>
  /** Messages were missed that cannot be had any more. */
  onGap?: () => void
}
export interface WebSocketHandle {
  /** `connecting` until it was live for the first time. */
  state: State
  lastMessage: LiveMessage | null
  /** Returns how to unsubscribe; call it when the effect that subscribed ends. */
  subscribe(channel: ChannelName, handler: Handler<LiveMessage>, options?: SubscribeOptions): () => void
  ack(id: string): void
  stats(): ClientStats
  client: Client
}

let shared: Client | undefined
const pageClient = (options: ClientOptions = {}): Client => (shared ??= createClient(options))

/** How many components need a client; it closes a moment after the last, so that the next page may take it over. */
const users = new WeakMap<Client, { count: number; closing?: ReturnType<typeof setTimeout> }>()
const patience = 1_000

function hold(client: Client): () => void {
  const used = users.get(client) ?? { count: 0 }
  users.set(client, used)
  used.count += 1
  clearTimeout(used.closing)
  if (used.count === 1) client.connect()
  return () => {
    used.count -= 1
    if (used.count === 0) used.closing = setTimeout(() => client.close(), patience)
  }
}

export function useWebSocket(options: WebSocketOptions = {}): WebSocketHandle {
  const { client: given, onMessage, onGap, ...settings } = options
  const [own] = useState(() => (given ? undefined : pageClient(settings)))
  const client = given ?? own ?? pageClient(settings)
  const [lastMessage, setLastMessage] = useState<LiveMessage | null>(null)
  // Before the first effect nobody has asked for a connection yet.
  const state = useSyncExternalStore(
    client.onState,
    () => (users.has(client) ? client.state : 'connecting'),
    () => 'connecting' as const,
  )
  const heard = useEffectEvent((message: LiveMessage) => {
    setLastMessage(message)
    return onMessage?.(message)
  })
  const missed = useEffectEvent(() => onGap?.())
  useEffect(() => {
    const ends = [client.onMessage((message) => heard(message)), client.onGap(() => missed()), hold(client)]
    return () => {
      for (const end of ends) end()
    }
  }, [client])
  const { subscribe, ack, stats } = client
  return { state, lastMessage, subscribe, ack, stats, client }
}

/** What the connection counts, read anew each second while somebody looks. Opens no connection. */
export function useRealtimeStats(given?: Client): ClientStats {
  const [client] = useState(() => given ?? pageClient())
  const [stats, setStats] = useState(() => client.stats())
  useEffect(() => {
    const timer = setInterval(() => setStats(client.stats()), 1_000)
    return () => clearInterval(timer)
  }, [client])
  return stats
}
