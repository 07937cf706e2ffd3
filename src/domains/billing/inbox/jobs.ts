// Lanes that work on the inbox side by side, so that one slow answer of the provider does not hold up the others.
import { createLoop } from '../../../platform/worker.ts'
import type { Platform, Worker } from '../../../platform/platform.ts'
import { NOTIFICATIONS_DUE } from './inbox.ts'
import type { Inbox } from './inbox.ts'

const LANES = 4

export function createInboxWorker({ platform, inbox }: { platform: Platform; inbox: Inbox }): Worker {
  const { clock, database, log } = platform
  let deaf: (() => Promise<void>) | undefined
  // A lane that found something calls the next one; so an empty inbox costs one look, not one for each lane.
  const lanes = Array.from({ length: LANES }, (_, lane) =>
    createLoop({
      name: `billing.inbox.${lane + 1}`,
      clock,
      log,
      every: lane === 0 ? 1_000 : 3_600_000,
      turn: () => inbox.processNext(() => lanes[lane + 1]?.wake()),
    }),
  )
  return {
    name: 'billing.inbox',
    start() {
      for (const lane of lanes) lane.start()
      void database
        .listen(NOTIFICATIONS_DUE, () => lanes[0]?.wake())
        .then(
          (stop) => (deaf = stop),
          (error) => log.warn({ err: error }, 'not listening'),
        )
    },
    async stop() {
      await deaf?.()
      await Promise.all(lanes.map((lane) => lane.stop()))
    },
  }
}
