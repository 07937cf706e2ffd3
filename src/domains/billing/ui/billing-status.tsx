// The states of invoices, payments and refunds as an icon and a word, the same for the client and the agency.
import type { z } from 'zod'
import { m } from '../../../web/i18n/generated/messages.js'
import type { IconName } from '../../../web/ui/icon.tsx'
import type { Tone } from '../../../web/ui/notice.tsx'
import { StatusTag } from '../../../web/ui/status-tag.tsx'
import type { InvoiceStatus, PaymentStatus, Refund } from '../contract.ts'

interface Look {
  tone: Tone
  icon: IconName
  word: () => string
}
type RefundStatus = z.output<typeof Refund>['status']

const invoices: Record<InvoiceStatus, Look> = {
  unpaid: { tone: 'attention', icon: 'receipt', word: () => m.portal_invoice_unpaid() },
  pending: { tone: 'attention', icon: 'clock', word: () => m.portal_invoice_pending() },
  paid: { tone: 'success', icon: 'check-circle', word: () => m.portal_invoice_paid() },
  failed: { tone: 'danger', icon: 'x-circle', word: () => m.portal_invoice_failed() },
  expired: { tone: 'attention', icon: 'clock', word: () => m.portal_invoice_expired() },
  cancelled: { tone: 'neutral', icon: 'x-circle', word: () => m.portal_invoice_cancelled() },
  partially_refunded: { tone: 'neutral', icon: 'undo', word: () => m.portal_invoice_partially_refunded() },
  refunded: { tone: 'neutral', icon: 'undo', word: () => m.portal_invoice_refunded() },
}
const payments: Record<PaymentStatus, Look> = {
  created: { tone: 'neutral', icon: 'clock', word: () => m.portal_payment_created() },
  pending: { tone: 'attention', icon: 'clock', word: () => m.portal_payment_pending() },
  settled: { tone: 'success', icon: 'check-circle', word: () => m.portal_payment_settled() },
  expired: { tone: 'neutral', icon: 'clock', word: () => m.portal_payment_expired() },
  denied: { tone: 'danger', icon: 'x-circle', word: () => m.portal_payment_denied() },
  cancelled: { tone: 'neutral', icon: 'x-circle', word: () => m.portal_payment_cancelled() },
  failed: { tone: 'danger', icon: 'x-circle', word: () => m.portal_payment_failed() },
  partially_refunded: { tone: 'neutral', icon: 'undo', word: () => m.portal_payment_partially_refunded() },
  refunded: { tone: 'neutral', icon: 'undo', word: () => m.portal_payment_refunded() },
}
const refunds: Record<RefundStatus, Look> = {
  requested: { tone: 'attention', icon: 'clock', word: () => m.portal_refund_requested() },
  confirmed: { tone: 'success', icon: 'check-circle', word: () => m.portal_refund_confirmed() },
  failed: { tone: 'danger', icon: 'x-circle', word: () => m.portal_refund_failed() },
}

function Tag({ look: { tone, icon, word }, arriving = false }: { look: Look; arriving?: boolean }) {
  return (
    <StatusTag tone={tone} icon={icon} arriving={arriving}>
      {word()}
    </StatusTag>
  )
}

export const invoiceStatusWord = (status: InvoiceStatus): string => invoices[status].word()
/** `arriving` lets a status that has just changed slide in. */
export const InvoiceStatusTag = ({ status, arriving = false }: { status: InvoiceStatus; arriving?: boolean }) => (
  <Tag key={status} look={invoices[status]} arriving={arriving} />
)
export const PaymentStatusTag = ({ status }: { status: PaymentStatus }) => <Tag look={payments[status]} />
export const RefundStatusTag = ({ status }: { status: RefundStatus }) => <Tag look={refunds[status]} />
