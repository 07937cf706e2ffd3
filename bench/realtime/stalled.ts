// Whether those who stop reading harm the others: the same crowd and events as for latency, and a hundred more who also get a
// flood of their own. First they read it; then they stop, and the flood runs on until the gateway sends them away.
import { setTimeout as sleep } from 'node:timers/promises'
import { percentile, round } from '../support/load.ts'
import { gather, timeEvents } from './latency.ts'
import { padded } from './messages.ts'
import { eachMilliseconds } from './pace.ts'
import type { Row, Setting } from './setting.ts'
import { megabytes, memoryOf, mostDuring } from './usage.ts'

const READERS = 100
const FLOOD_EVERY_MS = 50
/** While measured, so that each lacks the megabyte after which it is sent away only towards the end. */
const FLOOD_BYTES = 5_000
/** Before that: the kernel holds about three megabytes for a reader before the gateway notices. */
const FILL_BYTES = 10_000
const LONGEST_FILL_MS = 40_000
const MEASURED_MS = 20_000

export async function stalled(setting: Setting): Promise<Row[]> {
  const { installation, more, gateway } = setting
  const { port, pid, figure } = await gateway()
  const crowd = await gather(setting, port)
  const slow = more()
  const channel = installation.channel()
  const flood = installation.publisher(channel)
  // They read what the crowd reads, too.
  const visitors = await installation.visitors(READERS, (index) => [channel, crowd.channels[index % 5] ?? ''])
  await slow.open({ port, protocol: 'centrifugo', deflate: false, visitors, atOnce: 50, group: 'slow' })
  const position = await installation.position()
  let n = 1e9
  const flooding = (milliseconds: number, bytes = FLOOD_BYTES) =>
    eachMilliseconds(FLOOD_EVERY_MS, milliseconds, async () => void (await flood([padded(n++, bytes, position)])))
  const measure = async () => {
    const [waits] = await Promise.all([timeEvents(installation, crowd, MEASURED_MS), flooding(MEASURED_MS)])
    return waits.fromCommit
  }

  await Promise.all([timeEvents(installation, crowd, 5_000), flooding(5_000)])
  const reading = await measure()
  await sleep(2_000)
  const before = await memoryOf(pid)
  await slow.stall('slow', 1)
  let waits: number[] = []
  let behind = 0
  const most = await mostDuring(pid, async () => {
    const began = performance.now()
    while ((behind = await figure('behind')) < READERS && performance.now() - began < LONGEST_FILL_MS)
      await flooding(500, FILL_BYTES)
    waits = await measure()
  })
  const sentAway = await figure('slow_closes_total')
  const change = (percentile(waits, 0.99) / percentile(reading, 0.99) - 1) * 100
  return [
    {
      what: `${READERS} stalled readers beside 1,000 others, 50,000 deliveries a second`,
      reach: 'p99 changes < 10 %, memory < +32 MB',
      'p99 before': round(percentile(reading, 0.99)),
      'p99 with them': round(percentile(waits, 0.99)),
      'change, %': round(change),
      'p50 before → with': `${round(percentile(reading, 0.5))} → ${round(percentile(waits, 0.5))}`,
      'memory at most, MB more': megabytes(most - before.resident),
      'behind when measured': behind,
      'sent away by the end': sentAway,
    },
  ]
}
