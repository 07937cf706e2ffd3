// Subscribers of every kind, each writing down what it is told: the `centrifuge` client, our own, and one in thirty lines.
import { Centrifuge, State } from 'centrifuge'
import { EventSource } from 'undici'
import { WebSocket } from 'ws'
import { createClient } from '../../../client/client.ts'
import type { TransportName } from '../../../client/transport.ts'
import { realTiming } from '../../../client/timing.ts'

/** Who reads, and by what right. */
export interface Pass {
  url: string
  /** Channels that it is subscribed to by itself, and those it asks for. */
  own: string[]
  others: string[]
  ticket(): Promise<{ token: string; csrf: string; expiresIn: number }>
}
export interface Subscriber {
  kind: string
  /** The ids it was told, by the channels they came in: one list for each channel, or one for all of them. */
  told: { channels: string[]; ids: number[] }[]
  /** How often it was told that something cannot be had any more. */
  gaps: number
  /** How often it had to connect. */
  connections: number
  readonly live: boolean
  close(): void
}

const asSocket = (url: string) => url.replace('http:', 'ws:')
const PAUSE = { minReconnectDelay: 10, maxReconnectDelay: 300 }

/** The published client of Centrifugo, over a WebSocket or what replaces one. */
export function centrifuge(
  { url, own, others, ticket }: Pass,
  over: 'websocket' | 'http_stream' | 'sse' = 'websocket',
): Subscriber {
  const address = `${over === 'websocket' ? asSocket(url) : url}/connection/${over}`
  const client = new Centrifuge([{ transport: over, endpoint: address }], {
    websocket: WebSocket,
    eventsource: EventSource,
    fetch,
    emulationEndpoint: `${url}/emulation`,
    getToken: async () => (await ticket()).token,
    timeout: 2_000,
    ...PAUSE,
  })
  const told = [...own, ...others].map((channel) => ({ channels: [channel], ids: [] as number[] }))
  const joined = new Set<string>()
  const hear = (channel: string, offset: number | undefined) =>
    told.find(({ channels }) => channels[0] === channel)?.ids.push(offset ?? 0)
  const subscriber: Subscriber = {
    kind: `centrifuge over ${over}`,
    told,
    gaps: 0,
    connections: 0,
    get live() {
      return client.state === State.Connected && told.every(({ channels }) => joined.has(channels[0] ?? ''))
    },
    close: () => client.disconnect(),
  }
  const back = ({ wasRecovering, recovered }: { wasRecovering: boolean; recovered: boolean }, channel: string) => {
    joined.add(channel)
    if (wasRecovering && !recovered) subscriber.gaps += 1
  }
  client.on('connected', () => (subscriber.connections += 1))
  client.on('subscribed', (context) => back(context, context.channel))
  client.on('publication', ({ channel, offset }) => hear(channel, offset))
  for (const channel of others) {
    const subscription = client.newSubscription(channel, { minResubscribeDelay: 10, maxResubscribeDelay: 300 })
    subscription.on('subscribed', (context) => back(context, channel))
    subscription.on('publication', ({ offset }) => hear(channel, offset))
    subscription.subscribe()
  }
  client.connect()
  return subscriber
}

/** The client that we publish. */
export function published({ url, own, others, ticket }: Pass, over: TransportName = 'websocket'): Subscriber {
  const ids: number[] = []
  // Pauses grow up to twenty seconds, of which chance takes a part: here a small one.
  const timing = { ...realTiming, random: () => 0.01 + Math.random() / 100 }
  const client = createClient({ url, token: ticket, transports: [over], timing, acknowledge: false })
  const subscriber: Subscriber = {
    kind: `our client over ${over}`,
    told: [{ channels: [...own, ...others], ids }],
    gaps: 0,
    connections: 0,
    get live() {
      return client.state === 'live'
    },
    close: () => client.close(),
  }
  client.onMessage(({ id }) => ids.push(Number(id)))
  client.onGap(() => (subscriber.gaps += 1))
  client.onState((state) => state === 'live' && (subscriber.connections += 1))
  for (const channel of others) client.subscribe(channel as 'system', () => undefined)
  client.connect()
  return subscriber
}

/** Nothing but a WebSocket that names the last message it had. */
export function bare({ url, own, ticket }: Pass): Subscriber {
  const ids: number[] = []
  let cursor: string | undefined
  let epoch = ''
  let live = false
  let ended = false
  let socket: WebSocket | undefined
  const subscriber: Subscriber = {
    kind: 'a bare WebSocket',
    told: [{ channels: own, ids }],
    gaps: 0,
    connections: 0,
    get live() {
      return live
    },
    close() {
      ended = true
      socket?.terminate()
    },
  }
  async function open(): Promise<void> {
    const { token, csrf } = await ticket()
    const since = cursor === undefined ? '' : `&resume=${cursor}&epoch=${epoch}`
    socket = new WebSocket(`${asSocket(url)}/ws?token=${token}&csrf=${csrf}${since}`, { handshakeTimeout: 2_000 })
    // Without an id it only asks where it stands.
    socket.on('open', () => socket?.send('{"type":"resume"}'))
    socket.on('message', (data: Buffer) => take(JSON.parse(data.toString()) as Record<string, string>))
    socket.on('error', () => undefined)
    socket.on('close', () => {
      live = false
      if (!ended) setTimeout(() => void open(), 10 + Math.random() * 200)
    })
  }
  function take({ type, id = '', payload, ...more }: Record<string, string>): void {
    if (payload !== undefined) {
      ids.push(Number(id))
      cursor = id
    } else if (type === 'resumed') {
      epoch = more.epoch ?? ''
      cursor ??= id
      live = true
      subscriber.connections += 1
    }
  }
  void open()
  return subscriber
}
