// The node's figures for Prometheus: one list of them, written as text here, where loading a library for it would weigh more than
// a thousand connections, and added to the application's other figures where there are some.
import type { Registry } from 'prom-client'
import type { NodeFigures } from '../../domains/realtime/contract.ts'
import { closes, gone } from './codes.ts'
import { hops } from './figures.ts'

type Labelled = Record<string, number>
interface Figure {
  name: string
  help: string
  kind: 'counter' | 'gauge'
  /** The label that tells its values apart; null for a single value. */
  label: string | null
  value(figures: NodeFigures): number | Labelled
}

const figure = (
  name: string,
  kind: Figure['kind'],
  help: string,
  label: Figure['label'],
  value: Figure['value'],
): Figure => ({ name: `jasaweb_realtime_${name}`, kind, help, label, value })

/** Counters that begin with their first event have no rise by which it could be noticed; these begin with 0. */
const fromZero = (codes: readonly number[]): Labelled => Object.fromEntries(codes.map((code) => [code, 0]))
const closable = fromZero([gone, ...Object.values(closes)].map(({ code }) => code))
const refusable = fromZero([400, 401, 403, 404, 405, 413, 429, 503])

const list: readonly Figure[] = [
  figure('connections', 'gauge', 'Open connections by protocol', 'protocol', ({ byProtocol }) => byProtocol),
  figure('connections_by_role', 'gauge', 'Open connections by role', 'role', ({ byRole }) => byRole),
  figure('channels', 'gauge', 'Channels that somebody reads here', null, ({ channels }) => channels),
  figure('messages_out_total', 'counter', 'Messages sent', null, ({ totals }) => totals.messagesOut),
  figure('messages_in_total', 'counter', 'Messages received', null, ({ totals }) => totals.messagesIn),
  figure('bytes_out_total', 'counter', 'Bytes sent', null, ({ totals }) => totals.bytesOut),
  figure('batches_total', 'counter', 'Writes, each of one or more messages', null, ({ totals }) => totals.batches),
  figure('connects_total', 'counter', 'Connections that were admitted', null, ({ totals }) => totals.connects),
  figure(
    'compression_ratio',
    'gauge',
    'Compressed by uncompressed bytes',
    null,
    ({ compressionRatio }) => compressionRatio ?? 1,
  ),
  figure('queue_bytes', 'gauge', 'Bytes that wait for slow readers', null, ({ queues }) => queues.bytes),
  figure(
    'queue_events',
    'gauge',
    'Positions of the log that the slowest reader is behind',
    null,
    ({ queues }) => queues.events,
  ),
  figure('behind', 'gauge', 'Readers that catch up from the log', null, ({ queues }) => queues.behind),
  figure(
    'slow_closes_total',
    'counter',
    'Readers sent away for being too slow',
    null,
    ({ totals }) => totals.slowCloses,
  ),
  figure('refusals_total', 'counter', 'Refused connections and commands by code', 'code', ({ refusals }) => ({
    ...refusable,
    ...refusals,
  })),
  figure('closes_total', 'counter', 'Closed connections by code', 'code', ({ closes: byCode }) => ({
    ...closable,
    ...byCode,
  })),
  figure(
    'records_left_out_total',
    'counter',
    'Records that were not kept because the database was away too long',
    null,
    ({ totals }) => totals.unrecorded,
  ),
  figure('recoveries_total', 'counter', 'Recoveries, full or none', 'result', ({ totals }) => ({
    full: totals.recoveredFull,
    none: totals.recoveredNone,
  })),
  ...hops.map((hop) =>
    figure(
      `latency_${hop}_milliseconds`,
      'gauge',
      `Latency of the hop "${hop}" in the last 20 seconds`,
      'quantile',
      ({ latency }) => ({
        '0.5': latency[hop].p50,
        '0.95': latency[hop].p95,
        '0.99': latency[hop].p99,
      }),
    ),
  ),
]

const PROCESS = [
  ['process_resident_memory_bytes', 'gauge', 'Resident memory', () => process.memoryUsage.rss()],
  [
    'process_cpu_seconds_total',
    'counter',
    'CPU time',
    () => (process.cpuUsage().user + process.cpuUsage().system) / 1e6,
  ],
  ['nodejs_heap_size_used_bytes', 'gauge', 'Heap in use', () => process.memoryUsage().heapUsed],
] as const

export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/** The text of a scrape, in Prometheus' exposition format, with the figures of the process that matter most. */
export function exposition(figures: NodeFigures): string {
  const lines = list.flatMap(({ name, help, kind, label, value }) => [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${kind}`,
    ...samples(name, label, value(figures)),
  ])
  for (const [name, kind, help, read] of PROCESS)
    lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`, `${name} ${read()}`)
  return `${lines.join('\n')}\n`
}

function samples(name: string, label: string | null, value: number | Labelled): string[] {
  if (typeof value === 'number') return [`${name} ${value}`]
  return Object.entries(value).map(([key, number]) => `${name}{${label}=${JSON.stringify(key)}} ${number}`)
}

/** Adds the figures to an application's own; read when they are asked for, so that they cost nothing else. */
export async function addFigures(registry: Registry, read: () => NodeFigures): Promise<void> {
  const { Counter, Gauge } = await import('prom-client')
  for (const { name, kind, help, label, value } of list) {
    const described = { name, help, labelNames: label === null ? [] : [label], registers: [registry] }
    const samplesNow = (): [labels: Record<string, string>, number: number][] => {
      const now = value(read())
      if (typeof now === 'number') return [[{}, now]]
      return Object.entries(now).map(([key, number]) => [{ [label ?? '']: key }, number])
    }
    const metric: Pick<InstanceType<typeof Counter>, 'reset' | 'inc'> = new (kind === 'counter' ? Counter : Gauge)({
      ...described,
      collect() {
        metric.reset()
        for (const [labels, number] of samplesNow()) metric.inc(labels, number)
      },
    })
  }
}
