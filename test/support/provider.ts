// A payment provider in memory, behind the real port: it keeps books of its own, which tests compare with ours, and can be
// told to fail. What a wallet or the bank does is done through `world`.
import { randomUUID } from 'node:crypto'
import {
  BadSignature,
  PaymentNotPending,
  ProviderUnavailable,
  RefundRefused,
} from '../../src/domains/billing/contract.ts'
import type { Charge, ChargeRequest, PaymentGateway, ProviderTransaction } from '../../src/domains/billing/gateway.ts'
import type { Clock } from '../../src/platform/clock.ts'

export type Call = keyof Omit<PaymentGateway, 'limits' | 'verify'>
const isMoney = (status: ProviderTransaction['status']) =>
  !['pending', 'expired', 'denied', 'cancelled', 'failed'].includes(status)

export function createProvider(clock: Clock) {
  const orders = new Map<string, ProviderTransaction[]>()
  const asked: { call: Call; orderId: string }[] = []
  let trouble: ((call: Call, orderId: string, when: 'before' | 'after') => void) | null = null

  async function answering<T>(call: Call, orderId: string, answer: () => T): Promise<T> {
    asked.push({ call, orderId })
    trouble?.(call, orderId, 'before')
    await new Promise((resolve) => setImmediate(resolve))
    const result = structuredClone(answer())
    trouble?.(call, orderId, 'after')
    return result
  }
  const of = (orderId: string) => orders.get(orderId) ?? []
  const own = (orderId: string): ProviderTransaction => {
    const [transaction] = of(orderId)
    if (!transaction) throw new Error(`the provider has no order ${orderId}`)
    return transaction
  }
  const end = (status: 'cancelled' | 'expired') => (orderId: string) =>
    answering(status === 'cancelled' ? 'cancel' : 'expire', orderId, () => {
      const [transaction] = of(orderId)
      if (!transaction) return
      if (isMoney(transaction.status)) throw PaymentNotPending.because()
      if (transaction.status === 'pending') transaction.status = status
    })
  const shown = (transaction: ProviderTransaction): Charge => ({
    ...transaction,
    qrString: `QR-${transaction.orderId}`,
    qrImageUrl: `https://provider.test/qr/${transaction.transactionId}`,
  })

  const gateway: PaymentGateway = {
    limits: { min: 1, max: 10_000_000 },
    charge: (request: ChargeRequest) =>
      answering('charge', request.orderId, () => {
        if (!orders.has(request.orderId)) {
          const { orderId, amount, orderedAt, expiresInMinutes } = request
          const expiresAt = new Date(orderedAt.getTime() + expiresInMinutes * 60_000)
          orders.set(orderId, [
            {
              orderId,
              transactionId: randomUUID(),
              status: 'pending',
              amount,
              refundedAmount: 0,
              refunds: [],
              transactionTime: orderedAt,
              settledAt: null,
              expiresAt,
            },
          ])
        }
        return shown(own(request.orderId))
      }),
    status: (orderId, transactionId) =>
      answering('status', orderId, () => {
        const all = of(orderId)
        return (transactionId === undefined ? all[0] : all.find((each) => each.transactionId === transactionId)) ?? null
      }),
    cancel: end('cancelled'),
    expire: end('expired'),
    refund: (orderId, { key, amount, transactionId }) =>
      answering('refund', orderId, () => {
        const transaction = of(orderId).find((each, index) =>
          transactionId ? each.transactionId === transactionId : index === 0,
        )
        if (!transaction || !isMoney(transaction.status)) throw RefundRefused.because('not settled')
        if (transaction.refunds.some((refund) => refund.key === key)) return transaction
        if (transaction.refundedAmount + amount > transaction.amount) throw RefundRefused.because('too much')
        transaction.refunds.push({ key, amount, confirmedAt: null })
        transaction.refundedAmount += amount
        transaction.status = transaction.refundedAmount === transaction.amount ? 'refunded' : 'partially_refunded'
        return transaction
      }),
    verify(notification) {
      const {
        order_id: orderId,
        transaction_id: transactionId,
        gross_amount: amount,
        signature_key: signature,
        key,
      } = notification as Record<string, string>
      if (signature !== 'right') throw BadSignature.because()
      return { orderId: orderId ?? '', transactionId: transactionId ?? '', amount: Number(amount), key: key ?? '' }
    },
  }

  return {
    gateway,
    /** The calls received, oldest first. */
    asked,
    /** Every transaction of the provider. */
    transactions: () => [...orders.values()].flat(),
    own,
    /** Called at each call before it takes effect and again before it is answered; throwing fails it there. */
    setTrouble(next: typeof trouble) {
      trouble = next
    },
    unavailable: () => ProviderUnavailable.because('The provider is down.', { retryAfter: 10 }),
    /** The provider's side of the world. */
    world: {
      /** The wallet pays; a code that was paid already is paid once more, in another transaction. Returns the payment. */
      pay(orderId: string): ProviderTransaction {
        const first = own(orderId)
        const settled = { status: 'settled' as const, settledAt: clock.now() }
        if (!isMoney(first.status)) return Object.assign(first, settled)
        const second = {
          ...structuredClone(first),
          ...settled,
          transactionId: randomUUID(),
          refundedAmount: 0,
          refunds: [],
        }
        of(orderId).push(second)
        return second
      },
      end(orderId: string, status: 'expired' | 'denied' | 'cancelled') {
        const first = own(orderId)
        if (first.status === 'pending') first.status = status
      },
      /** The bank confirms every refund asked for so far. */
      confirmRefunds(orderId: string) {
        for (const refund of of(orderId).flatMap((each) => each.refunds)) refund.confirmedAt ??= clock.now()
      },
      chargeBack: (orderId: string) => void (own(orderId).status = 'charged_back'),
    },
    /** A signed notification about a transaction as it is now, in the provider's format. */
    notification(transaction: ProviderTransaction, over: Record<string, string> = {}) {
      const { orderId, transactionId, status, amount, refunds } = transaction
      const key = [
        transactionId,
        status,
        over.gross_amount ?? amount,
        ...refunds.map((refund) => `${refund.key}${refund.confirmedAt?.getTime() ?? ''}`),
      ].join(':')
      return {
        order_id: orderId,
        status_code: '200',
        gross_amount: `${amount}.00`,
        signature_key: 'right',
        transaction_id: transactionId,
        transaction_status: status === 'settled' ? 'settlement' : status,
        key,
        ...over,
      }
    },
  }
}
