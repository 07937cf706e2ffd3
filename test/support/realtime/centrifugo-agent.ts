// An agent of the Centrifugo protocol: a position in each channel, from which it recovers.
import { Agent } from './agents.ts'
import type { Line } from './agents.ts'
import { mayRead, ownChannels } from './accounts.ts'
import type { Ticket } from './accounts.ts'

interface Publication {
  offset: number
}
interface Subscribed {
  epoch: string
  offset: number
  was_recovering?: boolean
  recovered?: boolean
  publications: Publication[]
}
interface Reply {
  id?: number
  error?: { code: number; message: string }
  connect?: { client: string; subs: Record<string, Subscribed> }
  subscribe?: Subscribed
  push?: { channel: string; pub?: Publication; unsubscribe?: { code: number } }
}
/** What it has of a channel: everything after `base` up to `position`. */
interface Track {
  base: number
  position: number
  epoch: string
  got: number[]
  joined: boolean
}

export class CentrifugoAgent extends Agent {
  readonly #tracks = new Map<string, Track>()
  #asked = new Map<number, { channel: string; from: number | undefined }>()
  #ids = 0

  protected address(): string {
    return `ws://127.0.0.1:${this.around.port}/connection/websocket`
  }

  want(channel: string): void {
    if (this.wanted.has(channel)) return
    this.wanted.add(channel)
    if (this.line?.entered && !ownChannels(this.#reader(this.line)).includes(channel)) this.#subscribe(channel)
  }
  drop(channel: string): void {
    if (!this.wanted.delete(channel) || !this.line?.entered) return
    if (ownChannels(this.#reader(this.line)).includes(channel)) return
    const track = this.#tracks.get(channel)
    if (track) track.joined = false
    this.send({ id: ++this.#ids, unsubscribe: { channel } })
  }
  async refresh(): Promise<void> {
    const { line } = this
    if (!line?.entered || line.ticket.generation !== this.account.generation) return
    const ticket = await this.around.ticket(this.account)
    if (this.line !== line) return
    this.send({ id: ++this.#ids, refresh: { token: ticket.token } })
    line.ticket = ticket
  }
  rightsChanged(): void {
    // It keeps its positions: should it be let in again, it has a right to all of them.
  }

  lack(): string | null {
    if (!this.line?.entered) return `${this.name} is not there`
    for (const channel of this.readable()) {
      const track = this.#tracks.get(channel)
      if (!track?.joined) return `${this.name} does not read ${channel}`
      const owed = this.around
        .events()
        .filter(({ position, channels }) => position > track.base && channels.includes(channel))
      const lack = difference(
        track.got,
        owed.map(({ position }) => position),
      )
      if (lack !== null || track.got.length < owed.length)
        return `${this.name} in ${channel} since ${track.base}: ${lack ?? 'lacks the end'}`
    }
    return null
  }

  protected opened(line: Line): void {
    for (const track of this.#tracks.values()) track.joined = false
    this.#asked = new Map()
    const since = ownChannels(this.#reader(line)).flatMap((channel) => {
      const track = this.#tracks.get(channel)
      return track ? [[channel, { recover: true, offset: track.position, epoch: track.epoch }] as const] : []
    })
    this.send({ id: ++this.#ids, connect: { token: line.ticket.token, subs: Object.fromEntries(since) } })
  }

  protected took(line: Line, text: string): void {
    for (const part of text.split('\n')) {
      const reply = JSON.parse(part) as Reply
      if (reply.push) this.#pushed(line, reply.push)
      else if (reply.connect) this.#connected(line, reply.connect)
      else this.#answered(line, reply)
    }
  }
  #connected(line: Line, { client, subs }: NonNullable<Reply['connect']>): void {
    line.id = client
    line.entered = true
    for (const [channel, subscribed] of Object.entries(subs)) this.#joined(line, channel, subscribed)
    this.#subscribe(...[...this.wanted].filter((channel) => !Object.hasOwn(subs, channel)))
  }
  #subscribe(...channels: string[]): void {
    this.send(...channels.map((channel) => this.#subscription(channel)))
  }
  #subscription(channel: string): object {
    const track = this.#tracks.get(channel)
    this.#asked.set(++this.#ids, { channel, from: track?.position })
    const since = track ? { recover: true, offset: track.position, epoch: track.epoch } : {}
    return { id: this.#ids, subscribe: { channel, ...since } }
  }
  #answered(line: Line, { id = 0, error, subscribe }: Reply): void {
    const asked = this.#asked.get(id)
    this.#asked.delete(id)
    if (error) {
      // Its token is out of date: it gets another.
      if (error.code === 109) return line.socket.terminate()
      if (asked && error.code === 103 && !mayRead(this.#reader(line), asked.channel)) return
      return this.violated(`was refused ${asked?.channel ?? 'something'}: ${error.code} ${error.message}`)
    }
    if (!asked || !subscribe) return
    this.#joined(line, asked.channel, subscribe)
    // It has unsubscribed since.
    const track = this.#tracks.get(asked.channel)
    if (track && ![...this.wanted].includes(asked.channel)) track.joined = false
  }

  #joined(line: Line, channel: string, { epoch, offset, publications, ...reply }: Subscribed): void {
    const known = this.#tracks.get(channel)
    const asked = known?.position ?? (channel === `user:${this.account.user}` ? this.#inbox() : undefined)
    if (asked !== undefined && reply.was_recovering !== true) this.violated(`did not recover ${channel}`)
    if (reply.recovered === false && asked !== undefined && asked >= this.around.forgotten())
      this.violated(`was told that ${channel} cannot be recovered from ${asked}`)
    const whole = reply.recovered === true && asked !== undefined
    if (!whole && publications.length > 0) this.violated(`was sent a part of ${channel}`)
    const track = whole && known ? known : { base: whole ? asked : offset, position: 0, epoch, got: [], joined: false }
    if (track !== known) track.position = track.base
    this.#tracks.set(channel, track)
    track.joined = true
    for (const publication of publications) this.#got(line, channel, track, publication)
    if (offset < track.position) this.violated(`was told ${offset} of ${channel} and sent ${track.position}`)
    track.position = offset
  }
  #inbox = () => this.around.inbox(this.account.user)

  #pushed(line: Line, { channel, pub, unsubscribe }: NonNullable<Reply['push']>): void {
    if (unsubscribe) return this.violated(`was unsubscribed from ${channel} with ${unsubscribe.code}`)
    const track = this.#tracks.get(channel)
    if (!pub) return
    this.checkRight(line, pub.offset, [channel])
    if (track?.joined) this.#got(line, channel, track, pub)
  }
  #got(line: Line, channel: string, track: Track, { offset }: Publication): void {
    this.checkRight(line, offset, [channel])
    if (offset <= track.position) this.violated(`was sent ${offset} of ${channel} after ${track.position}`)
    track.position = offset
    track.got.push(offset)
  }
  #reader = ({ ticket }: { ticket: Ticket }) => ({ user: this.account.user, role: ticket.role })
}

/** As they may stand in a failure: not thousands. */
function difference(got: readonly number[], owed: readonly number[]): string | null {
  const at = owed.findIndex((position, index) => got[index] !== position)
  if (at < 0 && got.length <= owed.length) return null
  const from = at < 0 ? owed.length : at
  const some = (positions: readonly number[]) => positions.slice(from, from + 4).join(', ') || 'nothing'
  return `has ${got.length} of ${owed.length}: from ${from} on ${some(got)} instead of ${some(owed)}`
}
