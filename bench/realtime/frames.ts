// The client's side of WebSocket, as little of it as a receiver of many needs: it must cost less than the server it measures.
import { constants, inflateRawSync } from 'node:zlib'

/** A client's frame. It must be masked; the mask may be nothing. */
export function clientFrame(text: string, opcode = 1): Buffer {
  const payload = Buffer.from(text)
  const { length } = payload
  const head = length < 126 ? Buffer.alloc(6) : Buffer.alloc(8)
  head[0] = 0x80 | opcode
  head[1] = 0x80 | (length < 126 ? length : 126)
  if (length > 65_535) throw new Error('no command is that long')
  if (length >= 126) head.writeUInt16BE(length, 2)
  return Buffer.concat([head, payload])
}

export const upgradeRequest = (path: string, port: number, deflate: boolean) =>
  [
    `GET ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...(deflate ? ['Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits'] : []),
    '\r\n',
  ].join('\r\n')

/** Calls `frame` with each whole frame of the bytes: its first byte and where its payload lies. Returns what is left. */
export function readFrames(
  bytes: Buffer,
  frame: (first: number, bytes: Buffer, from: number, to: number) => void,
): Buffer | undefined {
  let at = 0
  while (at + 2 <= bytes.length) {
    const first = bytes[at] ?? 0
    let length = (bytes[at + 1] ?? 0) & 127
    let from = at + 2
    if (length === 126) {
      if (from + 2 > bytes.length) break
      length = bytes.readUInt16BE(from)
      from += 2
    } else if (length === 127) {
      if (from + 8 > bytes.length) break
      length = bytes.readUInt32BE(from + 4)
      from += 8
    }
    if (from + length > bytes.length) break
    frame(first, bytes, from, from + length)
    at = from + length
  }
  // The bytes lie in a buffer that all sockets share.
  return at < bytes.length ? Buffer.from(bytes.subarray(at)) : undefined
}

const TAIL = Buffer.from([0, 0, 255, 255])
const MOST_KNOWN = 64
const known = new Map<string, Buffer>()

/** A compressed payload as it was. All sockets get the same bytes: they are inflated once. */
export function inflated(payload: Buffer): Buffer {
  const key = payload.toString('latin1')
  const before = known.get(key)
  if (before) return before
  const plain = inflateRawSync(Buffer.concat([payload, TAIL]), { finishFlush: constants.Z_SYNC_FLUSH })
  if (known.size >= MOST_KNOWN) known.delete(known.keys().next().value ?? '')
  known.set(key, plain)
  return plain
}
