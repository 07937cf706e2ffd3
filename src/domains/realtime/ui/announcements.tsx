// What the agency announces, above every page of portal and console: in the reader's language, until its end, unless the
// reader has closed it.
import { useState } from 'react'
import type { z } from 'zod'
import { m } from '../../../web/i18n/generated/messages.js'
import { getLocale } from '../../../web/i18n/generated/runtime.js'
import { Icon } from '../../../web/ui/icon.tsx'
import { Notice, type Tone } from '../../../web/ui/notice.tsx'
import { useAlive, useNow } from '../../../web/ui/now.ts'
import type { Announcement, Severity } from '../contract.ts'

type AnnouncementView = Pick<z.output<typeof Announcement>, 'id' | 'title' | 'body' | 'severity' | 'endsAt'>
const looks: Record<z.output<typeof Severity>, { tone: Tone; word: () => string }> = {
  info: { tone: 'action', word: () => m.common_announcement_info() },
  success: { tone: 'success', word: () => m.common_announcement_success() },
  warning: { tone: 'attention', word: () => m.common_announcement_warning() },
  critical: { tone: 'danger', word: () => m.common_announcement_critical() },
}
export const severityWord = (severity: z.output<typeof Severity>): string => looks[severity].word()

const KEPT = 'announcements-closed'

export function Announcements({ announcements }: { announcements: AnnouncementView[] }) {
  const now = useNow(1_000)
  const [closed, close] = useClosed()
  const shown = announcements.filter(
    ({ id, endsAt }) => !closed.has(id) && (endsAt === null || new Date(endsAt).getTime() > now),
  )
  return (
    <section
      aria-label={m.common_announcements()}
      aria-live="polite"
      className={shown.length > 0 ? 'mb-6 space-y-3' : ''}
    >
      {shown.map((each) => (
        <AnnouncementNotice key={each.id} {...each} onClose={() => close(each.id)} />
      ))}
    </section>
  )
}

export function AnnouncementNotice({
  title,
  body,
  severity,
  locale = getLocale(),
  onClose,
}: Pick<AnnouncementView, 'title' | 'body' | 'severity'> & { locale?: 'id' | 'en'; onClose?: () => void }) {
  const { tone, word } = looks[severity]
  return (
    <div lang={locale} className="animate-arrive">
      <Notice tone={tone}>
        <div className="flex items-start justify-between gap-4">
          <div className="min-w-0">
            <p className="font-semibold wrap-anywhere">
              <span className="text-caption font-semibold tracking-wide uppercase">{word()}</span>
              <span aria-hidden="true"> · </span>
              {title[locale]}
            </p>
            <p className="mt-0.5 whitespace-pre-line wrap-anywhere">{body[locale]}</p>
          </div>
          {onClose && (
            <button
              type="button"
              onClick={onClose}
              aria-label={`${m.common_announcement_dismiss()}: ${title[locale]}`}
              className="-m-1.5 inline-flex size-9 shrink-0 items-center justify-center rounded-base text-soft hover:bg-raised/60 hover:text-ink"
            >
              <Icon name="close" />
            </button>
          )}
        </div>
      </Notice>
    </div>
  )
}

/** Remembered in this browser; one that forbids it shows them again. */
function useClosed(): [ReadonlySet<string>, (id: string) => void] {
  const [now, setNow] = useState<readonly string[]>([])
  // The server does not know them, and both must render the same first.
  const kept = useAlive() ? read() : []
  return [
    new Set([...kept, ...now]),
    (id) => {
      setNow([...now, id])
      try {
        localStorage.setItem(KEPT, JSON.stringify([...read(), id].slice(-50)))
      } catch {
        // It is closed until the page is left.
      }
    },
  ]
}

function read(): string[] {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? '[]') as unknown
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : []
  } catch {
    return []
  }
}
