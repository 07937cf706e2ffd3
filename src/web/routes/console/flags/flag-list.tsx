// Flagged matters, each with what it means, what to do, and how to put it aside.
import { useCallback, useState } from 'react'
import type { z } from 'zod'
import type { Flag } from '../../../../domains/billing/contract.ts'
import { m } from '../../../i18n/generated/messages.js'
import { Button } from '../../../ui/button.tsx'
import { DateTime } from '../../../ui/date-time.tsx'
import { Textarea } from '../../../ui/field.tsx'
import { Link } from '../../../ui/link.tsx'
import { Money } from '../../../ui/money.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import { ActionDialog } from '../parts/action-dialog.tsx'
import { flagAdvice, flagWord } from './flag-words.ts'

type FlagRecord = z.output<typeof Flag>

export function FlagList({ flags, withInvoice = true }: { flags: FlagRecord[]; withInvoice?: boolean }) {
  const [asked, setAsked] = useState<FlagRecord | null>(null)
  const [open, setOpen] = useState(false)
  const onClose = useCallback(() => setOpen(false), [])
  return (
    <>
      <ul className="border-t border-line">
        {flags.map((flag) => (
          <li
            key={flag.id}
            className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 border-b border-line py-4 text-small"
          >
            <div className="min-w-0 flex-1 basis-72">
              <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <StatusTag
                  tone={flag.resolvedAt ? 'success' : 'danger'}
                  icon={flag.resolvedAt ? 'check-circle' : 'flag'}
                >
                  {flagWord(flag.kind)}
                </StatusTag>
                {withInvoice && (
                  <Link data-row to={`/console/invoices/${flag.invoiceId}`} className="font-semibold tabular">
                    {flag.invoiceNumber}
                  </Link>
                )}
                {flag.amount !== null && <Money rupiah={flag.amount} className="font-semibold" />}
              </p>
              <p className="measure mt-2 text-soft">{flagAdvice(flag.kind)}</p>
              <p className="mt-1 text-caption text-faint wrap-anywhere">
                <DateTime at={flag.createdAt} /> · <span lang="en">{flag.detail}</span>
              </p>
            </div>
            {flag.resolvedAt ? (
              <p className="text-caption text-faint">
                {m.console_flag_resolved()} <DateTime at={flag.resolvedAt} />
              </p>
            ) : (
              <Button
                type="button"
                size="small"
                icon="check"
                aria-label={m.console_flag_resolve_of({ number: flag.invoiceNumber })}
                onClick={() => {
                  setAsked(flag)
                  setOpen(true)
                }}
              >
                {m.console_flag_resolve()}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {asked && (
        <ActionDialog
          key={asked.id}
          open={open}
          onClose={onClose}
          title={m.console_flag_resolve_title()}
          action="/console/flags"
          hidden={{ flag: asked.id }}
          submit={m.console_flag_resolve()}
          done={m.console_flag_resolve_done({ number: asked.invoiceNumber })}
        >
          {(field) => (
            <>
              <p className="text-small text-soft">{flagAdvice(asked.kind)}</p>
              <Textarea
                label={m.console_flag_note()}
                hint={m.console_flag_note_hint()}
                maxLength={500}
                required
                {...field('note')}
              />
            </>
          )}
        </ActionDialog>
      )}
    </>
  )
}
