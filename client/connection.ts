// A connection that outlives its transports: opens them, opens others after a loss, takes up where the last one ended, and
// keeps the token fresh. Messages leave it in order, each once.
import { openLine, Refusal, type Line, type Notice } from './line.ts'
import type { LiveMessage } from './message.ts'
import { streamFrom } from './stream.ts'
import { addressOf, isFinal, TokenRefused, type Ticket, type Tickets } from './tickets.ts'
import { createAlarm, pause, type Timing } from './timing.ts'
import { lost, type Ending, type OpenTransport, type TransportName } from './transport.ts'
import { webSocketTo } from './websocket.ts'

/** `closed` is where it begins, and where it ends when it will not come back by itself. */
export type State = 'connecting' | 'live' | 'interrupted' | 'closed'

export interface ConnectionOptions {
  /** Where the server is; asked at each opening. */
  base(ticket: Ticket): string
  tickets: Tickets
  transports: readonly TransportName[]
  Socket: typeof WebSocket | undefined
  fetch: typeof fetch
  timing: Timing
  autoReconnect: boolean
  reconnectInterval: number
  heartbeat: number
  /** Milliseconds between renewals of the token; by its life unless given. */
  refreshInterval: number | undefined
  /** Called as soon as a line is there, before anything is recovered; recovery waits for it. */
  enter(line: Line): Promise<void>
  leave(): void
  live(line: Line): void
  state(state: State, ending?: Ending): void
  message(message: LiveMessage): void
  /** Messages may be missing; `anew` when earlier ids mean nothing any more. */
  gap(anew: boolean): void
  notice(notice: Notice): void
  heard(bytes: number): void
  latency(milliseconds: number): void
}

export interface Connection {
  readonly state: State
  readonly transport: TransportName | null
  connect(): void
  close(): void
  /** It is worth trying at once: the network is back, or somebody looks. */
  wake(): void
}

const longest = 20_000
/** Milliseconds after which a connection counts as a good one, and the next pause is short again. */
const steady = 10_000
/** Milliseconds in which a connection that is suspected to be dead must answer. */
const doubtful = 5_000
/** Failed openings after which server-sent events are tried: of a WebSocket that never worked, and of one that did. */
const patienceNew = 2
const patienceKnown = 5

/** A token of the second in which its owner's rights have changed is refused like those from before: the next one is later. */
const mostRefusals = 2
const sameSecond = 1_500

const signedOut: Ending = { code: 3500, reason: 'signed out' }
const isLast = ({ code }: Ending) => (code >= 3500 && code < 4000) || (code >= 4500 && code < 5000)

