// The list of what needs a human now; every line leads to where it is dealt with.
import type { ReactNode } from 'react'
import { m } from '../../../i18n/generated/messages.js'
import { DateTime } from '../../../ui/date-time.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Icon, type IconName } from '../../../ui/icon.tsx'
import { Link } from '../../../ui/link.tsx'
import { toneClass, type Tone } from '../../../ui/notice.tsx'
import { flagWord } from '../flags/flag-words.ts'
import type { Matter } from './attention.ts'

interface Line {
  key: string
  to: string
  icon: IconName
  tone: Tone
  title: string
  detail: ReactNode
  at?: string
}

export function lineOf(matter: Matter): Line {
  switch (matter.kind) {
    case 'flag': {
      const { id, kind, invoiceId, invoiceNumber, createdAt } = matter.flag
      return {
        key: id,
        to: `/console/invoices/${invoiceId}`,
        icon: 'flag',
        tone: 'danger',
        title: flagWord(kind),
        detail: invoiceNumber,
        at: createdAt,
      }
    }
    case 'revision':
    case 'build': {
      const { id, name, client, planName, updatedAt } = matter.project
      const revision = matter.kind === 'revision'
      return {
        key: id,
        to: `/console/projects/${id}`,
        icon: revision ? 'undo' : 'bolt',
        tone: revision ? 'attention' : 'action',
        title: name,
        detail: `${revision ? m.console_matter_revision() : m.console_matter_build()} · ${client.name} · ${planName}`,
        at: updatedAt,
      }
    }
    case 'mails':
      return {
        key: 'mails',
        to: '/console/mailbox?status=failed',
        icon: 'mail',
        tone: 'danger',
        title: m.console_matter_mails(),
        detail: m.console_matter_count({ count: matter.count }),
      }
    case 'parked':
      return {
        key: 'parked',
        to: '/console/events/parked',
        icon: 'pause',
        tone: 'danger',
        title: m.console_matter_parked(),
        detail: m.console_matter_count({ count: matter.count }),
      }
    case 'unpaid':
      return {
        key: 'unpaid',
        to: '/console/projects?column=pending_payment',
        icon: 'clock',
        tone: 'neutral',
        title: m.console_matter_unpaid(),
        detail: m.console_matter_count({ count: matter.count }),
      }
    case 'more': {
      const to = matter.of === 'flag' ? '/console/flags' : '/console/projects?column=in_progress'
      return {
        key: `more ${matter.of}`,
        to,
        icon: 'dots',
        tone: 'neutral',
        title: m.console_matter_more({ count: matter.count }),
        detail: null,
      }
    }
  }
}

export function AttentionList({ matters }: { matters: Matter[] }) {
  if (matters.length === 0) {
    return (
      <EmptyState icon="check-circle" title={m.console_calm_title()}>
        {m.console_calm_text()}
      </EmptyState>
    )
  }
  return (
    <ul className="border-t border-line">
      {matters.map((matter) => {
        const { key, to, icon, tone, title, detail, at } = lineOf(matter)
        return (
          <li key={key} className="animate-arrive border-b border-line">
            <Link to={to} look="plain" data-row className="flex items-center gap-3.5 py-3 hover:bg-sunken/60">
              <span className={`grid size-9 shrink-0 place-items-center rounded-full ${toneClass[tone]}`}>
                <Icon name={icon} />
              </span>
              <span className="min-w-0 flex-1">
                <span className="line-clamp-2 text-small font-semibold">{title}</span>
                {detail && <span className="line-clamp-2 text-caption text-soft">{detail}</span>}
                {at && <DateTime at={at} className="block text-caption text-faint sm:hidden" />}
              </span>
              {at && <DateTime at={at} className="shrink-0 text-caption text-faint max-sm:hidden" />}
              <Icon name="chevron-right" className="text-faint" />
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
