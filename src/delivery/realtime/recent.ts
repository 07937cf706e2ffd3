// The latest messages, in memory: most who come back missed only these, and need no query.
import type { Message } from './message.ts'

const MOST = 1_000

export class Recent {
  #messages: Message[] = []
  /** Everything after this position is here. */
  #from: number
  /** Up to here the log is known. */
  #position: number

  constructor(position: number) {
    this.#from = position
    this.#position = position
  }

  get position(): number {
    return this.#position
  }

  add(messages: readonly Message[], upTo: number): void {
    this.#messages.push(...messages)
    this.#position = upTo
    // In steps, so that the usual batch moves nothing.
    if (this.#messages.length < MOST * 1.5) return
    const dropped = this.#messages.splice(0, this.#messages.length - MOST)
    this.#from = dropped.at(-1)?.position ?? this.#from
  }

  /** Forgets everything: what comes after the position is remembered anew. */
  restart(position: number): void {
    this.#messages = []
    this.#from = this.#position = position
  }

  /** Whether nothing after this position has left the memory. */
  covers(after: number): boolean {
    return after >= this.#from
  }

  /** Messages after a position, oldest first. */
  *after(position: number): Generator<Message> {
    for (let at = this.#firstAfter(position); at < this.#messages.length; at++) {
      const message = this.#messages[at]
      if (message) yield message
    }
  }

  find(position: number): Message | undefined {
    const found = this.#messages[this.#firstAfter(position - 1)]
    return found?.position === position ? found : undefined
  }

  #firstAfter(position: number): number {
    let low = 0
    let high = this.#messages.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#messages[middle]?.position ?? Infinity) <= position) low = middle + 1
      else high = middle
    }
    return low
  }
}
