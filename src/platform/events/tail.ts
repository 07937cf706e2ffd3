// The end of the log, read once for all readers of this process: it waits for news, reads what has settled and keeps the
// latest events in memory, so that a reader which is up to date costs no query of its own.
import type { Logger } from 'pino'
import type { Database } from '../database.ts'
import { endOf, horizonOf, pageAfter } from './store.ts'
import type { Page } from './store.ts'
import { Bell } from './bell.ts'
import type { StoredEvent } from './reader.ts'

export const EVENTS_CHANNEL = 'jasaweb_events'

const PAGE = 500
const KEPT = 2_000
// Real time, not the injected clock: these only bound how long a lost wake-up or a neighbour's open append can go unnoticed.
const BACKSTOP_MS = 1_000
const HELD_MS = 2
const HELD_LONGEST_MS = 50

export interface Tail {
  /** Up to here the log is settled and known to this process; -1 before the first look. */
  horizon(): number
  /** Settled events after a position, when they are still in memory. */
  take(after: number, limit: number, types?: ReadonlySet<string>): Page | undefined
  /** Calls `wake` after every advance of the horizon. The first subscriber starts the tail. */
  subscribe(wake: () => void): () => void
  stop(): Promise<void>
}

/** @param most events kept in memory at least, and twice as many at most */
export function openTail({ database, log, most = KEPT }: { database: Database; log: Logger; most?: number }): Tail {
  const bell = new Bell()
  const subscribers = new Set<() => void>()
  let kept: StoredEvent[] = []
  let keptAfter = -1
  let horizon = -1
  const stopping = new AbortController()
  const { signal } = stopping
  let running: Promise<void> | undefined
  let silence: Promise<(() => Promise<void>) | undefined> = Promise.resolve(undefined)

  function remember(events: StoredEvent[]): void {
    kept.push(...events)
    if (kept.length <= most * 2) return
    const dropped = kept.length - most
    keptAfter = kept[dropped - 1]?.position ?? keptAfter
    kept = kept.slice(dropped)
  }

  /** Reads what has settled since the last look; answers whether a running append held something back. */
  async function look(): Promise<{ moved: boolean; held: boolean; more: boolean }> {
    if (horizon < 0) {
      const end = await horizonOf(database.db)
      keptAfter = horizon = end.horizon
      return { moved: true, held: end.horizon < end.newest, more: false }
    }
    const page = await pageAfter(database.db, horizon, PAGE)
    const moved = page.upTo > horizon
    remember(page.events)
    horizon = page.upTo
    return { moved, held: page.horizon < page.newest, more: page.events.length === PAGE }
  }

  async function run(): Promise<void> {
    let pause = HELD_MS
    while (!signal.aborted) {
      let rest = BACKSTOP_MS
      try {
        const { moved, held, more } = await look()
        if (moved) for (const wake of subscribers) wake()
        if (more) continue
        pause = held && !moved ? Math.min(pause * 2, HELD_LONGEST_MS) : HELD_MS
        if (held) rest = pause
      } catch (error) {
        if (!signal.aborted) log.warn({ err: error }, 'the end of the event log could not be read')
      }
      if (!signal.aborted) await bell.wait(rest)
    }
  }

  function start(): void {
    silence = database
      .listen(EVENTS_CHANNEL, () => bell.ring())
      .catch((error: unknown) => {
        if (!signal.aborted) log.error({ err: error }, 'event readers are not woken and only look every second')
        return undefined
      })
    running = run()
  }

  return {
    horizon: () => horizon,
    take(after, limit, types) {
      if (horizon < 0 || after < keptAfter) return undefined
      const events: StoredEvent[] = []
      for (let at = firstAfter(kept, after); at < kept.length && events.length < limit; at++) {
        const event = kept[at]
        if (event && (!types || types.has(event.type))) events.push(event)
      }
      return { events, upTo: endOf(events, limit, Math.max(after, horizon)) }
    },
    subscribe(wake) {
      subscribers.add(wake)
      if (!running && !signal.aborted) start()
      return () => void subscribers.delete(wake)
    },
    async stop() {
      stopping.abort()
      bell.ring()
      await running
      await (
        await silence
      )?.()
    },
  }
}

function firstAfter(events: StoredEvent[], position: number): number {
  let low = 0
  let high = events.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((events[middle]?.position ?? Infinity) <= position) low = middle + 1
    else high = middle
  }
  return low
}
