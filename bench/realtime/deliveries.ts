// How many messages a server delivers for a second of its CPU time: bursts of ten messages of 200 B to a thousand sockets, each
// burst when the one before has arrived everywhere. All servers take turns, so that what else the machine does meets them alike.
import { round } from '../support/load.ts'
import { messageText, padded } from './messages.ts'
import { startPeer } from './peer.ts'
import type { Row, Setting } from './setting.ts'
import { cpuSecondsOf } from './usage.ts'

const SOCKETS = 1_000
const BURST = 10
const BYTES = 200
const ROUNDS = 3
const ROUND_MS = 5_000
const WARM_UP_MS = 3_000

interface Contender {
  name: string
  pid: number
  group: string
  burst(from: number): Promise<void> | void
  perCpuSecond: number[]
  perSecond: number[]
}

export async function deliveries({ installation, receivers, gateway, ending }: Setting): Promise<Row[]> {
  const position = (await installation.position()) + 1_000
  const data = (from: number) => Array.from({ length: BURST }, (_, n) => padded(from + n, BYTES, position))
  const contenders: Contender[] = []
  const contend = (name: string, pid: number, burst: Contender['burst']) =>
    void contenders.push({ name, pid, group: name, burst, perCpuSecond: [], perSecond: [] })

  const server = await gateway()
  for (const protocol of ['centrifugo', 'plain'] as const) {
    // The plain protocol subscribes to nothing by a token; a role's channel is everybody's of that role.
    const plain = protocol === 'plain'
    const channel = plain ? 'role:staff' : installation.channel()
    const publish = installation.publisher(channel)
    const visitors = await installation.visitors(SOCKETS, () => (plain ? [] : [channel]), plain ? 'staff' : 'client')
    const name = `JasaWeb, ${plain ? 'plain protocol' : 'Centrifugo protocol'}`
    await receivers.open({ port: server.port, protocol, deflate: false, visitors, atOnce: 50, group: name })
    contend(name, server.pid, async (from) => void (await publish(data(from))))
  }
  for (const [name, protocol, file] of [
    ['the least: frames built once, a write a burst', 'bare', 'frame-once'],
    ['ws, one send a message', 'bare', 'bare-ws'],
    ['socket.io', 'socket.io', 'socket-io'],
  ] as const) {
    const peer = await startPeer(file)
    ending(() => peer.stop())
    const nobody = { token: '', csrf: '', channels: [] }
    const visitors = Array.from({ length: SOCKETS }, () => nobody)
    await receivers.open({ port: peer.port, protocol, deflate: false, visitors, atOnce: 50, group: name })
    contend(name, peer.pid, (from) => peer.send(data(from).map((each) => messageText(each, position))))
  }

  async function run(
    { group, burst, pid, perCpuSecond, perSecond }: Contender,
    milliseconds: number,
    counted: boolean,
  ) {
    let { messages } = await receivers.totals(group)
    const before = { messages, cpu: await cpuSecondsOf(pid), time: performance.now() }
    while (performance.now() - before.time < milliseconds) {
      messages += BURST * SOCKETS
      const arrived = receivers.reached(group, messages)
      await burst(messages / SOCKETS)
      await arrived
    }
    if (!counted) return
    const [cpu, seconds] = [(await cpuSecondsOf(pid)) - before.cpu, (performance.now() - before.time) / 1000]
    perCpuSecond.push((messages - before.messages) / cpu)
    perSecond.push((messages - before.messages) / seconds)
  }
  for (const contender of contenders) await run(contender, WARM_UP_MS, false)
  for (let round = 0; round < ROUNDS; round++) for (const contender of contenders) await run(contender, ROUND_MS, true)
  const perWrite = (await server.figure('messages_out_total')) / (await server.figure('batches_total'))
  for (const { group } of contenders) await receivers.close(group)

  const socketIo = middle(contenders.at(-1)?.perCpuSecond ?? [])
  return contenders.map(({ name, perCpuSecond, perSecond }) => ({
    what: name,
    reach: name.includes('Centrifugo') ? '≥ 900,000 a CPU-second and ≥ 8 × socket.io' : '–',
    'deliveries a CPU-second': Math.round(middle(perCpuSecond)),
    'times socket.io': round(middle(perCpuSecond) / socketIo),
    'deliveries a second': Math.round(middle(perSecond)),
    rounds: `${perCpuSecond.map((value) => Math.round(value / 1_000)).join(' / ')} k`,
    ...(name.startsWith('JasaWeb') ? { 'messages a write': round(perWrite) } : {}),
  }))
}

const middle = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