export function createConnection(options: ConnectionOptions): Connection {
  const { timing, tickets, transports } = options
  const retry = createAlarm(timing)
  const refresh = createAlarm(timing)
  let state: State = 'closed'
  let line: Line | undefined
  let transport: TransportName | null = null
  /** Grows with each attempt; what belongs to an earlier one is out of date. */
  let turn = 0
  let asking = false
  let failures = 0
  let liveSince: number | undefined
  /** What the server asked for before it closes. */
  let comeBackIn: number | undefined
  /** Tokens refused one after the other, each asked for anew. */
  let refusals = 0
  let deaf = { failures: 0, known: false, streams: false }
  /** Everything up to `cursor` of the log `epoch` was received; `last` was the last message. */
  let cursor: number | undefined
  let epoch = ''
  let last = 0

  function become(next: State, ending?: Ending): void {
    if (state === next) return
    state = next
    options.state(next, ending)
  }
  function hangUp(): void {
    turn += 1
    asking = false
    line?.end()
    line = undefined
    transport = null
    refresh.clear()
    retry.clear()
    options.leave()
  }
  function finish(ending?: Ending): void {
    hangUp()
    become('closed', ending)
  }

  // Opening ------------------------------------------------------------------------------------------------------------

  async function attempt(): Promise<void> {
    retry.clear()
    const mine = ++turn
    asking = true
    try {
      const { ticket, fresh } = await tickets.get()
      if (mine === turn) open(ticket, fresh)
    } catch (error) {
      if (mine === turn) notOpened(error)
    }
  }
  function notOpened(error: unknown): void {
    asking = false
    const { status, retryAfter } = (error ?? {}) as Partial<TokenRefused>
    if (isFinal({ status })) finish({ ...signedOut, status: status ?? 0 })
    else again(retryAfter)
  }
  function open(ticket: Ticket, fresh: boolean): void {
    const [name, through] = choose(ticket)
    const held: LiveMessage[] = []
    let holding = true
    const mine: Line = openLine({
      open: through,
      timing,
      heartbeat: options.heartbeat,
      opened() {
        asking = false
        transport = name
        if (name === 'websocket') deaf = { failures: 0, known: true, streams: false }
        restore(mine, held).then(
          (take) => {
            if (line !== mine) return
            holding = false
            take()
          },
          () => {
            // The end of the line says it, too; anything else that was refused is worth another one.
            if (line === mine) ended(lost, true, fresh, name)
          },
        )
      },
      message: (message) => (holding ? void held.push(message) : deliver(message)),
      notice(notice) {
        if (notice.type === 'reconnect') comeBackIn = notice.after ?? 0
        else options.notice(notice)
      },
      heard: options.heard,
      latency: options.latency,
      ended: (ending, opened) => ended(ending, opened, fresh, name),
    })
    line = mine
  }
  function choose(ticket: Ticket): [TransportName, OpenTransport] {
    const base = options.base(ticket)
    const at = (path: string, more: Record<string, string> = {}) => {
      const address = addressOf(base, path)
      for (const [key, value] of Object.entries(more)) address.searchParams.set(key, value)
      return address
    }
    const shown = { token: ticket.token, csrf: ticket.csrf }
    const { Socket } = options
    if (Socket && transports.includes('websocket') && !(deaf.streams && transports.includes('sse'))) {
      const address = at('ws', shown)
      address.protocol = address.protocol.replace('http', 'ws')
      return ['websocket', webSocketTo(Socket, address)]
    }
    return [
      'sse',
      streamFrom(options.fetch, { events: at('connection/sse', shown), commands: at('emulation') }, timing),
    ]
  }

  // Taking up where the last one ended ------------------------------------------------------------------------------------

  /** Resolves to what hands on everything that was missed: all channels at once, so that the order is that of the log. */
  async function restore(on: Line, held: LiveMessage[]): Promise<() => void> {
    await options.enter(on)
    const at = await resumed(on)
    return () => {
      // Also when a log was set back to an earlier state: its positions are given out again.
      const anew = epoch !== '' && (at.epoch !== epoch || (at.recovered === false && Number(at.id) < last))
      epoch = at.epoch ?? ''
      if (anew) last = 0
      liveSince = timing.now()
      refusals = 0
      options.live(on)
      become('live')
      if (at.recovered === false) options.gap(anew)
      for (const message of held.toSorted((a, b) => Number(a.id) - Number(b.id))) {
        // A handler may have closed it.
        if (line !== on) return
        deliver(message)
      }
      cursor = Math.max(last, Number(at.id))
      if (line === on) renewLater(on, at.expiresIn)
    }
  }
  async function resumed(on: Line): Promise<Notice> {
    for (;;) {
      try {
        const since = cursor === undefined ? {} : { id: String(cursor), epoch }
        return await on.ask({ type: 'resume', ...since })
      } catch (error) {
        if (!(error instanceof Refusal) || !error.temporary) throw error
        await pause(timing, error.retryAfter)
      }
    }
  }
  function deliver(message: LiveMessage): void {
    const id = Number(message.id)
    if (id <= last) return
    last = id
    cursor = Math.max(cursor ?? 0, id)
    options.message(message)
  }

  // The end of a transport ------------------------------------------------------------------------------------------------

  function ended(ending: Ending, opened: boolean, fresh: boolean, name: TransportName): void {
    hangUp()
    if (liveSince !== undefined && timing.now() - liveSince >= steady) failures = 0
    liveSince = undefined
    const tokenRefused = ending.code === 3500 || isFinal(ending)
    if (tokenRefused && refusals < mostRefusals && options.autoReconnect) {
      tickets.drop()
      return soon(refusals++ === 0 ? 0 : sameSecond)
    }
    if (tokenRefused || isLast(ending)) return finish(ending)
    // Rights have changed, the token has run out, or it was refused without a word.
    if (ending.code === 3014 || ending.code === 3005 || !opened) tickets.drop()
    if (!opened && fresh) tryOther(name)
    again(ending.retryAfter ?? comeBackIn)
  }
  function tryOther(name: TransportName): void {
    if (name === 'sse') deaf.streams = false
    else if (++deaf.failures >= (deaf.known ? patienceKnown : patienceNew)) {
      deaf.streams = true
      failures = 0
    }
  }
  function again(pause?: number): void {
    comeBackIn = undefined
    if (!options.autoReconnect) return finish(lost)
    const most = Math.min(longest, options.reconnectInterval * 2 ** failures++)
    // What the server asks for comes on top: it told everybody the same.
    soon((pause ?? 0) + timing.random() * most)
  }
  function soon(milliseconds: number): void {
    become('interrupted')
    retry.set(milliseconds, () => void attempt())
  }

  // The token -------------------------------------------------------------------------------------------------------------

  function renewLater(on: Line, expiresIn = 0): void {
    const due = options.refreshInterval ?? expiresIn * 800
    if (due > 0) refresh.set(due, () => void renew(on))
  }
  async function renew(on: Line): Promise<void> {
    try {
      const { token } = await tickets.renew()
      const { expiresIn } = await on.ask({ type: 'refresh', token })
      if (line === on) renewLater(on, expiresIn)
    } catch (error) {
      if (line !== on) return
      if (error instanceof TokenRefused && isFinal(error)) return finish({ ...signedOut, status: error.status })
      // There is some time left; after that the server closes, and it begins anew.
      refresh.set(1_000 + timing.random() * 4_000, () => void renew(on))
    }
  }

  return {
    get state() {
      return state
    },
    get transport() {
      return transport
    },
    connect() {
      if (state !== 'closed') return
      failures = 0
      refusals = 0
      deaf = { failures: 0, known: false, streams: false }
      become('connecting')
      void attempt()
    },
    close: () => finish(),
    wake() {
      if (state === 'closed') return
      if (line && !asking) return line.probe(doubtful)
      // A token refused twice is worth another only later.
      if (line || asking || refusals === mostRefusals) return
      failures = 0
      void attempt()
    },
  }
}
