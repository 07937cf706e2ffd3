import type { z } from 'zod'
import type { MailStatus } from '../../../../domains/notifications/contract.ts'
import { m } from '../../../i18n/generated/messages.js'
import type { IconName } from '../../../ui/icon.tsx'
import type { Tone } from '../../../ui/notice.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'

export type MailState = z.output<typeof MailStatus>

const looks: Record<MailState, { tone: Tone; icon: IconName; word: () => string }> = {
  kept: { tone: 'neutral', icon: 'inbox', word: () => m.console_mail_kept() },
  queued: { tone: 'attention', icon: 'clock', word: () => m.console_mail_queued() },
  sent: { tone: 'success', icon: 'check-circle', word: () => m.console_mail_sent() },
  failed: { tone: 'danger', icon: 'x-circle', word: () => m.console_mail_failed() },
}
export const mailStatusWord = (status: MailState): string => looks[status].word()

export function MailStatusTag({ status }: { status: MailState }) {
  const { tone, icon, word } = looks[status]
  return (
    <StatusTag tone={tone} icon={icon}>
      {word()}
    </StatusTag>
  )
}
