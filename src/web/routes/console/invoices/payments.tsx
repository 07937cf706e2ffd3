// The attempts to pay an invoice, and the money given back.
import { useFetcher } from 'react-router'
import { PaymentStatusTag, RefundStatusTag } from '../../../../domains/billing/ui/billing-status.tsx'
import { m } from '../../../i18n/generated/messages.js'
import { Button } from '../../../ui/button.tsx'
import { DateTime } from '../../../ui/date-time.tsx'
import { Money } from '../../../ui/money.tsx'
import { Table } from '../../../ui/table.tsx'
import { isDone, type Outcome } from '../parts/outcome.ts'
import { leftToRefund, type InvoiceRecord, type PaymentRecord } from './refund-rules.ts'

export function Payments({
  invoice,
  onRefund,
}: {
  invoice: InvoiceRecord
  onRefund: (payment: PaymentRecord) => void
}) {
  if (invoice.payments.length === 0) return <p className="text-small text-soft">{m.console_no_payments()}</p>
  return (
    <Table
      caption={m.console_payments()}
      rows={invoice.payments}
      rowKey={({ id }) => id}
      columns={[
        { key: 'order', head: m.console_order_id(), cell: ({ orderId }) => <OrderId orderId={orderId} /> },
        { key: 'status', head: m.console_status(), cell: ({ status }) => <PaymentStatusTag status={status} /> },
        {
          key: 'at',
          head: m.console_when(),
          className: 'whitespace-nowrap',
          cell: ({ settledAt, createdAt }) => <DateTime at={settledAt ?? createdAt} className="text-soft" />,
        },
        { key: 'amount', head: m.console_amount(), end: true, cell: ({ amount }) => <Money rupiah={amount} /> },
        {
          key: 'act',
          head: <span className="visually-hidden">{m.console_actions()}</span>,
          end: true,
          cell: (payment) =>
            leftToRefund(payment) > 0 ? (
              <Button
                type="button"
                size="small"
                icon="undo"
                aria-label={m.console_refund_of({ order: payment.orderId })}
                onClick={() => onRefund(payment)}
              >
                {m.console_refund()}
              </Button>
            ) : payment.status === 'pending' || payment.status === 'created' ? (
              <Check payment={payment} />
            ) : null,
        },
      ]}
    />
  )
}

/** Its end tells attempts apart; the whole is there to hover and to copy. */
function OrderId({ orderId }: { orderId: string }) {
  return (
    <span title={orderId} className="font-mono text-caption whitespace-nowrap">
      {orderId.length > 16 ? `…${orderId.slice(-12)}` : orderId}
    </span>
  )
}

/** Asks the provider now. */
function Check({ payment: { id, orderId } }: { payment: PaymentRecord }) {
  const fetcher = useFetcher<Outcome>()
  const problem = fetcher.data && !isDone(fetcher.data) ? fetcher.data.message : null
  return (
    <fetcher.Form method="post">
      <input type="hidden" name="intent" value="check" />
      <input type="hidden" name="payment" value={id} />
      <Button
        size="small"
        icon="refresh"
        busy={fetcher.state !== 'idle'}
        aria-label={m.console_check_of({ order: orderId })}
      >
        {m.console_check()}
      </Button>
      {problem && (
        <p role="alert" className="mt-1 text-caption text-bata">
          {problem}
        </p>
      )}
    </fetcher.Form>
  )
}

export function Refunds({ invoice }: { invoice: InvoiceRecord }) {
  return (
    <Table
      caption={m.console_refunds()}
      rows={invoice.refunds}
      rowKey={({ id }) => id}
      columns={[
        { key: 'reason', head: m.console_reason(), className: 'min-w-40', cell: ({ reason }) => reason },
        { key: 'status', head: m.console_status(), cell: ({ status }) => <RefundStatusTag status={status} /> },
        {
          key: 'at',
          head: m.console_when(),
          className: 'whitespace-nowrap',
          cell: ({ createdAt }) => <DateTime at={createdAt} className="text-soft" />,
        },
        { key: 'amount', head: m.console_amount(), end: true, cell: ({ amount }) => <Money rupiah={amount} /> },
      ]}
    />
  )
}
