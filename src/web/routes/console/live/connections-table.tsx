import type { z } from 'zod'
import type { Connection } from '../../../../domains/realtime/contract.ts'
import { closeWord, protocolWord } from '../../../../domains/realtime/ui/words.ts'
import { formatNumber } from '../../../i18n/format.ts'
import { m } from '../../../i18n/generated/messages.js'
import { getLocale } from '../../../i18n/generated/runtime.js'
import { DateTime } from '../../../ui/date-time.tsx'
import { Link } from '../../../ui/link.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { Table } from '../../../ui/table.tsx'
import { roleWord } from './role.ts'

export type ConnectionView = z.output<typeof Connection>

/** Who it is, also when the account is gone. */
export const nameOf = ({ user }: Pick<ConnectionView, 'user'>): string => user.name || m.console_live_gone_user()

export function ConnectionsTable({ connections }: { connections: ConnectionView[] }) {
  const locale = getLocale()
  return (
    <Table
      caption={m.console_live_connections()}
      rows={connections}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'who',
          head: m.console_live_who(),
          cell: (row) => (
            <span className="block min-w-40 sm:min-w-48">
              <Link data-row to={`/console/live/connections/${row.id}`} className="touch font-semibold wrap-anywhere">
                {nameOf(row)}
              </Link>
              <span className="block text-caption text-soft wrap-anywhere">{row.user.email}</span>
            </span>
          ),
        },
        {
          key: 'status',
          head: m.console_status(),
          cell: (row) => <ConnectionTag connection={row} withReason />,
          className: 'min-w-32',
        },
        { key: 'role', head: m.console_live_role(), cell: ({ role }) => roleWord(role) },
        {
          key: 'protocol',
          head: m.console_live_protocol(),
          cell: ({ protocol }) => protocolWord(protocol),
          className: 'min-w-30',
        },
        {
          key: 'address',
          head: m.console_live_address(),
          cell: ({ address }) => <code className="block min-w-28 text-caption wrap-anywhere">{address}</code>,
        },
        {
          key: 'since',
          head: m.console_live_since(),
          cell: ({ connectedAt }) => <DateTime at={connectedAt} className="whitespace-nowrap" />,
        },
        { key: 'sent', head: m.console_live_sent(), cell: ({ messages }) => formatNumber(messages, locale), end: true },
      ]}
    />
  )
}

export function ConnectionTag({
  connection,
  withReason = false,
}: {
  connection: ConnectionView
  withReason?: boolean
}) {
  const { status, closeCode, closeReason } = connection
  if (status === 'open')
    return (
      <StatusTag tone="success" icon="bolt">
        {m.console_live_open()}
      </StatusTag>
    )
  return (
    <span className="inline-flex flex-col items-start gap-1">
      <StatusTag tone="neutral" icon="pause">
        {m.console_live_closed()}
      </StatusTag>
      {withReason && closeCode !== null && (
        <span className="text-caption text-soft">{closeWord(closeCode, closeReason)}</span>
      )}
    </span>
  )
}
