// Tells the server up to which message everything was received, at most once a second; what could not be told waits.
import { Refusal, type Line } from './line.ts'
import { createAlarm, type Timing } from './timing.ts'

const pause = 1_000

export interface Acknowledgements {
  /** Everything up to this id was received, says somebody who knows. */
  upTo(id: string): void
  /** A message is being handled, in the order of ids; to be told whether all went well. */
  handling(id: string): (whole: boolean) => void
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
  /** Ids whose handlers failed: an acknowledgement is for all before it as well, so it goes no further by itself. */
  let unhandled: number[] = []
  let byHand = 0
  /** Grows when ids begin anew. */
  let generation = 0

  function advance(id: number): void {
    wanted = Math.max(wanted, id)
    tell()
  }
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
      byHand = Math.max(byHand, Number(id))
      unhandled = unhandled.filter((each) => each > byHand)
      advance(Number(id))
    },
    handling(id) {
      const mine = generation
      return (whole) => {
        if (mine !== generation) return
        if (!whole && Number(id) > byHand) unhandled.push(Number(id))
        if (unhandled.length === 0) advance(Number(id))
      }
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
      wanted = told = byHand = 0
      unhandled = []
      generation += 1
    },
  }
}
