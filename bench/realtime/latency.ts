// From COMMIT to the client: a thousand connections in five groups, 250 events a second, each to the 200 of a group. Those whose
// messages are timed have a process of their own, as they would have a machine of their own: the others keep a core busy.
import { eachMilliseconds } from './pace.ts'
import { percentile, round } from '../support/load.ts'
import { padded } from './messages.ts'
import type { Installation, Publish, Published } from './installation.ts'
import type { Receivers } from './receivers.ts'
import type { Row, Setting } from './setting.ts'
import { cpuSecondsOf } from './usage.ts'

export const GROUPS = 5
const SOCKETS = 1_000
const TIMED = 50
const EVENTS_PER_SECOND = 250
const WARM_UP_MS = 5_000
const MEASURED_MS = 20_000

export interface Crowd {
  channels: string[]
  publishers: Publish[]
  timed: Receivers
}

/** A thousand connections; the timed ones are the middle of those that are written to. */
export async function gather({ installation, receivers, more }: Setting, port: number, atOnce = 50): Promise<Crowd> {
  const channels = Array.from({ length: GROUPS }, () => installation.channel())
  const publishers = channels.map((channel) => installation.publisher(channel))
  const visitors = await installation.visitors(SOCKETS, (index) => [channels[index % GROUPS] ?? ''])
  const timed = more()
  const common = { port, protocol: 'centrifugo', deflate: false, atOnce, group: 'crowd' } as const
  const [from, to] = [(SOCKETS - TIMED) / 2, (SOCKETS + TIMED) / 2]
  await receivers.open({ ...common, visitors: visitors.slice(0, from) })
  await timed.open({ ...common, visitors: visitors.slice(from, to) })
  await receivers.open({ ...common, visitors: visitors.slice(to) })
  await timed.sample('crowd', 1)
  return { channels, publishers, timed }
}

export interface Waits {
  /** Milliseconds from just before COMMIT was sent, and from its answer, to the arrival at a timed socket. */
  fromCommit: number[]
  fromCommitted: number[]
}

let number = 0
/** Publishes to the groups in turn and times the way to the timed sockets. */
export async function timeEvents(
  installation: Installation,
  { publishers, timed }: Crowd,
  milliseconds: number,
): Promise<Waits> {
  const position = await installation.position()
  await timed.samples()
  const published = new Map<number, Published>()
  await eachMilliseconds(1_000 / EVENTS_PER_SECOND, milliseconds, async (turn) => {
    const n = number++
    const publish = publishers[turn % GROUPS]
    if (publish) published.set(n, await publish([padded(n, 200, position)]))
  })
  // What is on its way still comes in within this, or is not counted.
  await new Promise((resolve) => setTimeout(resolve, 500))
  const waits: Waits = { fromCommit: [], fromCommitted: [] }
  for (const [n, time] of await timed.samples()) {
    const at = published.get(n)
    if (!at) continue
    waits.fromCommit.push(time - at.committing)
    waits.fromCommitted.push(time - at.committed)
  }
  const expected = (published.size * TIMED) / GROUPS
  if (waits.fromCommit.length !== expected)
    throw new Error(`${waits.fromCommit.length} of ${expected} timed messages arrived`)
  return waits
}

export async function latency(setting: Setting): Promise<Row[]> {
  const { installation, receivers, gateway } = setting
  const { port, pid } = await gateway()
  const crowd = await gather(setting, port)
  await timeEvents(installation, crowd, WARM_UP_MS)
  const before = { messages: (await receivers.totals('crowd')).messages, cpu: await cpuSecondsOf(pid) }
  const { fromCommit, fromCommitted } = await timeEvents(installation, crowd, MEASURED_MS)
  const received = ((await receivers.totals('crowd')).messages - before.messages) * (SOCKETS / (SOCKETS - TIMED))
  const cpu = (await cpuSecondsOf(pid)) - before.cpu
  const row = (what: string, waits: number[]) => ({
    what,
    reach: 'p50 ≤ 3 ms, p99 ≤ 15 ms',
    p50: round(percentile(waits, 0.5)),
    p95: round(percentile(waits, 0.95)),
    p99: round(percentile(waits, 0.99)),
    timed: waits.length,
    'deliveries a second': Math.round(received / (MEASURED_MS / 1_000)),
    'CPU of the gateway': `${Math.round((cpu / (MEASURED_MS / 1_000)) * 100)} %`,
  })
  return [
    row('COMMIT sent → arrived, 250 events a second × 200 of 1,000 connections', fromCommit),
    row('COMMIT answered → arrived', fromCommitted),
  ]
}
