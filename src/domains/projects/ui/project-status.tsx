// A project's status as an icon and a word, the same for the client and the agency.
import { m } from '../../../web/i18n/generated/messages.js'
import type { IconName } from '../../../web/ui/icon.tsx'
import type { Tone } from '../../../web/ui/notice.tsx'
import { StatusTag } from '../../../web/ui/status-tag.tsx'
import type { ProjectStatus } from '../contract.ts'

const looks: Record<ProjectStatus, { tone: Tone; icon: IconName; word: () => string }> = {
  pending_payment: { tone: 'attention', icon: 'clock', word: () => m.portal_project_pending_payment() },
  in_progress: { tone: 'action', icon: 'bolt', word: () => m.portal_project_in_progress() },
  review: { tone: 'attention', icon: 'eye', word: () => m.portal_project_review() },
  completed: { tone: 'success', icon: 'check-circle', word: () => m.portal_project_completed() },
  cancelled: { tone: 'neutral', icon: 'x-circle', word: () => m.portal_project_cancelled() },
}

export const projectStatusWord = (status: ProjectStatus): string => looks[status].word()

/** `arriving` lets a status that has just changed slide in. */
export function ProjectStatusTag({ status, arriving = false }: { status: ProjectStatus; arriving?: boolean }) {
  const { tone, icon, word } = looks[status]
  return (
    <StatusTag key={status} tone={tone} icon={icon} arriving={arriving}>
      {word()}
    </StatusTag>
  )
}
