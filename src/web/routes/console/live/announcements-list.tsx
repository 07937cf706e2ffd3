// What was announced and what is planned, the newest first.
import { useCallback, useState } from 'react'
import type { z } from 'zod'
import type { AnnouncementRecord } from '../../../../domains/realtime/contract.ts'
import { severityTone, severityWord } from '../../../../domains/realtime/ui/announcements.tsx'
import { m } from '../../../i18n/generated/messages.js'
import { getLocale } from '../../../i18n/generated/runtime.js'
import { Button } from '../../../ui/button.tsx'
import { DateTime } from '../../../ui/date-time.tsx'
import { useNow } from '../../../ui/now.ts'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { ActionDialog } from '../parts/action-dialog.tsx'
import { roleWord } from './role.ts'

type Row = z.output<typeof AnnouncementRecord>

export function AnnouncementsList({
  announcements,
  names,
}: {
  announcements: Row[]
  /** Of the clients and projects, by id. */
  names: Record<string, string>
}) {
  const now = useNow(10_000)
  const locale = getLocale()
  const [asked, setAsked] = useState<Row | null>(null)
  const onClose = useCallback(() => setAsked(null), [])
  const receiver = ({ target }: Row) => {
    if (target.kind === 'role') return m.console_announce_to_role({ role: roleWord(target.role) })
    if (target.kind === 'user') return names[target.userId] ?? m.console_announce_user()
    if (target.kind === 'project') return names[target.projectId] ?? m.console_announce_project()
    return m.console_announce_everybody()
  }
  return (
    <>
      <ul className="border-t border-line">
        {announcements.map((row) => {
          const state = stateOf(row, now)
          return (
            <li
              key={row.id}
              className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 border-b border-line py-4"
            >
              <div className="min-w-0 flex-1 basis-64">
                <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
                  <span className="text-small font-semibold wrap-anywhere">{row.title[locale]}</span>
                  <State state={state} />
                </p>
                <p className="mt-1 line-clamp-2 text-small text-soft wrap-anywhere">{row.body[locale]}</p>
                <p className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-caption text-soft">
                  <StatusTag tone={severityTone(row.severity)}>{severityWord(row.severity)}</StatusTag>
                  <span className="wrap-anywhere">{m.console_announce_for({ receiver: receiver(row) })}</span>
                  <span>
                    {m.console_announce_starts()}:{' '}
                    <DateTime at={row.startsAt} show={state === 'planned' ? 'full' : 'relative'} />
                  </span>
                  {row.endsAt && (
                    <span>
                      {m.console_announce_ends()}: <DateTime at={row.endsAt} show="full" />
                    </span>
                  )}
                </p>
              </div>
              {(state === 'active' || state === 'planned') && (
                <Button type="button" size="small" onClick={() => setAsked(row)}>
                  {m.console_announce_withdraw()}
                  <span className="visually-hidden">: {row.title[locale]}</span>
                </Button>
              )}
            </li>
          )
        })}
      </ul>
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

function State({ state }: { state: ReturnType<typeof stateOf> }) {
  switch (state) {
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
