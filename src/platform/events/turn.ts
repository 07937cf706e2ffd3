// One turn of a reader: claim its cursor, handle what comes after it and move the cursor, all in one transaction. Whether an
// event counts as handled is decided by the claimed row alone; what the runner remembers only saves queries.
import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import { isConnectionFailure } from '../database-errors.ts'
import type { Database, Tx } from '../database.ts'
import { claim, moveTo, noteFailure, park, parkAgain, unpark } from './cursors.ts'
import type { EventReader, StoredEvent } from './reader.ts'
import { pageAfter } from './store.ts'
import type { Tail } from './tail.ts'

export interface Surroundings {
  database: Database
  tail: Tail
  clock: Clock
  random: () => number
  log: Logger
}

/** What a runner remembers between turns. */
export interface Memory {
  /** Nothing of interest lies between the saved cursor and here; -1 before the first turn. */
  seen: number
  /** The cursor as last seen in the database. */
  saved: number
  /** Events in the next batch at most; undefined for the usual number. */
  limit?: number
}

export interface Turn {
  memory: Memory
  next: 'again' | 'idle' | { until: Date }
}

/** How far the cursor in the database may lag while nothing of interest happens. */
export const UNSAVED_POSITIONS = 1_000

const BATCH = 100
const BATCH_MS = 50
// Below the limits of a transaction, so that a handler that hangs is counted as a failure and not as a lost connection.
const HANDLE_MS = 10_000
const ATTEMPTS = 5
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 30_000

interface Progress {
  cursor: number
  event: StoredEvent | undefined
  /** Events begun in this batch; the last of them is `event`. */
  begun: number
  /** A handler, and not the transaction around it, is running. */
  handling: boolean
  parked: boolean
}

export async function takeTurn(reader: EventReader, memory: Memory, around: Surroundings): Promise<Turn> {
  const fresh = (): Progress => ({ cursor: -1, event: undefined, begun: 0, handling: false, parked: false })
  let progress = fresh()
  try {
    return await around.database.transaction((tx) => {
      progress = fresh()
      return handleNext(tx, reader, memory, around, progress)
    })
  } catch (error) {
    const { event, begun, handling } = progress
    if (!event || isConnectionFailure(error)) throw error
    // The events before it are handled on their own first, so that a failure only ever counts for the one at the cursor.
    if (begun > 1) return { memory: { ...memory, limit: handling ? begun - 1 : 1 }, next: 'again' }
    await around.database.transaction((tx) => countFailure(tx, reader, around, { ...progress, event, error }))
    return { memory: { ...memory, limit: 1 }, next: 'again' }
  }
}

async function handleNext(
  tx: Tx,
  reader: EventReader,
  memory: Memory,
  { tail, clock }: Surroundings,
  progress: Progress,
): Promise<Turn> {
  const row = await claim(tx, reader.name)
  if (!row) return { memory, next: 'idle' }
  progress.cursor = row.position
  if (row.retryParked !== null) {
    progress.parked = true
    await handleParked(tx, reader, row.retryParked, progress)
    return { memory, next: 'again' }
  }
  if (row.retryAt && row.retryAt > clock.now()) return { memory, next: { until: row.retryAt } }
  const after = row.position === memory.saved ? Math.max(memory.seen, row.position) : row.position
  const limit = memory.limit ?? BATCH
  const types = reader.types && new Set(reader.types)
  const { events, upTo } = tail.take(after, limit, types) ?? (await pageAfter(tx, after, limit, reader.types))
  const seen = await handleAll(tx, reader, events, upTo, progress)
  const due = events.length > 0 || seen - row.position >= UNSAVED_POSITIONS
  if (due) await moveTo(tx, reader.name, seen)
  const next = events.length > 0 || seen < tail.horizon() ? 'again' : 'idle'
  return { memory: { seen, saved: due ? seen : row.position }, next }
}

/** Handles events in order and answers up to where; stops early when time is up, so that others soon see what was done. */
async function handleAll(
  tx: Tx,
  reader: EventReader,
  events: StoredEvent[],
  upTo: number,
  progress: Progress,
): Promise<number> {
  const started = performance.now()
  for (const event of events) {
    await handle(tx, reader, event, progress)
    const last = progress.begun === events.length
    if (!last && performance.now() - started > BATCH_MS) return event.position
  }
  return upTo
}

async function handle(tx: Tx, reader: EventReader, event: StoredEvent, progress: Progress): Promise<void> {
  progress.event = event
  progress.begun++
  progress.handling = true
  await within(HANDLE_MS, reader.handle(event, tx))
  progress.handling = false
}

async function handleParked(tx: Tx, reader: EventReader, position: number, progress: Progress): Promise<void> {
  await unpark(tx, reader.name, position)
  const { events } = await pageAfter(tx, position - 1, 1)
  const [event] = events
  if (event?.position === position) await handle(tx, reader, event, progress)
}

async function countFailure(
  tx: Tx,
  reader: EventReader,
  { clock, random, log }: Surroundings,
  failed: Progress & { event: StoredEvent; error: unknown },
): Promise<void> {
  const { name } = reader
  const { position, type } = failed.event
  const row = await claim(tx, name)
  // Another process or a replay has moved the cursor meanwhile: the failure is not ours to count.
  if (row?.position !== failed.cursor) return
  const error = describe(failed.error)
  if (failed.parked) {
    await parkAgain(tx, name, position, error)
    return log.error({ err: failed.error, position, type }, 'a parked event failed again')
  }
  const attempts = row.attempts + 1
  if (attempts < (reader.attempts ?? ATTEMPTS) && !reader.isHopeless?.(failed.error)) {
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 4 ** (attempts - 1)) * (0.75 + random() / 2)
    await noteFailure(tx, name, { attempts, retryAt: new Date(clock.now().getTime() + pause), error })
    return log.warn({ err: failed.error, position, type, attempts }, 'an event failed and is tried again')
  }
  await park(tx, { reader: name, position, error, attempts, at: clock.now() })
  await moveTo(tx, name, position)
  log.error({ err: failed.error, position, type, attempts }, 'an event failed for good and is parked')
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The handler did not finish within ${ms} ms`)), ms)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

// Enough to see what went wrong in the console; the stack is in the log.
const describe = (error: unknown) =>
  (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).replaceAll('\0', '').slice(0, 2_000)
