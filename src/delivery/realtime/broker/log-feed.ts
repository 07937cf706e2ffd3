// The feed of a process that reads the log itself.
import type { Logger } from 'pino'
import type { EventLog } from '../../../platform/events/log.ts'
import type { Feed, FeedBatch } from './broker.ts'

export type FollowedLog = Pick<EventLog, 'follow' | 'horizon' | 'readReaching' | 'readBefore' | 'epoch' | 'oldest'>

export function createLogFeed({ events, log }: { events: FollowedLog; log: Logger }): Feed {
  let epoch: string | undefined
  let handled = -1
  let following: Awaited<ReturnType<EventLog['follow']>> | undefined
  return {
    get epoch() {
      if (epoch === undefined) throw new Error('the feed was asked for its epoch before it was started')
      return epoch
    },
    position: () => Math.max(handled, following?.position() ?? -1),
    async start(handle) {
      epoch = await events.epoch()
      const after = await events.horizon()
      handled = after
      following = await events.follow({
        after,
        handle(batch, upTo) {
          handOver(handle, { events: batch, upTo, readAt: performance.now() }, log)
          handled = upTo
        },
      })
    },
    missed: (channels, after, upTo, limit) => events.readReaching(channels, after, upTo, limit),
    before: (channel, position, limit) => events.readBefore(channel, position, limit),
    isSettled: async (position) => position <= (await events.horizon()),
    oldest: () => events.oldest(),
    stop: async () => following?.stop(),
  }
}

/** Gives a batch to its handler, whose failure must be seen: nobody else will be told of these events. */
export function handOver(handle: (batch: FeedBatch) => void, batch: FeedBatch, log: Logger): void {
  try {
    handle(batch)
  } catch (error) {
    const positions = { first: batch.events.at(0)?.position, upTo: batch.upTo }
    log.error({ err: error, ...positions }, 'events were not delivered to the live connections of this process')
  }
}
