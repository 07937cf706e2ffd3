import type { z } from 'zod'
import type { Invoice } from '../../../../domains/billing/contract.ts'
import { InvoiceStatusTag } from '../../../../domains/billing/ui/billing-status.tsx'
import { m } from '../../../i18n/generated/messages.js'
import { DateTime } from '../../../ui/date-time.tsx'
import { Link } from '../../../ui/link.tsx'
import { Money } from '../../../ui/money.tsx'
import { Table, type Column } from '../../../ui/table.tsx'

type InvoiceRecord = z.output<typeof Invoice>

/** `withClient` and `withProject` are off where all are of one; `dense` sets the project under the number. */
export function InvoicesTable({
  caption,
  invoices,
  withClient = true,
  withProject = true,
  dense = false,
}: {
  caption: string
  invoices: InvoiceRecord[]
  withClient?: boolean
  withProject?: boolean
  dense?: boolean
}) {
  const client: Column<InvoiceRecord> = {
    key: 'client',
    head: m.console_client(),
    cell: ({ client: { id, name } }) => (
      <Link look="quiet" to={`/console/clients/${id}`}>
        {name}
      </Link>
    ),
  }
  const project: Column<InvoiceRecord> = {
    key: 'project',
    head: m.console_project(),
    className: 'min-w-40',
    cell: ({ projectId, projectName }) => (
      <Link look="quiet" to={`/console/projects/${projectId}`}>
        {projectName}
      </Link>
    ),
  }
  return (
    <Table
      caption={caption}
      rows={invoices}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'number',
          head: m.console_invoice(),
          className: 'whitespace-nowrap',
          cell: ({ id, number, projectName }) => (
            <>
              <Link look="plain" data-row to={`/console/invoices/${id}`} className="font-semibold tabular">
                {number}
              </Link>
              {dense && <span className="block max-w-44 truncate text-caption text-soft">{projectName}</span>}
            </>
          ),
        },
        ...(withProject && !dense ? [project, ...(withClient ? [client] : [])] : []),
        { key: 'status', head: m.console_status(), cell: ({ status }) => <InvoiceStatusTag status={status} /> },
        {
          key: 'issued',
          head: m.console_issued_at(),
          className: 'whitespace-nowrap',
          cell: ({ issuedAt }) => <DateTime at={issuedAt} show="short" className="text-soft" />,
        },
        { key: 'total', head: m.console_total(), end: true, cell: ({ total }) => <Money rupiah={total} /> },
        {
          key: 'balance',
          head: m.console_balance(),
          end: true,
          cell: ({ balance }) => (
            <Money
              rupiah={balance}
              className={balance === 0 ? 'text-faint' : balance < 0 ? 'font-semibold text-bata' : 'font-semibold'}
            />
          ),
        },
      ]}
    />
  )
}
