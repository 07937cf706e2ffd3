// What this node says of itself: once a second to the console's records, and to Prometheus whenever it asks.
import { Gauge } from 'prom-client'
import type { Registry } from 'prom-client'
import type { NodeFigures } from '../../domains/realtime/contract.ts'
import type { Allowance } from './allowance.ts'
import type { Core } from './core.ts'
import { compressed } from './frames.ts'
import type { Hop, Recorder } from './recorder.ts'

const SECONDS = 10
const hops = ['log', 'node', 'socket', 'ack', 'total'] as const satisfies readonly Hop[]

interface Sample {
  at: number
  messagesOut: number
  messagesIn: number
  bytesOut: number
  connects: number
  refusals: number
}

export class Figures {
  readonly #core: Core
  readonly #recorder: Recorder
  readonly #allowance: Allowance
  readonly #now: () => number
  #samples: Sample[] = []
  #turnedAt: number
  draining = false

  constructor(of: { core: Core; recorder: Recorder; allowance: Allowance; now: () => number }) {
    this.#core = of.core
    this.#recorder = of.recorder
    this.#allowance = of.allowance
    this.#now = of.now
    this.#turnedAt = of.now()
  }

  /** Once a second. */
  beat(): void {
    this.#samples.push(this.#sample())
    if (this.#samples.length > SECONDS + 1) this.#samples.shift()
    if (this.#now() - this.#turnedAt < SECONDS * 1000) return
    this.#turnedAt = this.#now()
    for (const hop of hops) this.#recorder.hops[hop].turn()
  }

  read(): NodeFigures {
    const { counts } = this.#core.outlet
    const { totals } = this.#recorder
    return {
      ...this.#connections(),
      channels: this.#core.hub.channels,
      rates: this.#rates(),
      totals: {
        messagesOut: counts.messages,
        messagesIn: this.#allowance.taken,
        bytesOut: counts.bytes,
        connects: totals.connects,
        batches: counts.writes,
        slowCloses: counts.slow,
        recoveredFull: totals.recoveredFull,
        recoveredNone: totals.recoveredNone,
      },
      refusals: { ...this.#recorder.refusals },
      closes: { ...this.#recorder.closes },
      latency: {
        log: this.#recorder.hops.log.read(),
        node: this.#recorder.hops.node.read(),
        socket: this.#recorder.hops.socket.read(),
        ack: this.#recorder.hops.ack.read(),
        total: this.#recorder.hops.total.read(),
      },
      compressionRatio: compressed.before === 0 ? null : compressed.after / compressed.before,
      memoryBytes: process.memoryUsage.rss(),
      draining: this.draining,
    }
  }

  #connections(): Pick<NodeFigures, 'connections' | 'byRole' | 'byProtocol' | 'queues'> {
    const byRole: Record<string, number> = {}
    const byProtocol: Record<string, number> = {}
    let connections = 0
    let bytes = 0
    let behind = 0
    for (const connection of this.#core.hub.connections) {
      const { reader, speech, transport, waitingBytes } = connection
      if (!reader) continue
      connections += 1
      byRole[reader.role] = (byRole[reader.role] ?? 0) + 1
      byProtocol[speech.protocol] = (byProtocol[speech.protocol] ?? 0) + 1
      bytes += waitingBytes + transport.buffered
      if (connection.behind !== undefined) behind += 1
    }
    const events = Math.max(0, this.#core.options.broker.feed.position() - this.#core.recent.position)
    return { connections, byRole, byProtocol, queues: { bytes, behind, events } }
  }

  #sample(): Sample {
    const { counts } = this.#core.outlet
    return {
      at: this.#now(),
      messagesOut: counts.messages,
      messagesIn: this.#allowance.taken,
      bytesOut: counts.bytes,
      connects: this.#recorder.totals.connects,
      refusals: Object.values(this.#recorder.refusals).reduce((sum, times) => sum + times, 0),
    }
  }

  #rates(): NodeFigures['rates'] {
    const last = this.#sample()
    const first = this.#samples[0] ?? last
    const seconds = Math.max(1, (last.at - first.at) / 1000)
    const rate = (name: Exclude<keyof Sample, 'at'>) => Math.round(((last[name] - first[name]) / seconds) * 10) / 10
    return {
      messagesOut: rate('messagesOut'),
      messagesIn: rate('messagesIn'),
      bytesOut: rate('bytesOut'),
      connects: rate('connects'),
      refusals: rate('refusals'),
    }
  }
}

type Labelled = Record<string, number>
/** Adds the node's figures to a scrape; read when it is asked for, so that they cost nothing else. */
export function registerFigures(registry: Registry, read: () => NodeFigures): void {
  const gauge = (
    name: string,
    help: string,
    label: string | null,
    value: (figures: NodeFigures) => number | Labelled,
  ) =>
    new Gauge({
      name: `jasaweb_realtime_${name}`,
      help,
      labelNames: label === null ? [] : [label],
      registers: [registry],
      collect() {
        const now = value(read())
        if (typeof now === 'number') return this.set(now)
        this.reset()
        for (const [key, number] of Object.entries(now)) this.set({ [label ?? '']: key }, number)
      },
    })
  gauge('connections', 'Open connections by protocol', 'protocol', ({ byProtocol }) => byProtocol)
  gauge('connections_by_role', 'Open connections by role', 'role', ({ byRole }) => byRole)
  gauge('channels', 'Channels that somebody reads here', null, ({ channels }) => channels)
  gauge('messages_out_total', 'Messages sent', null, ({ totals }) => totals.messagesOut)
  gauge('messages_in_total', 'Messages received', null, ({ totals }) => totals.messagesIn)
  gauge('bytes_out_total', 'Bytes sent', null, ({ totals }) => totals.bytesOut)
  gauge('batches_total', 'Writes, each of one or more messages', null, ({ totals }) => totals.batches)
  gauge('connects_total', 'Connections that were admitted', null, ({ totals }) => totals.connects)
  gauge('compression_ratio', 'Compressed by uncompressed bytes', null, ({ compressionRatio }) => compressionRatio ?? 1)
  gauge('queue_bytes', 'Bytes that wait for slow readers', null, ({ queues }) => queues.bytes)
  gauge('behind', 'Readers that catch up from the log', null, ({ queues }) => queues.behind)
  gauge('slow_closes_total', 'Readers sent away for being too slow', null, ({ totals }) => totals.slowCloses)
  gauge('refusals_total', 'Refused connections and commands by code', 'code', ({ refusals }) => refusals)
  gauge('closes_total', 'Closed connections by code', 'code', ({ closes }) => closes)
  gauge('recoveries_total', 'Recoveries, full or none', 'result', ({ totals }) => ({
    full: totals.recoveredFull,
    none: totals.recoveredNone,
  }))
  for (const hop of hops)
    gauge(
      `latency_${hop}_milliseconds`,
      `Latency of the hop "${hop}" in the last 20 seconds`,
      'quantile',
      ({ latency }) => ({
        '0.5': latency[hop].p50,
        '0.95': latency[hop].p95,
        '0.99': latency[hop].p99,
      }),
    )
}
