// The event log: facts are appended in the transaction that makes them true, and readers follow in the order of positions
// without ever skipping one. How a position is known to be settled is told in src/migrations/0001_platform.sql.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import { validData } from '../contract/event.ts'
import type { EventType, NewEvent } from '../contract/event.ts'
import type { Database, Tx } from '../database.ts'
import { newId } from '../ids.ts'
import { askRetry, forget, listParked, listReaders, rewind, unpark } from './cursors.ts'
import type { ParkedEvent, ReaderStatus } from './cursors.ts'
import { follow } from './follower.ts'
import type { Following, FollowOptions } from './follower.ts'
import type { EventReader, StoredEvent } from './reader.ts'
import { runReader } from './runner.ts'
import type { RunningReader } from './runner.ts'
import {
  appending,
  eventsSince,
  horizonOf,
  lastReaching,
  nameOfLog,
  oldestKept,
  pageAfter,
  pageReaching,
  renameLog,
} from './store.ts'
import type { Page } from './store.ts'
import { EVENTS_CHANNEL, openTail } from './tail.ts'

export type { StoredEvent } from './reader.ts'

export interface EventLog {
  /** Makes event types known; appending any other is an error. */
  declare(types: Iterable<EventType>): void
  /**
   * Appends events to the transaction, in this order; they are written as its last statement before COMMIT. Throws at once
   * when a type was not declared or data do not fit its contract.
   */
  append(tx: Tx, ...events: NewEvent[]): void
  /** At most `limit` events after a position, oldest first, of `types` only when given. */
  read(after: number, limit: number, types?: string[]): Promise<StoredEvent[]>
  /** At most `limit` settled events in (after, upTo] that reach one of the channels, and the position up to which they are all. */
  readReaching(channels: readonly string[], after: number, upTo: number, limit: number): Promise<Page>
  /** At most `limit` events that are pushed into a channel, of those before a settled position, newest first. */
  readBefore(channel: string, position: number, limit: number): Promise<StoredEvent[]>
  /** All events of some types since a time, oldest first. */
  since(types: readonly string[], time: Date): Promise<StoredEvent[]>
  /** The name of this log: positions of another mean nothing here. */
  epoch(): Promise<string>
  /**
   * Gives it another name, once it is a copy in which positions may be given out again. Processes that run go on with the old one.
   */
  rename(): Promise<void>
  /** Who has read up to here, or further, can read on without a gap; below it events were dropped. */
  oldest(): Promise<number>
  /** The position up to which nothing can be added any more. */
  horizon(): Promise<number>
  /** Runs a reader in this process; among all processes that run it, one at a time handles events. */
  startReader(reader: EventReader): RunningReader
  /** Gives this process every event from a position on, without a durable cursor. */
  follow(options: FollowOptions): Promise<Following>
  /** Resolves once the readers running here are past everything committed before the call, with followers too. */
  caughtUp(): Promise<void>
  readers(): Promise<ReaderStatus[]>
  /** At most 1,000 parked events, oldest first. */
  parked(reader?: string): Promise<ParkedEvent[]>
  /** Has a parked event handled once more, by whichever process runs its reader; false when it is not parked. */
  retryParked(reader: string, position: number): Promise<boolean>
  /** Gives a parked event up for good; false when it is not parked. */
  discardParked(reader: string, position: number): Promise<boolean>
  /** Has the reader handle everything from a position on again, after its `reset` when that is the beginning; false when unknown. */
  replay(reader: Pick<EventReader, 'name' | 'reset'>, fromPosition?: number): Promise<boolean>
  /** Removes the cursor of a reader that is gone from the code. */
  forget(reader: string): Promise<boolean>
  /** Stops the readers and followers of this process. */
  close(): Promise<void>
}

export interface EventLogOptions {
  database: Database
  clock: Clock
  log: Logger
  random?: () => number
  /** How many of the latest events are kept in memory, for readers that are not far behind. */
  kept?: number
}

const CURSORS_CHANNEL = 'jasaweb_event_cursors'

