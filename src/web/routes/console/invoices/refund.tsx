// Giving money back: the amount, the reason, and the invoice's number typed to be sure.
import { useCallback, useState, type ReactNode } from 'react'
import { formatMoney } from '../../../i18n/format.ts'
import { m } from '../../../i18n/generated/messages.js'
import { getLocale } from '../../../i18n/generated/runtime.js'
import { Field, Textarea } from '../../../ui/field.tsx'
import { ActionDialog } from '../parts/action-dialog.tsx'
import { leftToRefund, type InvoiceRecord, type PaymentRecord } from './refund-rules.ts'

/** `ask` opens the question for a payment; `dialog` stands once on the page. */
export function useRefund(invoice: InvoiceRecord): { ask: (payment: PaymentRecord) => void; dialog: ReactNode } {
  const [paymentId, setPaymentId] = useState<string | null>(null)
  const [open, setOpen] = useState(false)
  const onClose = useCallback(() => setOpen(false), [])
  const payment = invoice.payments.find(({ id }) => id === paymentId)
  const ask = ({ id }: PaymentRecord) => {
    setPaymentId(id)
    setOpen(true)
  }
  return {
    ask,
    dialog: payment && (
      <RefundDialog key={payment.id} invoice={invoice} payment={payment} open={open} onClose={onClose} />
    ),
  }
}

function RefundDialog({
  invoice,
  payment,
  ...dialog
}: {
  invoice: InvoiceRecord
  payment: PaymentRecord
  open: boolean
  onClose: () => void
}) {
  const most = leftToRefund(payment)
  return (
    <ActionDialog
      {...dialog}
      danger
      title={m.console_refund_title()}
      action={`/console/invoices/${invoice.id}`}
      hidden={{ intent: 'refund', payment: payment.id, refunds: String(invoice.refunds.length) }}
      submit={m.console_refund_submit()}
      done={m.console_refund_done()}
      confirm={invoice.number}
      initial={{ amount: String(most) }}
    >
      {(field) => (
        <>
          <p className="text-small text-soft">{m.console_refund_text()}</p>
          <Field
            label={m.console_refund_amount()}
            hint={m.console_refund_most({ amount: formatMoney(most, getLocale()) })}
            inputMode="numeric"
            autoComplete="off"
            required
            {...field('amount')}
          />
          <Textarea
            label={m.console_refund_reason()}
            hint={m.console_refund_reason_hint()}
            maxLength={255}
            rows={2}
            required
            {...field('reason')}
          />
        </>
      )}
    </ActionDialog>
  )
}
