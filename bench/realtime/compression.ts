// What compression costs and saves: the same two kilobytes to a thousand who agreed to it and to a thousand who did not.
import { longStory, projectDetail } from './project.ts'
import type { Publish } from './installation.ts'
import type { Row, Setting } from './setting.ts'
import { cpuSecondsOf } from './usage.ts'

const SOCKETS = 1_000
const ROUNDS = 4
const ROUND_MS = 3_000

export async function compression(setting: Setting): Promise<Row[]> {
  return [
    await compress(setting, 'a list: the 18 steps of a project', longStory()),
    await compress(setting, 'words and ids: a project with its brief', projectDetail()),
  ]
}

async function compress({ installation, receivers, gateway }: Setting, name: string, document: object): Promise<Row> {
  const { port, pid, stop } = await gateway()
  const size = JSON.stringify(document).length
  const sides: { group: string; publish: Publish; cpu: number; bytes: number; messages: number }[] = []
  for (const group of ['plain', 'compressed']) {
    const channel = installation.channel()
    const visitors = await installation.visitors(SOCKETS, () => [channel])
    const deflate = group === 'compressed'
    await receivers.open({ port, protocol: 'centrifugo', deflate, visitors, atOnce: 50, group })
    sides.push({ group, publish: installation.publisher(channel), cpu: 0, bytes: 0, messages: 0 })
  }
  // The first round warms up.
  for (let round = 0; round <= ROUNDS; round++)
    for (const side of sides) {
      const { group, publish } = side
      const before = { ...(await receivers.totals(group)), cpu: await cpuSecondsOf(pid), time: performance.now() }
      let { messages } = before
      while (performance.now() - before.time < ROUND_MS) {
        const arrived = receivers.reached(group, (messages += SOCKETS))
        await publish([{ n: messages / SOCKETS, document } as { n: number }])
        await arrived
      }
      if (round === 0) continue
      side.cpu += (await cpuSecondsOf(pid)) - before.cpu
      side.bytes += (await receivers.totals(group)).bytes - before.bytes
      side.messages += messages - before.messages
    }
  for (const { group } of sides) await receivers.close(group)
  await stop()
  const [plain, compressed] = sides
  if (!plain || !compressed) throw new Error('there are two sides')
  const cpuEach = ({ cpu, messages }: typeof plain) => (cpu / messages) * 1e6
  const bytesEach = ({ bytes, messages }: typeof plain) => bytes / messages
  const percent = (of: typeof cpuEach) => Math.round((of(compressed) / of(plain)) * 1_000) / 10
  return {
    what: `${name}, ${size} B as JSON, one at a time, ${SOCKETS} connections`,
    reach: 'CPU ≤ 110 %, bytes ≤ 25 %',
    'CPU, %': percent(cpuEach),
    'bytes, %': percent(bytesEach),
    'CPU µs a delivery': `${cpuEach(plain).toFixed(1)} → ${cpuEach(compressed).toFixed(1)}`,
    'bytes a delivery': `${bytesEach(plain).toFixed(0)} → ${bytesEach(compressed).toFixed(0)}`,
  }
}
