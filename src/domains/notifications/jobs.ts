// Carries queued mail to the server: at least once, with patience, and visibly given up in the end.
import { MAIL_QUEUED } from '../../platform/mail/mailer.ts'
import type { Platform, Worker } from '../../platform/platform.ts'
import { createLoop } from '../../platform/worker.ts'
import { Undeliverable } from './gateway.ts'
import type { MailServer } from './gateway.ts'
import * as store from './store.ts'

const MINUTE = 60_000
/** Pauses after the first, second, … failure; then the mail counts as failed. */
const PAUSES = [1, 5, 15, 60, 240, 720].map((minutes) => minutes * MINUTE)
const LEASE = 2 * MINUTE
const AT_ONCE = 10

export function createDelivery({ platform, server }: { platform: Platform; server: MailServer }): Worker {
  const { database, clock, log } = platform

  async function deliver(mail: store.MailRow) {
    try {
      await server.deliver(mail)
      await store.markSent(database.db, mail.id, clock.now())
    } catch (error) {
      const pause = error instanceof Undeliverable ? undefined : PAUSES[mail.attempts - 1]
      const retryAt = pause === undefined ? null : new Date(clock.now().getTime() + pause)
      log.warn({ err: error, mail: mail.id, retryAt }, 'a mail could not be delivered')
      await store.markFailed(database.db, mail.id, error instanceof Error ? error.message : String(error), retryAt)
    }
  }
  const loop = createLoop({
    name: 'notifications.delivery',
    clock,
    log,
    every: 15_000,
    async turn() {
      const now = clock.now()
      const due = await database.transaction((tx) => store.takeDue(tx, now, new Date(now.getTime() + LEASE), AT_ONCE))
      await Promise.all(due.map(deliver))
      return due.length === AT_ONCE
    },
  })
  let ignore: (() => Promise<void>) | undefined
  return {
    name: loop.name,
    start() {
      loop.start()
      database.listen(MAIL_QUEUED, loop.wake).then(
        (stop) => void (ignore = stop),
        (error: unknown) => log.warn({ err: error }, 'new mail is noticed by polling only'),
      )
    },
    async stop() {
      await ignore?.()
      await loop.stop()
      server.close()
    },
  }
}
