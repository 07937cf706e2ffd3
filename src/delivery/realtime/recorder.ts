// Remembers what the gateway does and hands it over once a second, so that no record is written on the way of a message. What
// cannot be handed over is kept and tried again, but of each kind only so much, since memory is not endless: what is left out
// is counted.
import type { Logger } from 'pino'
import type { ClosedConnection, DeliveryRecord, RecordBatch, Refusal } from '../../domains/realtime/records/contract.ts'
import type { NodeFigures, Protocol } from '../../domains/realtime/contract.ts'
import type { Close } from './codes.ts'
import type { Connection, Reader } from './connection.ts'
import type { Members, Subscription } from './hub.ts'
import type { Message } from './message.ts'
import { Quantiles } from './quantiles.ts'

const MOST_DELIVERIES = 20_000
/** Openings, and closings, that wait for a database that is away. */
const MOST_COMINGS = 50_000
/** Of different kinds and addresses. */
const MOST_REFUSALS = 10_000

export type Hop = 'log' | 'node' | 'socket' | 'ack' | 'total'

export interface RecorderOptions {
  node: RecordBatch['node']
  write(batch: RecordBatch): Promise<void>
  now: () => Date
  log: Logger
}

export class Recorder {
  readonly hops: Record<Hop, Quantiles> = {
    log: new Quantiles(),
    node: new Quantiles(),
    socket: new Quantiles(),
    ack: new Quantiles(),
    total: new Quantiles(),
  }
  readonly totals = { connects: 0, recoveredFull: 0, recoveredNone: 0, recorded: 0, unrecorded: 0 }
  readonly refusals: Record<string, number> = {}
  readonly closes: Record<string, number> = {}
  readonly #options: RecorderOptions
  #opened: RecordBatch['opened'] = []
  #joined = new Set<Connection>()
  #heard = new Set<Connection>()
  #closed: ClosedConnection[] = []
  #refused = new Map<string, Refusal>()
  #deliveries: DeliveryRecord[] = []
  #deliveredAt = new Map<number, number>()
  #handing: Promise<void> | undefined
  #unhanded: RecordBatch | undefined

  constructor(options: RecorderOptions) {
    this.#options = options
  }

  opened(connection: Connection, { userId, role }: Reader): void {
    const { id, speech, address, userAgent } = connection
    this.totals.connects += 1
    const at = this.#options.now()
    this.#keep(this.#opened, MOST_COMINGS, { id, userId, role, protocol: speech.protocol, address, userAgent, at })
    // Written down, it is of no more use here.
    connection.userAgent = null
  }

  joined(connection: Connection): void {
    this.#joined.add(connection)
  }

  heard(connection: Connection): void {
    this.#heard.add(connection)
  }

  closed(connection: Connection, { userId }: Reader, { code, reason }: Close): void {
    const { id, sent } = connection
    this.closes[code] = (this.closes[code] ?? 0) + 1
    this.#joined.delete(connection)
    this.#heard.delete(connection)
    this.#keep(this.#closed, MOST_COMINGS, { id, userId, at: this.#options.now(), code, reason, messages: sent })
  }

  refused(who: { address: string; protocol: Protocol; userId?: string | null }, code: number, reason: string): void {
    this.refusals[code] = (this.refusals[code] ?? 0) + 1
    const { address, protocol, userId = null } = who
    const key = `${address} ${protocol} ${code} ${userId}`
    const known = this.#refused.get(key)
    if (known) known.times += 1
    else if (this.#refused.size >= MOST_REFUSALS) this.totals.unrecorded += 1
    else this.#refused.set(key, { at: this.#options.now(), address, protocol, userId, code, reason, times: 1 })
  }

  recovered(full: boolean): void {
    this.totals[full ? 'recoveredFull' : 'recoveredNone'] += 1
  }

  /** A message went to all members of a channel but those left out, who are behind or had it by another channel. */
  sent(message: Message, members: Members, left: readonly Subscription[]): void {
    if (left.length < members.list.length) this.#record(message, members.channel, members.idsWithout(left))
  }

  resent(message: Message, channel: string, { id }: Connection): void {
    this.#record(message, channel, `{${id}}`)
  }

  /** It waited for a slow reader, who is gone. */
  undelivered(message: Message, channel: string, { id }: Connection): void {
    this.#record(message, channel, `{${id}}`, false)
  }

  #record({ position, type, event }: Message, channel: string, connections: string, delivered = true): void {
    const at = this.#options.now()
    this.#keep(this.#deliveries, MOST_DELIVERIES, { at, position, channel, type, event, connections, delivered })
  }
  #keep<T>(list: T[], most: number, entry: T): void {
    if (list.length >= most) this.totals.unrecorded += 1
    else list.push(entry)
  }

  /** All of a batch was handed to the sockets. `readAt` is when the log was read, by `performance.now()`. */
  delivered(messages: readonly Message[], readAt: number): void {
    const now = this.#options.now().getTime()
    const handled = performance.now() - readAt
    for (const { position, occurredAt } of messages) {
      this.hops.node.add(handled)
      this.hops.log.add(Math.max(0, now - occurredAt - handled))
      this.hops.total.add(Math.max(0, now - occurredAt))
      this.#deliveredAt.set(position, now)
    }
    if (this.#deliveredAt.size <= 4_096) return
    for (const position of this.#deliveredAt.keys()) {
      if (this.#deliveredAt.size <= 2_048) break
      this.#deliveredAt.delete(position)
    }
  }

  acknowledged({ position }: Message): void {
    const at = this.#deliveredAt.get(position)
    if (at !== undefined) this.hops.ack.add(Math.max(0, this.#options.now().getTime() - at))
  }

  /** Hands over what has come together; one batch at a time. */
  hand(figures: NodeFigures): Promise<void> {
    return (this.#handing ??= this.#handNow(figures).finally(() => (this.#handing = undefined)))
  }

  async #handNow(figures: NodeFigures): Promise<void> {
    const batch = this.#unhanded ?? this.#take(figures)
    this.#unhanded = batch
    try {
      await this.#options.write({ ...batch, figures })
      this.#unhanded = undefined
      this.totals.recorded += batch.deliveries.length
    } catch (error) {
      this.#options.log.warn({ err: error }, 'records of live connections are written later')
    }
  }

  #take(figures: NodeFigures): RecordBatch {
    const batch = {
      node: this.#options.node,
      at: this.#options.now(),
      figures,
      opened: this.#opened,
      channels: [...this.#joined].map((connection) => ({ id: connection.id, channels: connection.channels })),
      heard: [...this.#heard].map(({ id, sent }) => ({ id, messages: sent })),
      closed: this.#closed,
      refused: [...this.#refused.values()],
      deliveries: this.#deliveries,
    }
    this.#opened = []
    this.#joined = new Set()
    this.#heard = new Set()
    this.#closed = []
    this.#refused = new Map()
    this.#deliveries = []
    return batch
  }
}
