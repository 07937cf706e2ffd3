// Invoices, payments, refunds and flags as the contract shows them.
import type { z } from 'zod'
import type { Flag, Invoice, InvoiceLine, Payment, Refund } from '../contract.ts'
import type { FlagRow } from '../flags/store.ts'
import type { AttemptRow } from '../payments/store.ts'
import type { RefundRow } from '../refunds/store.ts'
import type { InvoiceRow, LineRow } from './store.ts'

export const invoiceFor = (row: InvoiceRow): z.input<typeof Invoice> => ({
  id: row.id,
  number: row.number,
  projectId: row.project_id,
  projectName: row.project_name,
  client: { id: row.client_id, name: row.client_name },
  status: row.status,
  currency: 'IDR',
  total: row.total,
  balance: row.balance,
  issuedAt: row.issued_at,
  paidAt: row.paid_at,
})

export const lineFor = (row: LineRow): z.input<typeof InvoiceLine> => ({
  description: row.description,
  quantity: row.quantity,
  unitPrice: row.unit_price,
  amount: row.amount,
})

export const paymentFor = (row: AttemptRow): z.input<typeof Payment> => ({
  id: row.id,
  invoiceId: row.invoice_id,
  method: row.method,
  status: row.status,
  orderId: row.order_id,
  amount: row.amount,
  refunded: row.refunded,
  qrString: row.qr_string,
  qrImageUrl: row.qr_image_url,
  expiresAt: row.expires_at,
  settledAt: row.settled_at,
  createdAt: row.created_at,
})

export const refundFor = (row: RefundRow): z.input<typeof Refund> => ({
  id: row.id,
  paymentId: row.attempt_id,
  amount: row.amount,
  reason: row.reason,
  status: row.status,
  createdAt: row.created_at,
})

export const flagFor = (row: FlagRow): z.input<typeof Flag> => ({
  id: row.id,
  kind: row.kind,
  invoiceId: row.invoice_id,
  invoiceNumber: row.invoice_number,
  paymentId: row.attempt_id,
  detail: row.detail,
  amount: row.amount,
  createdAt: row.created_at,
  resolvedAt: row.resolved_at,
})
