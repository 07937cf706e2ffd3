// An agent of the plain protocol: one cursor over all channels. Whoever has a message has all before it.
import { Agent } from './agents.ts'
import type { Line } from './agents.ts'
import { mayRead, ownChannels } from './accounts.ts'
import type { Ticket } from './accounts.ts'

interface Document {
  type: string
  payload?: unknown
  ref: number
  id: string
  channel: string
  epoch: string
  connection: string
  channels: string[]
  code: number
  message: string
  recovered?: boolean
}
/** It is owed what was committed after `from`, and no more after `to`. */
interface Span {
  from: number
  to: number
}

export class PlainAgent extends Agent {
  readonly #spans = new Map<string, Span[]>()
  readonly #got: number[] = []
  #held: number[] = []
  #cursor: number | undefined
  #epoch = ''
  #last = 0
  #refs = 0
  /** Which channel a command was about. */
  readonly #asked = new Map<number, string>()

  protected address({ token, csrf }: Ticket): string {
    return `ws://127.0.0.1:${this.around.port}/ws?token=${token}&csrf=${csrf}`
  }

  want(channel: string): void {
    if (this.wanted.has(channel)) return
    this.wanted.add(channel)
    // Before it is open there is nobody to tell: `opened` will.
    if (this.line && !ownChannels(this.#reader(this.line)).includes(channel)) this.#subscribe(channel)
  }
  drop(channel: string): void {
    if (!this.wanted.delete(channel)) return
    if (ownChannels(this.account).includes(channel)) return
    this.#end(channel)
    if (this.line && !ownChannels(this.#reader(this.line)).includes(channel))
      this.send({ type: 'unsubscribe', channel, ref: ++this.#refs })
  }
  async refresh(): Promise<void> {
    const { line } = this
    if (!line?.entered || line.ticket.generation !== this.account.generation) return
    const ticket = await this.around.ticket(this.account)
    if (this.line !== line) return
    this.send({ type: 'refresh', token: ticket.token, ref: ++this.#refs })
    line.ticket = ticket
  }
  rightsChanged(): void {
    for (const channel of this.#spans.keys()) if (!mayRead(this.account, channel)) this.#end(channel)
  }

  lack(): string | null {
    if (!this.line?.entered) return `${this.name} is not there`
    const idle = this.readable().find((channel) => !this.#open(channel))
    if (idle !== undefined) return `${this.name} does not read ${idle}`
    const owed = this.around
      .events()
      .filter(({ position, channels }) =>
        channels.some((channel) => this.#spans.get(channel)?.some(({ from, to }) => position > from && position <= to)),
      )
      .map(({ position }) => position)
    const has = new Set(this.#got)
    const missing = owed.filter((position) => !has.has(position))
    if (missing.length === 0) return null
    return `${this.name}: has ${owed.length - missing.length} of ${owed.length}, not ${missing.slice(0, 4).join(', ')}`
  }

  // As the published client does it: everything again from the cursor once all channels are joined.
  protected opened(line: Line): void {
    this.#held = []
    const own = ownChannels(this.#reader(line))
    for (const channel of this.wanted) if (!own.includes(channel)) this.#subscribe(channel)
    const since = this.#cursor === undefined ? {} : { id: String(this.#cursor), epoch: this.#epoch }
    this.send({ type: 'resume', ...since, ref: ++this.#refs })
  }
  #subscribe(channel: string): void {
    // An answer to an earlier one says nothing any more.
    for (const [ref, about] of this.#asked) if (about === channel) this.#asked.delete(ref)
    this.#asked.set(++this.#refs, channel)
    this.send({ type: 'subscribe', channel, ref: this.#refs })
  }

  protected took(line: Line, text: string): void {
    const document = JSON.parse(text) as Document
    if (document.payload !== undefined) return this.#message(line, Number(document.id))
    switch (document.type) {
      case 'subscribed':
        if (line.entered && this.#asked.get(document.ref) === document.channel) this.#subscribed(document.channel)
        return
      case 'resumed':
        return this.#resumed(line, document)
      case 'error':
        if (document.code === 103 && !mayRead(this.#reader(line), this.#asked.get(document.ref) ?? '')) return
        return this.violated(`was told: ${document.code} ${document.message}`)
    }
  }
  #subscribed(channel: string): void {
    // Not when it has changed its mind since, or lost the right.
    if (this.wanted.has(channel) && mayRead(this.account, channel)) this.#begin(channel, this.around.end())
  }
  #message(line: Line, position: number): void {
    const event = this.around.event(position)
    if (!event) return this.violated(`was sent ${position}, which nobody committed`)
    this.checkRight(line, position, event.channels)
    if (!line.entered) this.#held.push(position)
    else if (position <= this.#last) this.violated(`was sent ${position} after ${this.#last}`)
    else this.#take(position)
  }
  #take(position: number): void {
    if (position <= this.#last) return
    this.#last = position
    this.#cursor = Math.max(this.#cursor ?? 0, position)
    this.#got.push(position)
  }

  #resumed(line: Line, { id, epoch, connection, recovered, channels }: Document): void {
    line.id = connection
    line.entered = true
    if (recovered === false) {
      if ((this.#cursor ?? 0) >= this.around.forgotten()) this.violated(`could not resume from ${this.#cursor}`)
      for (const channel of this.#spans.keys()) this.#end(channel)
    }
    const inbox = this.around.inbox(this.account.user)
    for (const channel of this.readable()) {
      if (this.#open(channel) || !channels.includes(channel)) continue
      const first = this.#cursor === undefined
      const mailbox = first && channel === `user:${this.account.user}` && inbox >= this.around.forgotten()
      this.#begin(channel, mailbox ? inbox : first ? this.around.end() : Number(id))
    }
    for (const position of this.#held.toSorted((a, b) => a - b)) this.#take(position)
    this.#held = []
    this.#cursor = Math.max(this.#last, Number(id))
    this.#epoch = epoch
  }

  #open = (channel: string) => this.#spans.get(channel)?.some(({ to }) => to === Infinity) ?? false
  #begin(channel: string, from: number): void {
    if (!this.#open(channel)) this.#spans.set(channel, [...(this.#spans.get(channel) ?? []), { from, to: Infinity }])
  }
  #end(channel: string): void {
    for (const span of this.#spans.get(channel) ?? []) span.to = Math.min(span.to, this.#last)
  }
  #reader = ({ ticket }: { ticket: Ticket }) => ({ user: this.account.user, role: ticket.role })
}
