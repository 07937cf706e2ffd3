// Whether those who stop reading harm the others: the same crowd and events as for latency, and a hundred more who also get a
// flood of their own. First they read it; then they stop, and the flood runs on until the gateway sends them away. In several
// rounds, each with another hundred.
import { setTimeout as sleep } from 'node:timers/promises'
import { percentile, round as rounded } from '../support/load.ts'
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
/** Past the first ping, which those who are to stop still answer: who answers none is sent away for that. */
const MEASURED_MS = 20_000
/** The worst percent of a quarter of a minute is a matter of chance. */
const ROUNDS = 3

interface Round {
  reading: number[]
  stalling: number[]
  more: number
  behind: number
}

export async function stalled(setting: Setting): Promise<Row[]> {
  const { installation, more, gateway } = setting
  const { port, pid, figure } = await gateway()
  const crowd = await gather(setting, port)
  const slow = more()
  const channel = installation.channel()
  const flood = installation.publisher(channel)
  const position = await installation.position()
  let n = 1e9
  const flooding = (milliseconds: number, bytes = FLOOD_BYTES) =>
    eachMilliseconds(FLOOD_EVERY_MS, milliseconds, async () => void (await flood([padded(n++, bytes, position)])))
  const measure = async () => {
    const [waits] = await Promise.all([timeEvents(installation, crowd, MEASURED_MS), flooding(MEASURED_MS)])
    return waits.fromCommit
  }

  async function round(group: string): Promise<Round> {
    // They read what the crowd reads, too.
    const visitors = await installation.visitors(READERS, (index) => [channel, crowd.channels[index % 5] ?? ''])
    await slow.open({ port, protocol: 'centrifugo', deflate: false, visitors, atOnce: 50, group })
    await Promise.all([timeEvents(installation, crowd, 5_000), flooding(5_000)])
    const reading = await measure()
    await sleep(2_000)
    const before = await memoryOf(pid)
    await slow.stall(group, 1)
    let stalling: number[] = []
    let behind = 0
    const most = await mostDuring(pid, async () => {
      const began = performance.now()
      while ((behind = await figure('behind')) < READERS && performance.now() - began < LONGEST_FILL_MS)
        await flooding(500, FILL_BYTES)
      stalling = await measure()
    })
    await slow.close(group)
    return { reading, stalling, more: most - before.resident, behind }
  }

  const rounds: Round[] = []
  for (let at = 0; at < ROUNDS; at++) rounds.push(await round(`slow ${at}`))
  const change = (before: number[], after: number[]) => (percentile(after, 0.99) / percentile(before, 0.99) - 1) * 100
  const reading = rounds.flatMap((each) => each.reading)
  const stalling = rounds.flatMap((each) => each.stalling)
  return [
    {
      what: `${READERS} stalled readers beside 1,000 others, 50,000 deliveries a second, ${ROUNDS} rounds`,
      reach: 'p99 changes < 10 %, memory < +32 MB',
      'p99 before': rounded(percentile(reading, 0.99)),
      'p99 with them': rounded(percentile(stalling, 0.99)),
      'change, %': rounded(change(reading, stalling)),
      'change by round, %': rounds.map((each) => Math.round(change(each.reading, each.stalling))).join(' / '),
      'p50 before → with': `${rounded(percentile(reading, 0.5))} → ${rounded(percentile(stalling, 0.5))}`,
      'memory at most, MB more': Math.max(...rounds.map((each) => megabytes(each.more))),
      'behind when measured': rounds.map(({ behind }) => behind).join(' / '),
      'sent away by the end': await figure('slow_closes_total'),
    },
  ]
}
