// A log in memory behind the gateway's broker interface: for tests of protocols, which need thousands of histories and no
// business. What is committed reaches the gateway in the same turn, or when the test says so.
import type { Broker, FeedBatch, Present } from '../../../src/delivery/realtime/broker/broker.ts'
import type { StoredEvent } from '../../../src/platform/events/log.ts'

export type Made = Pick<StoredEvent, 'type' | 'subject' | 'data' | 'channels'> &
  Partial<Pick<StoredEvent, 'live' | 'shown' | 'secret'>>

export interface MemoryLog {
  broker: Broker
  commit(...events: Made[]): StoredEvent[]
  /** Everything committed up to here is gone. */
  forget(position: number): void
  /** While it sleeps the gateway learns of nothing. */
  sleep(): void
  wake(): void
  readonly events: readonly StoredEvent[]
}

export function createMemoryLog(options: { epoch?: string; start?: number } = {}): MemoryLog {
  const events: StoredEvent[] = []
  const places = new Map<string, number>()
  const present = new Map<string, Present[]>()
  let handle: ((batch: FeedBatch) => void) | undefined
  let position = options.start ?? 100
  let fed = position
  let forgotten = 0
  let asleep = false

  function feed(): void {
    if (asleep || !handle) return
    const batch = events.filter((event) => event.position > fed)
    fed = position
    if (batch.length > 0) handle({ events: batch, upTo: position, readAt: performance.now() })
  }
  const reaching = (channels: readonly string[], after: number, upTo: number) =>
    events.filter(
      (event) =>
        event.position > after && event.position <= upTo && event.channels.some((each) => channels.includes(each)),
    )

  return {
    events,
    commit(...made) {
      const stored = made.map((event) => ({
        live: null,
        shown: null,
        secret: false,
        ...event,
        // Positions have gaps.
        position: (position += 1 + (position % 3)),
        id: crypto.randomUUID(),
        actor: null,
        occurredAt: new Date(),
        requestId: null,
      }))
      events.push(...stored)
      feed()
      return stored
    },
    forget: (upTo) => void (forgotten = upTo),
    sleep: () => void (asleep = true),
    wake() {
      asleep = false
      feed()
    },
    broker: {
      kind: 'postgres',
      feed: {
        epoch: options.epoch ?? 'log-1',
        position: () => fed,
        start: (on) => Promise.resolve(void (handle = on)),
        async missed(channels, after, upTo, limit) {
          await new Promise((resolve) => setImmediate(resolve))
          const found = reaching(channels, after, Math.min(upTo, position))
          const page = found.slice(0, limit)
          return { events: page, upTo: found.length > limit ? page.at(-1)!.position : Math.min(upTo, position) }
        },
        before: (channel, below, limit) =>
          Promise.resolve(
            reaching([channel], forgotten, below - 1)
              .filter(({ live }) => live !== null)
              .toReversed()
              .slice(0, limit),
          ),
        isSettled: (asked) => Promise.resolve(asked <= position),
        oldest: () => Promise.resolve(forgotten),
        stop: () => Promise.resolve(void (handle = undefined)),
      },
      presence: {
        joined: (channel, who) => void present.set(channel, [...(present.get(channel) ?? []), who]),
        left: (channel, { client }) =>
          void present.set(
            channel,
            (present.get(channel) ?? []).filter((who) => who.client !== client),
          ),
        of: (channel) => Promise.resolve(present.get(channel) ?? []),
      },
      relay: { send: () => Promise.resolve(false), start: () => Promise.resolve() },
      counter: {
        take(key, most) {
          const taken = places.get(key) ?? 0
          if (taken >= most) return false
          places.set(key, taken + 1)
          return true
        },
        free: (key) => void places.set(key, (places.get(key) ?? 1) - 1),
      },
      stop: () => Promise.resolve(void (handle = undefined)),
    },
  }
}
