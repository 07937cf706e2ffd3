// The bookings behind an invoice, in the words of a bookkeeper.
import type { z } from 'zod'
import type { LedgerEntry } from '../../../../domains/billing/contract.ts'
import { m } from '../../../i18n/generated/messages.js'
import { DateTime } from '../../../ui/date-time.tsx'
import { Money } from '../../../ui/money.tsx'
import { Table } from '../../../ui/table.tsx'

const accounts: Record<string, () => string> = {
  accounts_receivable: () => m.console_account_receivable(),
  revenue: () => m.console_account_revenue(),
  gateway_clearing: () => m.console_account_clearing(),
  refunds: () => m.console_account_refunds(),
}
const kinds: Record<string, () => string> = {
  invoice_issued: () => m.console_booking_issued(),
  invoice_cancelled: () => m.console_booking_cancelled(),
  payment_received: () => m.console_booking_received(),
  payment_refunded: () => m.console_booking_refunded(),
}
/** A booking without words of its own is shown by its name. */
const word = (words: Record<string, () => string>, name: string) =>
  (Object.hasOwn(words, name) && words[name]?.()) || name

export function Ledger({ entries }: { entries: z.output<typeof LedgerEntry>[] }) {
  const amount = (rupiah: number) => (rupiah > 0 ? <Money rupiah={rupiah} /> : null)
  return (
    <Table
      caption={m.console_ledger()}
      rows={entries}
      rowKey={({ id, account }) => `${id} ${account}`}
      columns={[
        {
          key: 'at',
          head: m.console_date(),
          className: 'whitespace-nowrap',
          cell: ({ at }) => <DateTime at={at} show="short" className="text-soft" />,
        },
        { key: 'kind', head: m.console_booking(), cell: ({ kind }) => word(kinds, kind) },
        { key: 'account', head: m.console_ledger_account(), cell: ({ account }) => word(accounts, account) },
        { key: 'debit', head: m.console_debit(), end: true, cell: ({ debit }) => amount(debit) },
        { key: 'credit', head: m.console_credit(), end: true, cell: ({ credit }) => amount(credit) },
      ]}
    />
  )
}
