// From pieces of JSON to bytes on the wire. Everything is made once and shared: a piece by all who are sent it, and the bytes
// of a turn by all who are sent the same pieces in it. A turn's pieces form a chain; chains that begin alike share their links.
import { constants, deflateRawSync } from 'node:zlib'

/** One message for one kind of reader in one channel. */
export interface Piece {
  /** JSON, one line. */
  readonly bytes: Buffer
  /** The event's position; a reply has none. */
  readonly position: number
  /** Where only the newest counts, a later piece with the same key replaces this one. */
  readonly subject: string
  /** Never compressed. */
  readonly secret: boolean
}

/** How the pieces of a turn become bytes. Compared by identity. */
export interface Form {
  readonly name: string
  render(pieces: readonly Piece[]): Buffer
  /** Something that is no message, such as an answer; rendered like a piece unless given. */
  aside?(text: string): Buffer
}

const NEWLINE = Buffer.from('\n')
const COMPRESS_FROM = 1_024

/** Bytes that went into the compressor and that came out, for the ratio. */
export const compressed = { before: 0, after: 0 }

/** The header of a server's text frame (RFC 6455, 5.2): final, unmasked. */
function header(length: number, deflated: boolean): Buffer {
  const first = deflated ? 0xc1 : 0x81
  if (length < 126) return Buffer.from([first, length])
  if (length < 65_536) return Buffer.from([first, 126, length >> 8, length & 255])
  const long = Buffer.alloc(10)
  long.writeUInt8(first, 0)
  long.writeUInt8(127, 1)
  long.writeBigUInt64BE(BigInt(length), 2)
  return long
}

const plainFrame = (payload: readonly Buffer[], length: number) => Buffer.concat([header(length, false), ...payload])

/**
 * The frame deflated on its own (RFC 7692, 7.2.3.6: no context takeover), so that it suits every receiver; as it is when that
 * is not shorter.
 */
function deflatedFrame(payload: readonly Buffer[], length: number): Buffer {
  if (length < COMPRESS_FROM) return plainFrame(payload, length)
  const whole = payload.length === 1 && payload[0] ? payload[0] : Buffer.concat(payload)
  const deflated = deflateRawSync(whole, {
    finishFlush: constants.Z_SYNC_FLUSH,
    // A window as large as what is in it: making a larger one ready takes longer than the compression.
    windowBits: Math.min(15, Math.max(9, 32 - Math.clz32(length))),
    memLevel: 7,
  }).subarray(0, -4)
  if (deflated.length >= length) return plainFrame(payload, length)
  compressed.before += length
  compressed.after += deflated.length
  return Buffer.concat([header(deflated.length, true), deflated])
}

function joined(pieces: readonly Piece[], by: Buffer): { payload: Buffer[]; length: number } {
  const payload: Buffer[] = []
  let length = 0
  for (const { bytes } of pieces) {
    if (payload.length > 0) length += payload.push(by) && by.length
    payload.push(bytes)
    length += bytes.length
  }
  return { payload, length }
}

const anySecret = (pieces: readonly Piece[]) => pieces.some(({ secret }) => secret)

/** All pieces as the lines of one WebSocket frame. */
const lines = (deflate: boolean): Form => ({
  name: deflate ? 'lines, deflated' : 'lines',
  render(pieces) {
    const { payload, length } = joined(pieces, NEWLINE)
    return deflate && !anySecret(pieces) ? deflatedFrame(payload, length) : plainFrame(payload, length)
  },
})

/** A WebSocket frame for each piece, for readers that expect one JSON document a message. */
const frames = (deflate: boolean): Form => ({
  name: deflate ? 'frames, deflated' : 'frames',
  render: (pieces) =>
    Buffer.concat(
      pieces.map(({ bytes, secret }) =>
        deflate && !secret ? deflatedFrame([bytes], bytes.length) : plainFrame([bytes], bytes.length),
      ),
    ),
})

export const forms = {
  lines: lines(false),
  linesDeflated: lines(true),
  frames: frames(false),
  framesDeflated: frames(true),
  /** Newline-delimited JSON over HTTP. */
  stream: {
    name: 'stream',
    render: (pieces) => Buffer.concat(pieces.flatMap(({ bytes }) => [bytes, NEWLINE])),
  } satisfies Form,
  /** Server-sent events. */
  events: {
    name: 'events',
    render: (pieces) => Buffer.from(pieces.map(({ bytes }) => `data: ${bytes.toString()}\n\n`).join('')),
    // Several answers are several lines of one event.
    aside: (text) => Buffer.from(`data: ${text.replaceAll('\n', '\ndata: ')}\n\n`),
  } satisfies Form,
  /** Server-sent events whose id is the cursor. */
  eventsWithId: {
    name: 'events with id',
    render: (pieces) =>
      Buffer.from(pieces.map(({ bytes, position }) => `id: ${position}\ndata: ${bytes.toString()}\n\n`).join('')),
    aside: (text) => Buffer.from(`event: reply\ndata: ${text}\n\n`),
  } satisfies Form,
}

/** The pieces some connections are sent in a turn, and the bytes they become. */
export class Chain {
  readonly bytes: number
  readonly length: number
  readonly #form: Form
  readonly #before: Chain | undefined
  readonly #piece: Piece | undefined
  #latest: Chain | undefined
  #others: Map<Piece, Chain> | undefined
  #rendered: Buffer | undefined

  constructor(form: Form, before?: Chain, piece?: Piece) {
    this.#form = form
    this.#before = before
    this.#piece = piece
    this.bytes = (before?.bytes ?? 0) + (piece?.bytes.length ?? 0)
    this.length = (before?.length ?? 0) + (piece ? 1 : 0)
  }

  /** The chain with one more piece: the same one for all who ask for the same. */
  and(piece: Piece): Chain {
    if (this.#latest && this.#latest.#piece === piece) return this.#latest
    let next = this.#others?.get(piece)
    if (!next) {
      next = new Chain(this.#form, this, piece)
      if (this.#latest) (this.#others ??= new Map()).set(piece, next)
      else this.#latest = next
    }
    return next
  }

  render(): Buffer {
    return (this.#rendered ??= this.#form.render(this.pieces()))
  }

  pieces(): Piece[] {
    const pieces: Piece[] = this.#piece ? [this.#piece] : []
    for (let link = this.#before; link; link = link.#before) if (link.#piece) pieces.push(link.#piece)
    return pieces.reverse()
  }
}
