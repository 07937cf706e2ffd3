// Before a process stops, its clients are sent away at a pace at which the other processes can take them: who comes back at
// once, as some clients do, is spread by when it was sent; who listens is told its own time to come back.
import type { Clock } from '../../platform/clock.ts'
import { closes } from './codes.ts'
import type { Core } from './core.ts'

/** Connections a second that come back at most. */
const PACE = 1_500
const STEP_MS = 50

export async function drain(
  core: Core,
  { within, random, clock }: { within: number; random: () => number; clock: Clock },
): Promise<void> {
  const connections = [...core.hub.connections]
  const steps = Math.max(1, Math.floor(within / STEP_MS))
  const each = Math.max((PACE * STEP_MS) / 1_000, Math.ceil(connections.length / steps))
  let gone = 0
  for (const connection of connections) {
    // Where there is too little time to send them away at the pace, they are told to come back at it.
    const due = (gone / PACE) * 1_000
    const passed = Math.floor(gone / each) * STEP_MS
    const after = Math.round(Math.max(0, due - passed) + random() * 500)
    const word = connection.speech.comeBack(after)
    if (word !== null) core.outlet.say(connection, word)
    core.close(connection, closes.shutdown)
    gone += 1
    if (gone % each === 0 && gone < connections.length) await clock.wait(STEP_MS)
  }
}
