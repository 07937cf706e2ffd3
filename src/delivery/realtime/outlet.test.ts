// The outlet with a network that takes as much as the test says.
import { beforeEach, expect, it } from 'vitest'
import { closes } from './codes.ts'
import type { Close } from './codes.ts'
import { Connection } from './connection.ts'
import type { Speech, Transport } from './connection.ts'
import { forms } from './frames.ts'
import type { Piece } from './frames.ts'
import { Hub } from './hub.ts'
import type { Subscription } from './hub.ts'
import { MOST_LACKING, Outlet } from './outlet.ts'

class Network implements Transport {
  readonly form = forms.stream
  readonly writes: string[] = []
  buffered = 0
  stalled = false
  #taken: (() => void) | undefined
  write(bytes: Buffer): void {
    this.writes.push(bytes.toString())
    if (this.stalled) this.buffered += bytes.length
  }
  whenTaken(taken: () => void): void {
    this.#taken = taken
  }
  flow(): void {
    this.stalled = false
    this.buffered = 0
    const taken = this.#taken
    this.#taken = undefined
    taken?.()
  }
  close(): void {}
  cut(): void {}
}

let hub: Hub
let outlet: Outlet
let late: Connection[]
let closed: [Connection, Close][]
beforeEach(() => {
  hub = new Hub()
  late = []
  closed = []
  outlet = new Outlet({
    catchUp: (connection) => void late.push(connection),
    close(connection, close) {
      connection.closed = close
      closed.push([connection, close])
    },
  })
})
function reader(options: { latest?: boolean } = {}): { network: Network; subscription: Subscription } {
  const network = new Network()
  const speech = { once: false } as Speech
  const connection = new Connection({ id: 'c', speech, transport: network, address: '', userAgent: null, now: 0 })
  return { network, subscription: hub.join(connection, 'project:1', { sentTo: 0, ...options }) }
}
let position = 0
const piece = (text: string, subject = 'project:1'): Piece => ({
  bytes: Buffer.from(text),
  position: ++position,
  subject,
  secret: false,
})

it('writes all messages of a turn at once, and the same bytes to all who get the same', () => {
  const [one, two] = [reader(), reader()]
  for (const each of [piece('a'), piece('b')]) for (const to of [one, two]) outlet.push(to.subscription, each)
  expect(one.network.writes).toEqual([])
  outlet.flush()
  expect([one.network.writes, two.network.writes]).toEqual([['a\nb\n'], ['a\nb\n']])
  expect(outlet.counts).toMatchObject({ messages: 4, writes: 2, bytes: 8 })
})
it('keeps a little for who does not take it, and sends it in order once there is room', () => {
  const { network, subscription } = reader()
  network.stalled = true
  for (const text of ['a', 'b', 'c']) {
    outlet.push(subscription, piece(text))
    outlet.flush()
  }
  expect(network.writes).toEqual(['a\n'])
  network.flow()
  expect(network.writes).toEqual(['a\n', 'b\nc\n'])
})
it('keeps only the newest of each subject for who wants no more, in the order of the newest', () => {
  const { network, subscription } = reader({ latest: true })
  network.stalled = true
  for (const [text, subject] of [
    ['first', 'x'],
    ['x1', 'x'],
    ['y1', 'y'],
    ['x2', 'x'],
    ['y2', 'y'],
    ['x3', 'x'],
  ] as const) {
    outlet.push(subscription, piece(text, subject))
    outlet.flush()
  }
  network.flow()
  expect(network.writes).toEqual(['first\n', 'y2\nx3\n'])
})
it('marks who lacks more than a little as behind its last message, and lets it read the log when there is room', () => {
  const { network, subscription } = reader()
  const { connection } = subscription
  network.stalled = true
  const first = piece('a')
  outlet.push(subscription, first)
  outlet.flush()
  for (let n = 0; n < 70; n++) outlet.push(subscription, piece('x'.repeat(1_000)))
  expect([connection.behind, connection.waiting, subscription.sentTo]).toEqual([
    first.position,
    undefined,
    first.position,
  ])
  expect(outlet.push(subscription, piece('later'))).toBe(false)
  network.flow()
  expect([late, network.writes]).toEqual([[connection], ['a\n']])
})
it('sends away who lacks a megabyte, once, and not while others are being served', async () => {
  const { network, subscription } = reader()
  const other = reader()
  network.stalled = true
  const big = piece('x'.repeat(60_000))
  for (let bytes = 0; bytes < MOST_LACKING * 2; bytes += 60_000) {
    outlet.push(subscription, { ...big, position: ++position })
    outlet.push(other.subscription, piece('small'))
    outlet.flush()
  }
  await Promise.resolve()
  expect(closed).toEqual([[subscription.connection, closes.slow]])
  expect(other.network.writes.length).toBeGreaterThan(30)
  expect(outlet.counts.slow).toBe(1)
})
it('cuts off who asks on and on without reading the answers', async () => {
  const { network, subscription } = reader()
  network.stalled = true
  for (let n = 0; n < 40; n++) outlet.say(subscription.connection, 'x'.repeat(60_000))
  await Promise.resolve()
  expect(closed).toEqual([[subscription.connection, closes.slow]])
  expect(network.buffered).toBeLessThan(MOST_LACKING + 130_000)
})
it('holds what is live back until the answer that comes first is out', () => {
  const { network, subscription } = reader()
  subscription.connection.held = true
  outlet.push(subscription, piece('live'))
  outlet.flush()
  expect(network.writes).toEqual([])
  outlet.say(subscription.connection, 'answer')
  outlet.release(subscription.connection)
  expect(network.writes).toEqual(['answer\n', 'live\n'])
})
it('cuts a turn into writes of bounded size', () => {
  const { network, subscription } = reader()
  for (let n = 0; n < 10; n++) outlet.push(subscription, piece('x'.repeat(20_000)))
  outlet.flush()
  expect(Math.max(...network.writes.map(({ length }) => length))).toBeLessThan(90_000)
  expect(network.writes.join('').length).toBe(200_010)
})
it('bears with who takes in a large answer, and with who asks for it over and over only so long', async () => {
  const { network, subscription } = reader()
  const { connection } = subscription
  network.stalled = true
  const large = piece('x'.repeat(3 * MOST_LACKING))
  outlet.give(connection, [large])
  outlet.say(connection, 'the end of it')
  outlet.push(subscription, piece('y'.repeat(MOST_LACKING / 2)))
  outlet.flush()
  await Promise.resolve()
  expect(closed).toEqual([])
  outlet.give(connection, [large])
  await Promise.resolve()
  outlet.give(connection, [large])
  await Promise.resolve()
  expect(closed).toEqual([[connection, closes.slow]])
})
it('sends a run of messages at once to who keeps up, and to others one by one', () => {
  const [one, two] = [reader(), reader()]
  const run = [piece('a'), piece('b'), piece('c')]
  two.network.stalled = true
  two.network.write(Buffer.from('0'))
  expect([outlet.pushAll(one.subscription, run), outlet.pushAll(two.subscription, run)]).toEqual([true, false])
  expect(outlet.pushAll(one.subscription, run)).toBe(false)
  outlet.flush()
  expect([one.network.writes, two.network.writes]).toEqual([['a\nb\nc\n'], ['0']])
  expect([one.subscription.sentTo, two.subscription.sentTo]).toEqual([run[2]?.position, 0])
})
