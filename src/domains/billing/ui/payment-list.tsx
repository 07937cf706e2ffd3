// Every attempt to pay an invoice and everything that was given back, newest first.
import type { z } from 'zod'
import { m } from '../../../web/i18n/generated/messages.js'
import { DateTime } from '../../../web/ui/date-time.tsx'
import { Money } from '../../../web/ui/money.tsx'
import type { Payment, Refund } from '../contract.ts'
import { PaymentStatusTag, RefundStatusTag } from './billing-status.tsx'

export function PaymentList({ payments }: { payments: z.output<typeof Payment>[] }) {
  if (payments.length === 0)
    return <p className="border-t border-line pt-4 text-small text-soft">{m.portal_payments_empty()}</p>
  return (
    <ul className="border-t border-line text-small">
      {[...payments].reverse().map(({ id, status, amount, orderId, settledAt, createdAt }) => (
        <li key={id} className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 border-b border-line py-3.5">
          <div className="min-w-0">
            <p className="font-semibold">
              {m.portal_payment_qris()} · <DateTime at={settledAt ?? createdAt} show="short" />,{' '}
              <DateTime at={settledAt ?? createdAt} show="time" />
            </p>
            <p className="mt-0.5 font-mono text-caption wrap-anywhere text-faint">
              <span className="visually-hidden">{m.portal_payment_reference()}: </span>
              {orderId}
            </p>
          </div>
          <p className="flex items-center gap-4 max-sm:w-full max-sm:justify-between">
            <PaymentStatusTag status={status} />
            <Money rupiah={amount} className="font-semibold" />
          </p>
        </li>
      ))}
    </ul>
  )
}

export function RefundList({ refunds }: { refunds: z.output<typeof Refund>[] }) {
  return (
    <ul className="border-t border-line text-small">
      {[...refunds].reverse().map(({ id, amount, reason, status, createdAt }) => (
        <li key={id} className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 border-b border-line py-3.5">
          <div className="min-w-0">
            <p className="font-semibold wrap-anywhere">{reason}</p>
            <DateTime at={createdAt} show="short" className="text-caption text-faint" />
          </div>
          <p className="flex items-center gap-4 max-sm:w-full max-sm:justify-between">
            <RefundStatusTag status={status} />
            <Money rupiah={amount} className="font-semibold" />
          </p>
        </li>
      ))}
    </ul>
  )
}
