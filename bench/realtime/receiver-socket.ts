// One client connection of a receiver: a bare TCP socket that speaks just enough WebSocket.
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { clientFrame, inflated, readFrames, upgradeRequest } from './frames.ts'
import { speeches } from './speech.ts'
import type { Speech } from './speech.ts'
import type { Opening, Totals, Visitor } from './receiver-contract.ts'
import { now } from './usage.ts'

/** All sockets read into the same memory, one after the other. */
const shared = Buffer.alloc(262_144)
const HEAD_END = Buffer.from('\r\n\r\n')
const PONG = clientFrame('', 10)

export interface Listener {
  totals: Totals
  /** Called with the messages of every frame that has some. */
  received(messages: number): void
}

export class ReceiverSocket {
  /** Set on those whose messages are looked at. */
  document: ((document: ReturnType<Speech['documents']>[number], time: number) => void) | undefined
  /** Milliseconds that the server asked it to stay away. */
  after = 0
  readonly ready: Promise<void>
  /** Resolves with the code it was closed with. */
  readonly closed: Promise<string>
  readonly #socket: Socket
  readonly #speech: Speech
  readonly #listener: Listener
  #rest: Buffer | undefined
  #upgraded = false
  #steps: string[]
  #isReady: () => void = () => {}
  #failed: (error: Error) => void = () => {}
  #code = '1006'

  constructor(opening: Omit<Opening, 'visitors' | 'atOnce' | 'group'>, visitor: Visitor, listener: Listener) {
    const { port, protocol, deflate } = opening
    this.#speech = speeches[protocol]
    this.#listener = listener
    this.#steps = this.#speech.steps(visitor)
    this.ready = new Promise((resolve, reject) => {
      this.#isReady = resolve
      this.#failed = reject
    })
    this.#socket = connect({
      port,
      host: '127.0.0.1',
      noDelay: true,
      onread: { buffer: shared, callback: (length, bytes) => this.#read(Buffer.from(bytes.buffer, 0, length)) },
    })
    this.#socket.write(upgradeRequest(this.#speech.path(visitor), port, deflate))
    this.#socket.on('error', (error) => this.#failed(error))
    this.closed = new Promise((resolve) => {
      this.#socket.on('close', () => {
        this.#failed(new Error(`closed with ${this.#code} before it was ready`))
        resolve(this.#code)
      })
    })
  }

  stall(): void {
    this.#socket.pause()
  }
  close(): void {
    this.#socket.destroy()
  }

  #read(chunk: Buffer): boolean {
    this.#listener.totals.bytes += chunk.length
    const bytes = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk
    this.#rest = undefined
    try {
      const frames = this.#upgraded ? bytes : this.#head(bytes)
      if (frames) this.#rest = readFrames(frames, this.#frame)
    } catch (error) {
      this.#code = (error as Error).message
      this.#failed(error as Error)
      this.#socket.destroy()
    }
    return true
  }

  #head(bytes: Buffer): Buffer | undefined {
    const end = bytes.indexOf(HEAD_END)
    if (end < 0) return void (this.#rest = Buffer.from(bytes))
    const head = bytes.subarray(0, end).toString('latin1')
    if (!head.startsWith('HTTP/1.1 101')) throw new Error(`${head}\n${bytes.subarray(end).toString('utf8', 0, 300)}`)
    this.#upgraded = true
    this.#step()
    return bytes.subarray(end + HEAD_END.length)
  }

  #step(): void {
    const step = this.#steps.shift()
    if (step === undefined) this.#isReady()
    else if (step !== '') this.#socket.write(clientFrame(step))
  }

  readonly #frame = (first: number, bytes: Buffer, from: number, to: number): void => {
    const opcode = first & 15
    if (opcode === 9) return void this.#socket.write(PONG)
    if (opcode === 8) {
      this.#code = to - from >= 2 ? String(bytes.readUInt16BE(from)) : '1005'
      return void this.#socket.end(clientFrame('', 8))
    }
    if (opcode !== 1) return
    const raw = bytes.subarray(from, to)
    const payload = first & 0x40 ? inflated(raw) : raw
    const { messages, answer, reply, after } = this.#speech.hear(payload)
    if (after !== undefined) this.after = after
    if (answer !== undefined) this.#socket.write(clientFrame(answer))
    if (reply) this.#step()
    if (messages === 0) return
    this.#listener.totals.messages += messages
    if (this.document) {
      const time = now()
      for (const document of this.#speech.documents(payload)) this.document(document, time)
    }
    this.#listener.received(messages)
  }
}
