import { useCallback, useState } from 'react'
import type { z } from 'zod'
import type { AnnouncementRecord } from '../../../../domains/realtime/contract.ts'
import { severityWord } from '../../../../domains/realtime/ui/announcements.tsx'
import { m } from '../../../i18n/generated/messages.js'
import { getLocale } from '../../../i18n/generated/runtime.js'
import { Button } from '../../../ui/button.tsx'
import { DateTime } from '../../../ui/date-time.tsx'
import { useNow } from '../../../ui/now.ts'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { Table } from '../../../ui/table.tsx'
import { ActionDialog } from '../parts/action-dialog.tsx'
import type { Choice } from './receiver-choice.tsx'
import { roleWord } from './role.ts'

type Row = z.output<typeof AnnouncementRecord>

export function AnnouncementsTable({
  announcements,
  clients,
  projects,
}: {
  announcements: Row[]
  clients: Choice[]
  projects: Choice[]
}) {
  const now = useNow(10_000)
  const locale = getLocale()
  const [asked, setAsked] = useState<Row | null>(null)
  const onClose = useCallback(() => setAsked(null), [])
  const nameIn = (choices: Choice[], id: string) => choices.find(({ value }) => value === id)?.label
  const receiver = ({ target }: Row) => {
    if (target.kind === 'role') return roleWord(target.role)
    if (target.kind === 'user') return nameIn(clients, target.userId) ?? m.console_announce_user()
    if (target.kind === 'project') return nameIn(projects, target.projectId) ?? m.console_announce_project()
    return m.console_announce_everybody()
  }
  return (
    <>
      <Table
        caption={m.console_announce_list()}
        rows={announcements}
        rowKey={({ id }) => id}
        columns={[
          {
            key: 'title',
            head: m.console_live_announcements(),
            cell: (row) => (
              <span className="block min-w-40">
                <span className="block font-semibold wrap-anywhere">{row.title[locale]}</span>
                <span className="text-caption text-soft wrap-anywhere">
                  {severityWord(row.severity)} · {receiver(row)}
                </span>
              </span>
            ),
          },
          {
            key: 'when',
            head: m.console_announce_starts(),
            cell: ({ startsAt, endsAt }) => (
              <span className="block whitespace-nowrap">
                <DateTime at={startsAt} />
                {endsAt && (
                  <span className="block text-caption text-soft">
                    {m.console_announce_ends()}: <DateTime at={endsAt} />
                  </span>
                )}
              </span>
            ),
          },
          { key: 'status', head: m.console_status(), cell: (row) => <State row={row} now={now} /> },
          {
            key: 'actions',
            head: <span className="visually-hidden">{m.console_actions()}</span>,
            cell: (row) =>
              ['active', 'planned'].includes(stateOf(row, now)) && (
                <Button kind="quiet" size="small" onClick={() => setAsked(row)}>
                  {m.console_announce_withdraw()}
                  <span className="visually-hidden">: {row.title[locale]}</span>
                </Button>
              ),
            end: true,
          },
        ]}
      />
      {asked && (
        <ActionDialog
          open
          onClose={onClose}
          danger
          title={m.console_announce_withdraw_title()}
          action="/console/live/announcements"
          hidden={{ intent: 'withdraw', id: asked.id }}
          submit={m.console_announce_withdraw()}
          done={m.console_announce_withdraw_done()}
        >
          {() => (
            <p className="text-small">
              <span className="font-semibold wrap-anywhere">{asked.title[locale]}</span>
              <span className="mt-1 block text-soft">{m.console_announce_withdraw_text()}</span>
            </p>
          )}
        </ActionDialog>
      )}
    </>
  )
}

function stateOf({ withdrawnAt, sentAt, endsAt }: Row, now: number): 'withdrawn' | 'planned' | 'over' | 'active' {
  if (withdrawnAt) return 'withdrawn'
  if (!sentAt) return 'planned'
  return endsAt && new Date(endsAt).getTime() <= now ? 'over' : 'active'
}

function State({ row, now }: { row: Row; now: number }) {
  switch (stateOf(row, now)) {
    case 'active':
      return <StatusTag tone="success">{m.console_announce_active()}</StatusTag>
    case 'planned':
      return (
        <StatusTag tone="action" icon="clock">
          {m.console_announce_planned()}
        </StatusTag>
      )
    case 'over':
      return (
        <StatusTag tone="neutral" icon="check">
          {m.console_announce_over()}
        </StatusTag>
      )
    case 'withdrawn':
      return (
        <StatusTag tone="neutral" icon="undo">
          {m.console_announce_withdrawn()}
        </StatusTag>
      )
  }
}
