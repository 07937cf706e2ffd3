// What connections weigh: the memory of the process that holds a thousand, idle and under traffic, and of each further idle one.
import { setTimeout as sleep } from 'node:timers/promises'
import { eachMilliseconds } from './pace.ts'
import { padded } from './messages.ts'
import { projectDetail } from './project.ts'
import type { Row, Setting } from './setting.ts'
import { kilobytes, megabytes, memoryOf, mostDuring } from './usage.ts'

const SOCKETS = 1_000
const MANY = 10_000
const SECONDS = 30
const SETTLE_MS = 10_000
/** Longer than a round of pings, and than the garbage collector takes to notice that nothing happens. */
const IDLE_MS = 40_000

export async function memory(setting: Setting): Promise<Row[]> {
  return [
    await underTraffic(setting, { deflate: false, what: '200 B, ten at once ten times a second', reach: '≤ 85 MB' }),
    await underTraffic(setting, { deflate: true, what: 'compressed 2 KB, ten times a second', reach: '≤ 95 MB' }),
  ]
}

async function underTraffic(
  { installation, receivers, gateway }: Setting,
  { deflate, what, reach }: { deflate: boolean; what: string; reach: string },
): Promise<Row> {
  const { pid, port, stop } = await gateway()
  const empty = await memoryOf(pid)
  const publish = installation.publisher('role:client')
  const visitors = await installation.visitors(SOCKETS)
  await receivers.open({ port, protocol: 'centrifugo', deflate, visitors, atOnce: 50, group: what })
  await sleep(SETTLE_MS)
  const idle = await memoryOf(pid)
  const position = await installation.position()
  const detail = projectDetail()
  let n = 0
  const most = await mostDuring(pid, () =>
    eachMilliseconds(100, SECONDS * 1_000, async () => {
      const burst = Array.from({ length: deflate ? 1 : 10 }, () => n++)
      await publish(burst.map((n) => (deflate ? { n, project: detail } : padded(n, 200, position))))
    }),
  )
  const after = await memoryOf(pid)
  const { messages } = await receivers.totals(what)
  await receivers.close(what)
  await stop()
  return {
    what: `${SOCKETS} connections of 3 channels; ${what}`,
    reach,
    'without any, MB': megabytes(empty.resident),
    'idle, MB': megabytes(idle.resident),
    'after traffic, MB': megabytes(after.resident),
    'most meanwhile, MB': megabytes(most),
    'most since start, MB': megabytes(after.peak),
    'deliveries a second': Math.round(messages / SECONDS),
  }
}

export async function idle({ installation, receivers, more, gateway }: Setting): Promise<Row[]> {
  const { pid, port } = await gateway()
  const visitors = await installation.visitors(MANY)
  const common = { port, protocol: 'centrifugo', deflate: false, atOnce: 50 } as const
  await receivers.open({ ...common, visitors: visitors.slice(0, SOCKETS), group: 'first' })
  await sleep(IDLE_MS)
  const few = await memoryOf(pid)
  const others = more()
  await others.open({ ...common, visitors: visitors.slice(SOCKETS), group: 'others' })
  await sleep(IDLE_MS)
  const many = await memoryOf(pid)
  const open = (await receivers.totals('first')).open + (await others.totals('others')).open
  if (open !== MANY) throw new Error(`only ${open} of ${MANY} connections are still open`)
  return [
    {
      what: `each of the connections from ${SOCKETS} to ${MANY}, idle, 3 channels`,
      reach: '≤ 8 KB',
      'KB each': kilobytes((many.resident - few.resident) / (MANY - SOCKETS)),
      'at 1,000, MB': megabytes(few.resident),
      'at 10,000, MB': megabytes(many.resident),
      'most since start, MB': megabytes(many.peak),
    },
  ]
}
