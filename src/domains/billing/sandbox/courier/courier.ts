// Delivers notifications to the merchant and does what time brings about: codes that expire, payments that arrive late,
// refunds that the bank confirms. Any number of processes may run it on one database.
import type { Logger } from 'pino'
import type { Tx } from '../../../../platform/database.ts'
import { HttpFailure } from '../../../../platform/http-client.ts'
import type { HttpClient } from '../../../../platform/http-client.ts'
import type { Worker } from '../../../../platform/platform.ts'
import { createLoop } from '../../../../platform/worker.ts'
import { DUE } from '../books/books.ts'
import type { Books } from '../books/books.ts'
import { nextTry } from './retry.ts'
import type { MerchantAnswer } from './retry.ts'
import * as store from '../store.ts'

const TIMEOUT_MS = 15_000
/** A notification whose sender has died is sent by another after this. */
const LEASE_MS = 30_000
const AT_ONCE = 10
const REDIRECTS = 5
const POLL_MS = 1_000

export interface CourierOptions {
  books: Books
  http: HttpClient
  log: Logger
  random: () => number
  /** The merchant's address for notifications. */
  notificationUrl: () => string
}

type Claimed = Awaited<ReturnType<typeof store.claimNotifications>>[number]

export function createCourier({ books, http, log, random, notificationUrl }: CourierOptions): Worker {
  const { clock, database } = books
  const sending = new Set<Promise<void>>()
  const loop = createLoop({ name: 'sandbox.courier', clock, log, every: POLL_MS, turn })
  let stopped = false
  let unlisten: (() => Promise<void>) | undefined

  async function send(notification: Claimed): Promise<void> {
    const answer = await post(http, notification.url ?? notificationUrl(), notification.body)
    const wait = notification.repeats ? nextTry(answer, notification.attempts, random) : null
    const dueAt = wait === null ? null : new Date(clock.now().getTime() + wait)
    const attempts = notification.attempts + 1
    await store.recordDelivery(database.db, notification.id, { answer: String(answer ?? 'no answer'), attempts, dueAt })
    if (dueAt) log.info({ notification: notification.id, answer, dueAt }, 'the notification will be sent again')
  }

  /** How many were taken. */
  async function deliver(): Promise<number> {
    const room = AT_ONCE - sending.size
    if (room <= 0) return 0
    const now = clock.now()
    const claimed = await store.claimNotifications(database.db, now, new Date(now.getTime() + LEASE_MS), room)
    for (const notification of claimed) {
      const task = send(notification)
        .catch((error: unknown) => log.error({ err: error }, 'a notification could not be recorded'))
        .finally(() => {
          sending.delete(task)
          loop.wake()
        })
      sending.add(task)
    }
    return claimed.length
  }

  async function turn(): Promise<boolean> {
    const due = await store.nextDue(database.db)
    if (!due || due > clock.now()) return false
    return (await deliver()) + (await bringAbout(books)) > 0
  }

  return {
    name: loop.name,
    start() {
      loop.start()
      database.listen(DUE, loop.wake).then(
        (end) => (stopped ? void end() : (unlisten = end)),
        (error: unknown) => log.warn({ err: error }, 'no wake-up signals: polling each second'),
      )
    },
    async stop() {
      stopped = true
      await loop.stop()
      await Promise.all(sending)
      await unlisten?.()
    },
  }
}

/** Everything whose time has come, one small transaction each; how many there were. */
async function bringAbout({ clock, database, ...books }: Books): Promise<number> {
  let done = 0
  const all = async (work: (tx: Tx) => Promise<unknown>) => {
    while (await database.transaction(work)) done++
  }
  await all(async (tx) => {
    const transaction = await store.nextExpired(tx, clock.now())
    return transaction && books.change(tx, transaction, 'expire')
  })
  await all(async (tx) => {
    const transaction = await store.nextSettling(tx, clock.now())
    return transaction && books.settle(tx, transaction)
  })
  await all(async (tx) => {
    const refund = await store.nextConfirming(tx, clock.now())
    if (!refund) return false
    await store.confirmRefund(tx, refund, clock.now())
    const transaction = await store.transactionById(tx, refund.transaction_id)
    if (transaction) await books.notify(tx, transaction)
    return true
  })
  return done
}

/** Sends the body; 307 and 308 are followed, at most five times. */
async function post(http: HttpClient, url: string, body: string): Promise<MerchantAnswer> {
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json', 'User-Agent': 'Veritrans' }
  let target = url
  for (let hop = 0; ; hop++) {
    try {
      const answer = await http.request({ method: 'POST', url: target, headers, body, timeoutMs: TIMEOUT_MS })
      const location = answer.headers['location']
      if (![307, 308].includes(answer.status) || location === undefined || hop === REDIRECTS) return answer.status
      if (!URL.canParse(location, target)) return answer.status
      target = new URL(location, target).href
    } catch (error) {
      if (error instanceof HttpFailure) return null
      throw error
    }
  }
}
