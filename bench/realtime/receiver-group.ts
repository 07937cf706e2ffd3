// Sockets of one kind at one server, counted together.
import type { Opening, Totals, Visitor } from './receiver-contract.ts'
import { ReceiverSocket } from './receiver-socket.ts'

/** Runs `work` for each, so many at once. */
export async function each<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  let next = 0
  const worker = async () => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await work(item)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

export class Group {
  readonly totals: Totals = { open: 0, messages: 0, bytes: 0, closed: {} }
  readonly sockets = new Map<ReceiverSocket, Visitor>()
  readonly #opening: Omit<Opening, 'visitors' | 'atOnce' | 'group'>
  #waiting: { messages: number; resolve: () => void; reject: (error: Error) => void } | undefined

  constructor({ port, protocol, deflate }: Opening) {
    this.#opening = { port, protocol, deflate }
  }

  async join(
    visitor: Visitor,
    port = this.#opening.port,
    made: (socket: ReceiverSocket) => void = () => {},
  ): Promise<ReceiverSocket> {
    const { totals, sockets } = this
    const socket = new ReceiverSocket({ ...this.#opening, port }, visitor, this)
    made(socket)
    await socket.ready
    totals.open += 1
    sockets.set(socket, visitor)
    void socket.closed.then((code) => {
      totals.open -= 1
      totals.closed[code] = (totals.closed[code] ?? 0) + 1
      sockets.delete(socket)
      // What is waited for would never be complete.
      this.#waiting?.reject(new Error(`a connection was closed: ${code}`))
      this.#waiting?.reject(new Error(`a socket was closed with ${code} while messages were awaited`))
    })
    return socket
  }

  received(): void {
    if (!this.#waiting || this.totals.messages < this.#waiting.messages) return
    const { resolve } = this.#waiting
    this.#waiting = undefined
    resolve()
  }

  /** Resolves once so many messages were received in all, rejects when a socket is lost before; one waits at a time. */
  reached(messages: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting = { messages, resolve, reject }
      this.received()
    })
  }

  everyNth(every: number): ReceiverSocket[] {
    return [...this.sockets.keys()].filter((_, index) => index % every === 0)
  }

  close(): void {
    for (const socket of this.sockets.keys()) socket.close()
  }
}
