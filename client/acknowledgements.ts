// Tells the server up to which message everything was received, at most once a second; what could not be told waits.
import { Refusal, type Line } from './line.ts'
import { createAlarm, type Timing } from './timing.ts'

const pause = 1_000

export interface Acknowledgements {
  /** Everything up to this id was received. */
  upTo(id: string): void
  /** Tells at once what waits. */
  flush(): void
  enter(line: Line): void
  leave(): void
  /** Ids of before mean nothing any more. */
  forget(): void
}

/** @param confirmed is told each id that the server has noted */
export function createAcknowledgements(timing: Timing, confirmed: (id: number) => void): Acknowledgements {
  const alarm = createAlarm(timing)
  let line: Line | undefined
  let wanted = 0
  let told = 0
  let resting = false

  function tell(): void {
    if (!line || wanted <= told || resting) return
    send(line)
  }
  function send(on: Line): void {
    const id = wanted
    const before = told
    told = id
    resting = true
    alarm.set(pause, again)
    on.ask({ type: 'ack', id: String(id) }).then(
      () => confirmed(id),
      (error: unknown) => {
        const refused = error instanceof Refusal
        // What was refused for good is covered by the next; anything else is told again.
        if (refused && !error.temporary) return
        if (told === id) told = before
        if (refused && line === on) alarm.set(error.retryAfter, again)
      },
    )
  }
  function again(): void {
    resting = false
    tell()
  }

  return {
    upTo(id) {
      wanted = Math.max(wanted, Number(id))
      tell()
    },
    flush() {
      if (line && wanted > told) send(line)
    },
    enter(next) {
      line = next
      resting = false
      tell()
    },
    leave() {
      line = undefined
      alarm.clear()
    },
    forget() {
      wanted = told = 0
    },
  }
}
