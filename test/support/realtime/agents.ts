// Clients that speak the two protocols over a bare WebSocket and keep book of everything: what they know, what they are owed,
// and what they should never have been sent. They come back by themselves for as long as they are wanted to be there.
import { WebSocket } from 'ws'
import type { StoredEvent } from '../../../src/platform/events/log.ts'
import type { Account, Ticket } from './accounts.ts'
import { mayRead, ownChannels } from './accounts.ts'

/** What agents know of the world without asking the gateway. */
export interface Around {
  port: number
  /** Epoch milliseconds of the gateway's clock. */
  now(): number
  ticket(account: Account): Promise<Ticket>
  /** All that was committed and is shown, in order. */
  events(): readonly StoredEvent[]
  event(position: number): StoredEvent | undefined
  /** The position of the latest event. */
  end(): number
  /** Positions below are out of reach. */
  forgotten(): number
  /** Where the user's inbox stands. */
  inbox(user: string): number
  violated(what: string): void
}

/** One connection. */
export interface Line {
  socket: WebSocket
  ticket: Ticket
  /** The connection's id at the gateway, once told. */
  id: string | undefined
  /** It has everything it asked for when it came. */
  entered: boolean
}

const GRACE_MS = 25_000
const PAUSE_MS = 2

export abstract class Agent {
  readonly name: string
  readonly account: Account
  readonly around: Around
  readonly wanted = new Set<string>()
  line: Line | undefined
  #up = false
  #opening = false

  constructor(name: string, account: Account, around: Around) {
    this.name = name
    this.account = account
    this.around = around
  }

  /** What differs from what it is owed; null when nothing does. */
  abstract lack(): string | null
  abstract want(channel: string): void
  abstract drop(channel: string): void
  /** Shows a newer token on the same connection. */
  abstract refresh(): Promise<void>
  /** Its user's rights have changed. */
  abstract rightsChanged(): void
  protected abstract address(ticket: Ticket): string
  protected abstract opened(line: Line): void
  protected abstract took(line: Line, text: string): void

  connect(): void {
    this.#up = true
    if (!this.line && !this.#opening) void this.#open()
  }
  leave(): void {
    this.#up = false
    this.cut()
  }
  cut(): void {
    this.line?.socket.terminate()
  }
  /** Several go in one frame. */
  protected send(...documents: object[]): void {
    const { socket } = this.line ?? {}
    if (socket?.readyState === WebSocket.OPEN && documents.length > 0)
      socket.send(documents.map((document) => JSON.stringify(document)).join('\n'))
  }
  protected violated(what: string): void {
    this.around.violated(`${this.name}: ${what}`)
  }
  /** Channels it should be reading now. */
  protected readable(): string[] {
    return [...new Set([...ownChannels(this.account), ...this.wanted])].filter((channel) =>
      mayRead(this.account, channel),
    )
  }
  /** A message came that the rights of this connection do not cover. */
  protected checkRight(line: Line, position: number, channels: readonly string[]): void {
    const { role, generation } = line.ticket
    if (!channels.some((channel) => mayRead({ user: this.account.user, role }, channel)))
      this.violated(`was sent ${position} of ${channels.join(', ')}, which it may not read`)
    const ended = this.account.ends.get(generation)
    if (ended !== undefined && position > ended)
      this.violated(`was sent ${position} although its connection ended at ${ended}`)
  }

  async #open(): Promise<void> {
    this.#opening = true
    const ticket = await this.around.ticket(this.account)
    this.#opening = false
    if (!this.#up) return
    const socket = new WebSocket(this.address(ticket))
    const line: Line = { socket, ticket, id: undefined, entered: false }
    this.line = line
    socket.on('open', () => this.opened(line))
    socket.on('message', (data: Buffer) => {
      if (this.line === line) this.took(line, data.toString())
    })
    socket.on('error', () => undefined)
    socket.on('close', (code) => this.#closed(line, code))
  }
  #closed(line: Line, code: number): void {
    this.line = undefined
    const { until, generation } = line.ticket
    if (code === 3005 && this.around.now() < until * 1000 + GRACE_MS) this.violated('was sent away with a good token')
    if (code === 3501) this.violated('was told that it made a bad request')
    // Only who was slow, or whose rights ended, is sent away.
    if ((code === 3500 || code === 3503 || code === 3014) && !this.account.ends.has(generation))
      this.violated(`was sent away with ${code} for no reason`)
    setTimeout(() => this.#up && this.connect(), PAUSE_MS)
  }
}
