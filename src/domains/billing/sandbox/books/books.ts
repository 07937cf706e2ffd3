// What happens to a transaction of the pretended provider, whoever causes it (the merchant's calls, a wallet, time):
// each change is written together with its notification, in one database transaction.
import type { Clock } from '../../../../platform/clock.ts'
import type { Database, Tx } from '../../../../platform/database.ts'
import { newId } from '../../../../platform/ids.ts'
import * as store from '../store.ts'
import type { Transaction, Wire } from '../transaction.ts'
import { notificationWire } from '../transaction.ts'

/** Signal between processes: something is due earlier than they think. */
export const DUE = 'sandbox_due'

export interface Books {
  readonly clock: Clock
  readonly database: Database
  readonly serverKey: string
  change(tx: Tx, transaction: Transaction, status: Transaction['status']): Promise<Transaction>
  /** A real payment: the transaction is settled. */
  settle(tx: Tx, transaction: Transaction): Promise<Transaction>
  /** The transaction, expired (and notified) first when its time is over. */
  uptodate(tx: Tx, transaction: Transaction): Promise<Transaction>
  /** Notifies of the state as it is, or with a body made up by a scenario. */
  notify(tx: Tx, transaction: Transaction, special?: Special): Promise<void>
  /** Makes the workers look again after COMMIT. */
  wake(tx: Tx): void
}
export interface Special {
  body?: Wire
  /** Milliseconds from now. */
  delay?: number
  /** False for a pretended forgery: sent once, whatever the answer. */
  repeats?: boolean
}

export function openBooks({ clock, database, serverKey }: Pick<Books, 'clock' | 'database' | 'serverKey'>): Books {
  async function notify(tx: Tx, transaction: Transaction, { body, delay = 0, repeats = true }: Special = {}) {
    const now = clock.now()
    const refunds = await store.refundsOf(tx, transaction.transaction_id)
    await store.addNotification(tx, {
      id: newId(clock),
      transaction_id: transaction.transaction_id,
      url: transaction.notification_url,
      body: JSON.stringify(body ?? notificationWire(transaction, refunds, serverKey)),
      repeats,
      attempts: 0,
      last_answer: null,
      due_at: new Date(now.getTime() + delay),
      created_at: now,
    })
    wake(tx)
  }

  async function update(tx: Tx, transaction: Transaction, changes: Partial<Transaction>) {
    const changed = await store.updateTransaction(tx, transaction.transaction_id, changes)
    await notify(tx, changed)
    return changed
  }

  const change: Books['change'] = (tx, transaction, status) => update(tx, transaction, { status })
  const wake = (tx: Tx) => database.afterCommit(tx, () => database.notify(DUE))

  return {
    clock,
    database,
    serverKey,
    change,
    settle: (tx, transaction) =>
      update(tx, transaction, { status: 'settlement', settlement_time: clock.now(), settles_at: null }),
    uptodate: async (tx, transaction) =>
      transaction.status === 'pending' && transaction.expiry_time <= clock.now()
        ? change(tx, transaction, 'expire')
        : transaction,
    notify,
    wake,
  }
}
