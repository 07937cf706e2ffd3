// What this node says of itself, to the console's records once a second and to whoever scrapes it.
import type { NodeFigures } from '../../domains/realtime/contract.ts'
import type { Allowance } from './allowance.ts'
import type { Core } from './core.ts'
import { compressed } from './frames.ts'
import type { Hop, Recorder } from './recorder.ts'

const SECONDS = 10
export const hops = ['log', 'node', 'socket', 'ack', 'total'] as const satisfies readonly Hop[]

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
        unrecorded: totals.unrecorded,
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
    let events = 0
    for (const connection of this.#core.hub.connections) {
      const { reader, speech, transport, waitingBytes } = connection
      if (!reader) continue
      connections += 1
      byRole[reader.role] = (byRole[reader.role] ?? 0) + 1
      byProtocol[speech.protocol] = (byProtocol[speech.protocol] ?? 0) + 1
      bytes += waitingBytes + transport.buffered
      if (connection.behind === undefined) continue
      behind += 1
      events = Math.max(events, this.#core.recent.position - connection.behind)
    }
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
