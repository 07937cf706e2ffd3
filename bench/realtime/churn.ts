// How many people a second can come: connect, show a token, subscribe to their project's channel, leave. Everybody is new.
import { percentile, round } from '../support/load.ts'
import type { Row, Setting } from './setting.ts'
import { cpuSecondsOf, megabytes, memoryOf } from './usage.ts'

const MOST = 25_000
const AT_ONCE = 40
const MILLISECONDS = 10_000

export async function churn({ installation, receivers, gateway }: Setting): Promise<Row[]> {
  const { port, pid } = await gateway()
  const opening = { port, protocol: 'centrifugo', deflate: false, atOnce: AT_ONCE, group: 'churn' } as const
  await receivers.churn({ ...opening, visitors: await installation.owners(1_000) }, MILLISECONDS)
  const visitors = await installation.owners(MOST)
  const before = await cpuSecondsOf(pid)
  const began = performance.now()
  const { done, waits } = await receivers.churn({ ...opening, visitors }, MILLISECONDS)
  const seconds = (performance.now() - began) / 1_000
  const cpu = (await cpuSecondsOf(pid)) - before
  return [
    {
      what: `connect + token + subscribe + leave, ${AT_ONCE} at once, ${MILLISECONDS / 1_000} s`,
      reach: '≥ 1,000 a second',
      'a second': Math.round(done / seconds),
      'a CPU-second of the gateway': Math.round(done / cpu),
      'CPU ms each': round((cpu * 1_000) / done),
      p50: round(percentile(waits, 0.5)),
      p99: round(percentile(waits, 0.99)),
      'memory after, MB': megabytes((await memoryOf(pid)).resident),
    },
  ]
}
