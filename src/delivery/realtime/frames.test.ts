import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import type { Writable } from 'node:stream'
import { inflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as ws from 'ws'
import { Chain, forms } from './frames.ts'
import type { Piece } from './frames.ts'

const piece = (text: string, more: Partial<Piece> = {}): Piece => ({
  bytes: Buffer.from(text),
  position: 7,
  subject: 'project:1',
  secret: false,
  ...more,
})
// Exported, but left out of its types.
const { Receiver } = ws as unknown as { Receiver: new (options: object) => Writable }

/** What a client's WebSocket makes of the bytes. */
async function received(bytes: Buffer): Promise<string[]> {
  const receiver = new Receiver({ isServer: false, extensions: {} })
  const messages: string[] = []
  receiver.on('message', (data: Buffer) => messages.push(data.toString()))
  const source = new PassThrough()
  source.pipe(receiver)
  source.end(bytes)
  await once(receiver, 'finish')
  return messages
}

it('puts the messages of a turn into one frame, a line each, or into a frame each', async () => {
  const pieces = [piece('{"a":1}'), piece('{"b":2}')]
  expect(await received(forms.lines.render(pieces))).toEqual(['{"a":1}\n{"b":2}'])
  expect(await received(forms.frames.render(pieces))).toEqual(['{"a":1}', '{"b":2}'])
})
it('frames any length so that a client reads what was meant', async () => {
  const lengths = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.constantFrom(125, 126, 65_535, 65_536, 70_000))
  await fc.assert(
    fc.asyncProperty(lengths, async (length) => {
      const text = 'ß'.repeat(length)
      expect(await received(forms.lines.render([piece(text)]))).toEqual([text])
    }),
    { numRuns: 30 },
  )
})

/** The payload of a single frame and whether it is marked as deflated. */
function opened(frame: Buffer): { deflated: boolean; payload: Buffer } {
  const length = frame.readUInt8(1)
  const at = length === 126 ? 4 : length === 127 ? 10 : 2
  return { deflated: (frame.readUInt8(0) & 0x40) !== 0, payload: frame.subarray(at) }
}
const inflated = (payload: Buffer) =>
  inflateRawSync(Buffer.concat([payload, Buffer.from([0, 0, 0xff, 0xff])]), { finishFlush: 2 }).toString()
const long = JSON.stringify({ name: 'Situs '.repeat(400) })

it('deflates long messages so that each can be inflated on its own', () => {
  const { deflated, payload } = opened(forms.linesDeflated.render([piece(long), piece('{}')]))
  expect(deflated).toBe(true)
  expect(payload.length).toBeLessThan(long.length / 10)
  expect(inflated(payload)).toBe(`${long}\n{}`)
})
it('leaves short messages, those that would not shrink, and those that hold a secret as they are', () => {
  const noise = { ...piece(''), bytes: randomBytes(2_000) }
  expect(opened(forms.linesDeflated.render([piece('{"short":true}')])).deflated).toBe(false)
  expect(opened(forms.framesDeflated.render([noise]))).toEqual({ deflated: false, payload: noise.bytes })
  expect(opened(forms.linesDeflated.render([piece(long, { secret: true })])).deflated).toBe(false)
  expect(opened(forms.linesDeflated.render([piece(long), piece(long, { secret: true })])).deflated).toBe(false)
  expect(opened(forms.framesDeflated.render([piece(long, { secret: true })])).deflated).toBe(false)
})
it('writes server-sent events whose id is the cursor', () => {
  expect(forms.eventsWithId.render([piece('{"a":1}', { position: 12 })]).toString()).toBe('id: 12\ndata: {"a":1}\n\n')
  expect(forms.events.render([piece('{"a":1}'), piece('{}')]).toString()).toBe('data: {"a":1}\n\ndata: {}\n\n')
  expect(forms.stream.render([piece('{"a":1}'), piece('{}')]).toString()).toBe('{"a":1}\n{}\n')
})
it('makes the bytes of a turn once for all who get the same, whatever else others get', () => {
  const [a, b, c] = [piece('a'), piece('b'), piece('c')]
  const root = new Chain(forms.lines)
  const mine = root.and(a).and(b)
  expect(root.and(a).and(b)).toBe(mine)
  expect(root.and(a).and(b).render()).toBe(mine.render())
  expect(root.and(a).and(c).pieces()).toEqual([a, c])
  expect(root.and(b).pieces()).toEqual([b])
  expect([mine.length, mine.bytes]).toEqual([2, 2])
})
it('puts several answers into one server-sent event, a line each', () => {
  expect(forms.events.aside('{"id":1}\n{"id":2}').toString()).toBe('data: {"id":1}\ndata: {"id":2}\n\n')
})
