// The receiving end of relays: a command that came by two ways, because nobody knew whether the first had worked, is taken once.
export type Receive = (session: string, data: string) => void

const REMEMBERED = 2_000

export class Received {
  #receive: Receive | undefined
  readonly #seen = new Set<string>()

  start(receive: Receive): void {
    this.#receive = receive
  }

  take(command: string, session: string, data: string): void {
    if (!this.#receive || this.#seen.has(command)) return
    this.#seen.add(command)
    if (this.#seen.size > REMEMBERED)
      for (const oldest of this.#seen) {
        this.#seen.delete(oldest)
        break
      }
    this.#receive(session, data)
  }
}