export function openEventLog({ database, clock, log, random = Math.random, kept }: EventLogOptions): EventLog {
  const declared = new Map<string, EventType>()
  const unwritten = new WeakMap<Tx, Omit<StoredEvent, 'position'>[]>()
  const tail = openTail({ database, log, ...(kept === undefined ? {} : { most: kept }) })
  const readers = new Set<RunningReader>()
  const followers = new Set<Following>()
  let closed = false
  let name: { epoch: string; since: number } | undefined
  let cursorChanges: Promise<(() => Promise<void>) | undefined> | undefined

  function stored(event: NewEvent): Omit<StoredEvent, 'position'> {
    const type = declared.get(event.type)
    if (!type) throw new Error(`The event "${event.type}" is not declared by any domain`)
    const data = validData(type, event)
    return {
      id: newId(clock),
      type: event.type,
      subject: event.subject,
      actor: event.actor ?? null,
      data,
      channels: [...new Set(type.reaches(data))],
      live: type.live ?? null,
      shown: type.forClients ? type.forClients.parse(data) : null,
      secret: type.secret ?? false,
      occurredAt: clock.now(),
      requestId: event.requestId ?? null,
    }
  }

  function append(tx: Tx, ...events: NewEvent[]): void {
    const rows = events.map(stored)
    if (rows.length === 0) return
    const buffer = unwritten.get(tx)
    if (buffer) return void buffer.push(...rows)
    unwritten.set(tx, rows)
    database.lastly(tx, () => {
      unwritten.delete(tx)
      return appending(rows)
    })
    database.afterCommit(tx, () => database.notify(EVENTS_CHANNEL))
  }

  const cursorsChanged = () => {
    database.notify(CURSORS_CHANNEL)
    for (const reader of readers) reader.nudge()
  }

  function startReader(reader: EventReader): RunningReader {
    cursorChanges ??= database
      .listen(CURSORS_CHANNEL, () => {
        for (const each of readers) each.nudge()
      })
      .catch((error: unknown) => {
        log.warn({ err: error }, 'changed cursors are noticed within seconds only')
        return undefined
      })
    const running = runReader(reader, { database, tail, clock, random, log })
    const handle = { ...running, stop: () => (readers.delete(handle), running.stop()) }
    readers.add(handle)
    return handle
  }

  async function changed(change: Promise<boolean>): Promise<boolean> {
    const done = await change
    if (done) cursorsChanged()
    return done
  }

  return {
    declare(types) {
      for (const type of types) {
        const known = declared.get(type.name)
        if (known && known !== type) throw new Error(`Two events are called "${type.name}"`)
        declared.set(type.name, type)
      }
    },
    append,
    read: async (after, limit, types) => (await pageAfter(database.db, after, limit, types)).events,
    readReaching: (channels, after, upTo, limit) => pageReaching(database.db, channels, after, upTo, limit),
    readBefore: (channel, position, limit) => lastReaching(database.db, channel, position, limit),
    since: (types, time) => eventsSince(database.db, types, time),
    epoch: async () => (name ??= await nameOfLog(database.db)).epoch,
    rename: () => renameLog(database.db),
    async oldest() {
      name ??= await nameOfLog(database.db)
      return Math.max(name.since, await oldestKept(database.db))
    },
    horizon: async () => (await horizonOf(database.db)).horizon,
    startReader,
    async follow(options) {
      const following = await follow(options, { database, tail, log })
      const handle = { ...following, stop: () => (followers.delete(handle), following.stop()) }
      followers.add(handle)
      return handle
    },
    async caughtUp() {
      const { newest } = await horizonOf(database.db)
      while ([...readers, ...followers].some((each) => each.position() < newest)) {
        if (closed) throw new Error('The event log was closed before its readers had caught up')
        await sleep(2)
      }
    },
    readers: () => listReaders(database.db),
    parked: (reader) => listParked(database.db, reader),
    retryParked: (reader, position) => changed(askRetry(database.db, reader, position)),
    discardParked: (reader, position) => unpark(database.db, reader, position),
    replay: (reader, from = 1) => changed(database.transaction((tx) => rewind(tx, reader, from))),
    forget: (reader) => forget(database.db, reader),
    async close() {
      closed = true
      await Promise.all([...readers, ...followers].map((each) => each.stop()))
      await tail.stop()
      await (
        await cursorChanges
      )?.()
    },
  }
}
