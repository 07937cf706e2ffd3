// One opening of a transport, spoken over in the plain protocol: commands and their answers, pings, and the time they take.
import { createAlarm, type Timing } from './timing.ts'
import { lost, type Ending, type OpenTransport } from './transport.ts'
import type { LiveMessage } from './message.ts'

/** A document that is no message. */
export interface Notice {
  type: string
  ref?: number
  channel?: string
  code?: number
  message?: string
  temporary?: boolean
  /** Seconds. */
  retryAfter?: number
  /** Milliseconds. */
  after?: number
  id?: string
  epoch?: string
  recovered?: boolean
  /** Seconds. */
  expiresIn?: number
}

/** A command that the server refused. */
export class Refusal extends Error {
  readonly code: number
  readonly temporary: boolean
  /** Milliseconds until it is worth trying again. */
  readonly retryAfter: number

  constructor({ code = 0, message = '', temporary = false, retryAfter = 1 }: Notice) {
    super(message)
    this.code = code
    this.temporary = temporary
    this.retryAfter = retryAfter * 1000
  }
}

export interface LineOptions {
  open: OpenTransport
  timing: Timing
  /** Milliseconds between our pings. */
  heartbeat: number
  opened(): void
  message(message: LiveMessage): void
  notice(notice: Notice): void
  heard(bytes: number): void
  /** The milliseconds a ping took. */
  latency(milliseconds: number): void
  /** Once, and never after `end`. */
  ended(ending: Ending, opened: boolean): void
}

export interface Line {
  /** Resolves to the answer. Rejects with a `Refusal`, or when the line ends first. */
  ask(command: { type: string; [name: string]: unknown }): Promise<Notice>
  /** Ends the line unless something is heard within so many milliseconds. */
  probe(silence: number): void
  end(): void
}

/** Milliseconds of silence while an opening, an answer, or the answer to a ping is due. */
const patience = 10_000
const pingPatience = 8_000

export function openLine(options: LineOptions): Line {
  const { timing } = options
  const waiting = new Map<number, { resolve(notice: Notice): void; reject(error: Error): void }>()
  const beat = createAlarm(timing)
  let refs = 0
  let heard = 0
  let opened = false
  let over = false

  function finish(): void {
    over = true
    beat.clear()
    for (const { reject } of waiting.values()) reject(new Error(lost.reason))
    waiting.clear()
  }
  function ended(ending: Ending): void {
    if (over) return
    finish()
    options.ended(ending, opened)
  }
  function giveUp(): void {
    if (over) return
    transport.close()
    ended(lost)
  }
  /** Gives up once nothing at all was heard for so long; returns how to stop watching. */
  function watch(silence: number): () => void {
    const before = heard
    let stop = timing.after(silence, () => {
      if (heard === before) giveUp()
      else stop = watch(silence)
    })
    return () => stop()
  }
  function take(text: string): void {
    const document = JSON.parse(text) as Notice | LiveMessage
    if ('payload' in document) return options.message(document)
    const { ref, type } = document
    const asked = ref === undefined ? undefined : waiting.get(ref)
    if (asked && ref !== undefined) {
      waiting.delete(ref)
      if (type === 'error') asked.reject(new Refusal(document))
      else asked.resolve(document)
    } else if (type === 'ping') transport.send('{"type":"pong"}')
    else options.notice(document)
  }
  function ask(command: object, silence = patience): Promise<Notice> {
    return new Promise((resolve, reject) => {
      if (over) return reject(new Error(lost.reason))
      const ref = ++refs
      const stop = watch(silence)
      const settling =
        <T>(settle: (value: T) => void) =>
        (value: T) => {
          stop()
          settle(value)
        }
      waiting.set(ref, { resolve: settling(resolve), reject: settling(reject) })
      transport.send(JSON.stringify({ ...command, ref }))
    })
  }
  function probe(silence: number): void {
    const sent = performance.now()
    ask({ type: 'ping' }, silence).then(
      () => options.latency(performance.now() - sent),
      () => undefined,
    )
  }
  function everyBeat(): void {
    beat.set(options.heartbeat, () => {
      everyBeat()
      probe(pingPatience)
    })
  }

  beat.set(patience, giveUp)
  const transport = options.open({
    opened() {
      opened = true
      everyBeat()
      options.opened()
    },
    heard(bytes) {
      heard += 1
      options.heard(bytes)
    },
    text: take,
    ended,
  })
  return {
    ask,
    probe,
    end() {
      if (over) return
      finish()
      transport.close()
    },
  }
}
