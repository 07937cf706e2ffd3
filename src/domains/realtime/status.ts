// The figures of all gateways as one. Pure.
import type { NodeFigures } from './contract.ts'

type Numbers = Record<string, number>

const nothing: NodeFigures = {
  connections: 0,
  byRole: {},
  byProtocol: {},
  channels: 0,
  rates: { messagesOut: 0, messagesIn: 0, bytesOut: 0, connects: 0, refusals: 0 },
  totals: {
    messagesOut: 0,
    messagesIn: 0,
    bytesOut: 0,
    connects: 0,
    batches: 0,
    slowCloses: 0,
    recoveredFull: 0,
    recoveredNone: 0,
    unrecorded: 0,
  },
  refusals: {},
  closes: {},
  queues: { bytes: 0, behind: 0, events: 0 },
  latency: {
    log: { p50: 0, p95: 0, p99: 0 },
    node: { p50: 0, p95: 0, p99: 0 },
    socket: { p50: 0, p95: 0, p99: 0 },
    ack: { p50: 0, p95: 0, p99: 0 },
    total: { p50: 0, p95: 0, p99: 0 },
  },
  compressionRatio: null,
  memoryBytes: 0,
  draining: false,
}

function merged<T extends Numbers>(a: T, b: T, of: (x: number, y: number) => number): T {
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return Object.fromEntries([...names].map((name) => [name, of(a[name] ?? 0, b[name] ?? 0)])) as T
}
const sum = (x: number, y: number) => x + y
const worst = (x: number, y: number) => Math.max(x, y)

/** Counts and rates are added up; of percentiles, which cannot be, the worst node's are told. */
export const together = (nodes: readonly NodeFigures[]): NodeFigures =>
  nodes.reduce(
    (all, one) => ({
      connections: all.connections + one.connections,
      byRole: merged(all.byRole, one.byRole, sum),
      byProtocol: merged(all.byProtocol, one.byProtocol, sum),
      channels: all.channels + one.channels,
      rates: merged(all.rates, one.rates, sum),
      totals: merged(all.totals, one.totals, sum),
      refusals: merged(all.refusals, one.refusals, sum),
      closes: merged(all.closes, one.closes, sum),
      queues: merged(all.queues, one.queues, sum),
      latency: {
        log: merged(all.latency.log, one.latency.log, worst),
        node: merged(all.latency.node, one.latency.node, worst),
        socket: merged(all.latency.socket, one.latency.socket, worst),
        ack: merged(all.latency.ack, one.latency.ack, worst),
        total: merged(all.latency.total, one.latency.total, worst),
      },
      compressionRatio:
        all.compressionRatio === null || one.compressionRatio === null
          ? (all.compressionRatio ?? one.compressionRatio)
          : Math.max(all.compressionRatio, one.compressionRatio),
      memoryBytes: all.memoryBytes + one.memoryBytes,
      draining: all.draining || one.draining,
    }),
    nothing,
  )
