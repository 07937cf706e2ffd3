// The feed of a node that shares the reading of the log with others: the leader reads and publishes, the others listen. What is
// published says where in the log it belongs, so that a gap is noticed; then, and whenever Redis is silent, a node reads the
// log itself until what it hears joins up with what it has. It may be read twice, it is never handled twice.
import type { Logger } from 'pino'
import type { Clock } from '../../../../platform/clock.ts'
import type { StoredEvent } from '../../../../platform/events/log.ts'
import { createLoop } from '../../../../platform/worker.ts'
import type { Feed, FeedBatch } from '../broker.ts'
import { handOver } from '../log-feed.ts'
import type { FollowedLog } from '../log-feed.ts'
import { beginningOf, decode, encode } from './batch.ts'
import type { RedisClient } from './connection.ts'
import type { Lead } from './lead.ts'
import type { OpenTail, Tailing } from './tailing.ts'

export interface RedisFeed extends Feed {
  /** A message of the feed's channel. */
  heard(text: string): void
  lost(): void
  /** Redis is there; the lead may be taken. */
  ready(): void
  /** How this node gets its events just now. */
  readonly source: 'log' | 'redis'
  readonly leads: boolean
}

export interface RedisFeedOptions {
  node: string
  epoch: string
  channel: string
  events: FollowedLog
  openTail: OpenTail
  lead: Lead
  client(): RedisClient | undefined
  clock: Clock
  log: Logger
  /** Monotonic milliseconds. */
  now: () => number
  /** The position is known from which nothing may be missed. */
  started(): void
}

/** How often the leader says where it is, and others look whether there is one. */
const BEAT_MS = 1_000
const WATCH_MS = 250
/** Without a word for so long, the leader is taken for dead. */
const SILENCE_MS = 3_000

export function createRedisFeed(options: RedisFeedOptions): RedisFeed {
  const { node, epoch, channel, events, lead, clock, log, now } = options
  let handle: (batch: FeedBatch) => void = () => undefined
  let position = -1
  let tailing: Tailing | undefined
  const ending = new Set<Promise<void>>()
  let leads = false
  /** What this leader has published joins up to here. */
  let published = -1
  let heardAt = now()
  let stopped = false
  const own = beginningOf(node)

  /** Takes what is new of a batch; false when something is missing before it. */
  function accept(after: number, batch: FeedBatch): boolean {
    if (after > position) return false
    if (batch.upTo <= position) return true
    const fresh = batch.events.filter((event) => event.position > position)
    handOver(handle, { ...batch, events: fresh }, log)
    position = batch.upTo
    return true
  }

  function readLog(why: string): void {
    if (tailing || stopped) return
    log.debug({ why, position }, 'this node reads the event log itself')
    const opened = options.openTail(position, (batch, upTo) => {
      // One that was told to end may have a page on its way.
      if (tailing !== opened) return
      accept(-1, { events: batch, upTo, readAt: performance.now() })
      if (leads) publish(batch, upTo)
    })
    tailing = opened
  }

  /** Positions without events are passed silently by whoever reads the log. */
  function passGaps(): void {
    if (tailing) accept(-1, { events: [], upTo: tailing.position(), readAt: performance.now() })
  }

  function listen(): void {
    if (!tailing || leads) return
    log.debug({ position }, 'what is published joins up: the event log is no longer read here')
    const ended = tailing
    tailing = undefined
    const end = ended.stop().finally(() => ending.delete(end))
    ending.add(end)
  }

  function publish(batch: readonly StoredEvent[], upTo: number): void {
    const client = options.client()
    if (!client || upTo < published) return
    const fresh = batch.filter((event) => event.position > published)
    const text = encode({ node, after: published, upTo, readAt: Date.now(), events: fresh })
    published = upTo
    // Whoever misses it sees a gap.
    client.publish(channel, text).catch((error: unknown) => log.debug({ err: error }, 'a batch was not published'))
  }

  function setLeads(now: boolean): void {
    if (now === leads) return
    leads = now
    log.info(now ? 'this node reads the event log for all' : 'another node may read the event log for all')
    if (!now) return
    published = position
    readLog('it leads')
  }

  async function claim(): Promise<void> {
    const client = options.client()
    if (!client || stopped) return setLeads(false)
    if (leads && !(await readable())) {
      // Others may still reach the database.
      setLeads(false)
      return lead.leave(client)
    }
    const ours = await lead.claim(client).catch(() => false)
    if (stopped || options.client() !== client) return setLeads(false)
    setLeads(ours)
    passGaps()
    if (leads) publish([], Math.max(published, position))
  }

  const readable = () =>
    events.horizon().then(
      () => true,
      () => false,
    )

  const beat = createLoop({ name: 'realtime.lead', clock, log, every: BEAT_MS, turn: claim })
  const watch = createLoop({
    name: 'realtime.watch',
    clock,
    log,
    every: WATCH_MS,
    turn: () => {
      if (now() - heardAt > SILENCE_MS) readLog('Redis is silent')
      return Promise.resolve()
    },
  })

  return {
    epoch,
    position: () => Math.max(position, -1),
    get source() {
      return tailing ? 'log' : 'redis'
    },
    get leads() {
      return leads
    },
    async start(given) {
      handle = given
      position = await events.horizon()
      readLog('it has just started')
      beat.start()
      watch.start()
      options.started()
    },
    heard(text) {
      // What this node reads for others it has handled before.
      if (text.startsWith(own)) return void (heardAt = now())
      const batch = decode(text)
      if (!batch) return log.warn('what is no batch of events was published in their channel')
      heardAt = now()
      if (position < 0) return
      passGaps()
      const readAt = Math.min(performance.now(), batch.readAt - performance.timeOrigin)
      if (accept(batch.after, { events: batch.events, upTo: batch.upTo, readAt })) listen()
      else readLog('there is a gap')
    },
    ready: () => beat.wake(),
    lost() {
      setLeads(false)
      readLog('Redis was lost')
    },
    missed: (channels, after, upTo, limit) => events.readReaching(channels, after, upTo, limit),
    before: (channel, position, limit) => events.readBefore(channel, position, limit),
    async isSettled(asked) {
      const settled = asked <= (await events.horizon())
      if (settled && asked > position) readLog('others are ahead')
      return settled
    },
    oldest: () => events.oldest(),
    async stop() {
      stopped = true
      await Promise.all([beat.stop(), watch.stop()])
      const client = options.client()
      if (leads && client) await lead.leave(client).catch(() => undefined)
      leads = false
      await Promise.all([tailing?.stop(), ...ending])
    },
  }
}
