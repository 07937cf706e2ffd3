// A deploy: ten thousand clients of a gateway that is told to stop come back at another one. At which pace, and whether anybody
// misses a message meanwhile.
import { setTimeout as sleep } from 'node:timers/promises'
import { padded } from './messages.ts'
import { eachMilliseconds } from './pace.ts'
import type { Row, Setting } from './setting.ts'
import { cpuSecondsOf } from './usage.ts'

const CLIENTS = 10_000
const EVERY_MS = 1_000
const LONGEST_MS = 75_000
const LONGEST_MOVE_MS = 60_000

export async function drain({ installation, receivers, gateway }: Setting): Promise<Row[]> {
  const [from, to] = [await gateway(), await gateway()]
  const publish = installation.publisher('role:client')
  const visitors = await installation.visitors(CLIENTS)
  const group = 'drained'
  await receivers.open({ port: from.port, protocol: 'plain', deflate: false, visitors, atOnce: 50, group })
  await receivers.watch(group, { port: to.port, epoch: await installation.epoch() })
  const position = await installation.position()
  let last = -1
  let going = true
  let [began, seconds, cpu] = [0, 0, 0]
  const publishing = eachMilliseconds(EVERY_MS, LONGEST_MS, async (turn) => {
    if (going) await publish([padded((last = turn), 200, position)])
  })
  try {
    await sleep(3_000)
    cpu = await cpuSecondsOf(to.pid)
    began = performance.now()
    const stopped = from.stop()
    const moved = async () => (await receivers.moves(group)).moved
    while ((await moved()) < CLIENTS && performance.now() - began < LONGEST_MOVE_MS) await sleep(250)
    seconds = (performance.now() - began) / 1_000
    cpu = (await cpuSecondsOf(to.pid)) - cpu
    await stopped
    await sleep(2_000)
  } finally {
    going = false
  }
  await publishing
  const moves = await receivers.moves(group)
  return [
    {
      what: `${CLIENTS} clients move to another gateway`,
      reach: '≤ 1,500 a second, nothing lost',
      'most in a second': Math.max(...moves.arrivals),
      'by second': moves.arrivals.join(' '),
      'all back after, s': Math.round(seconds * 10) / 10,
      moved: moves.moved,
      'CPU of the other gateway': `${Math.round((cpu / seconds) * 100)} %`,
      'attempts that failed': JSON.stringify(moves.failed),
      'messages sent': last + 1,
      // Gaps in what a client got; and how far the last client is behind, which is more than nothing until all are back.
      lost: moves.lost,
      'the last client lacks': last - moves.upTo,
      repeated: moves.repeated,
      received: moves.received,
    },
  ]
}
