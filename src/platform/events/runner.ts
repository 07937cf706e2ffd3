// Keeps one reader going: a turn whenever there is something for it, a rest otherwise, until it is stopped.
import { setTimeout as sleep } from 'node:timers/promises'
import { isConnectionFailure } from '../database-errors.ts'
import { Bell } from './bell.ts'
import { register } from './cursors.ts'
import type { EventReader } from './reader.ts'
import { takeTurn, UNSAVED_POSITIONS } from './turn.ts'
import type { Memory, Surroundings, Turn } from './turn.ts'

export interface RunningReader {
  readonly name: string
  /** Up to here everything was handled or parked as far as this process knows; -1 before its first turn. */
  position(): number
  /** Its row was changed: it was replayed, or a parked event shall be tried again. */
  nudge(): void
  /** Resolves when the turn being taken has ended. */
  stop(): Promise<void>
}

// Real time: these bound how long a change by another process (its end, above all) may go unnoticed.
const REST_MS = 1_000
const ROW_MS = 5_000
const TROUBLE_MS = 250

export function runReader(reader: EventReader, around: Surroundings): RunningReader {
  const log = around.log.child({ reader: reader.name })
  const types = reader.types && new Set(reader.types)
  const bell = new Bell()
  const stopping = new AbortController()
  let nudged = new AbortController()
  let memory: Memory = { seen: -1, saved: -1 }
  let turnTaken = -Infinity
  let mustLook = true

  /** When the tail knows of nothing new for this reader, its turn needs no transaction. */
  function skipped(): boolean {
    if (mustLook || performance.now() - turnTaken > ROW_MS) return false
    const page = around.tail.take(memory.seen, 1, types)
    if (!page || page.events.length > 0) return false
    memory.seen = page.upTo
    return memory.seen - memory.saved < UNSAVED_POSITIONS
  }

  async function turn(): Promise<Turn['next']> {
    if (skipped()) return 'idle'
    if (mustLook) memory = { seen: -1, saved: -1 }
    mustLook = false
    const { memory: after, next } = await takeTurn(reader, memory, { ...around, log })
    memory = after
    turnTaken = performance.now()
    return next
  }

  async function pause(until: Date): Promise<void> {
    const ms = until.getTime() - around.clock.now().getTime()
    await around.clock.wait(ms, AbortSignal.any([stopping.signal, nudged.signal])).catch(() => undefined)
  }

  async function run(): Promise<void> {
    let registered = false
    while (!stopping.signal.aborted) {
      try {
        if (!registered) await register(around.database.db, reader)
        registered = true
        const next = await turn()
        if (next === 'idle') await bell.wait(REST_MS)
        else if (next !== 'again') await pause(next.until)
      } catch (error) {
        if (stopping.signal.aborted) return
        const text = 'a reader of events cannot go on for now'
        if (isConnectionFailure(error)) log.warn({ err: error }, text)
        else log.error({ err: error }, text)
        await sleep(TROUBLE_MS, undefined, { signal: stopping.signal }).catch(() => undefined)
      }
    }
  }

  const unsubscribe = around.tail.subscribe(() => bell.ring())
  const running = run()
  return {
    name: reader.name,
    position: () => (mustLook ? -1 : memory.seen),
    nudge() {
      mustLook = true
      nudged.abort()
      nudged = new AbortController()
      bell.ring()
    },
    async stop() {
      unsubscribe()
      stopping.abort()
      bell.ring()
      await running
    },
  }
}
