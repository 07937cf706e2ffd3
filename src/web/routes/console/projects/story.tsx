// The project as a story, told from the agency's side.
import type { z } from 'zod'
import type { ProjectDetail } from '../../../../domains/projects/contract.ts'
import { LinkedText } from '../../../../domains/projects/ui/linked-text.tsx'
import { storyOf, type AheadStep, type Entry } from '../../../../domains/projects/ui/story.ts'
import { m } from '../../../i18n/generated/messages.js'
import { DateTime } from '../../../ui/date-time.tsx'
import type { IconName } from '../../../ui/icon.tsx'
import { Timeline } from '../../../ui/timeline.tsx'

const past: Record<Entry['kind'], { icon: IconName; title: () => string }> = {
  ordered: { icon: 'receipt', title: () => m.console_story_ordered() },
  paid: { icon: 'check-circle', title: () => m.console_story_paid() },
  started: { icon: 'play', title: () => m.console_story_started() },
  submitted: { icon: 'eye', title: () => m.console_story_submitted() },
  revision_requested: { icon: 'undo', title: () => m.console_story_revision() },
  approved: { icon: 'check', title: () => m.console_story_approved() },
  cancelled: { icon: 'close', title: () => m.console_story_cancelled() },
}
const coming: Record<AheadStep, { icon: IconName; title: () => string }> = {
  payment: { icon: 'qr', title: () => m.console_ahead_payment() },
  work: { icon: 'bolt', title: () => m.console_ahead_work() },
  revision: { icon: 'bolt', title: () => m.console_ahead_revision() },
  review: { icon: 'eye', title: () => m.console_ahead_review() },
  done: { icon: 'flag', title: () => m.console_ahead_done() },
}
const by: Record<Entry['by'], () => string> = {
  client: () => m.console_by_client(),
  agency: () => m.console_by_agency(),
  system: () => m.console_by_system(),
}

export function Story({
  project: { status, timeline },
}: {
  project: Pick<z.output<typeof ProjectDetail>, 'status' | 'timeline'>
}) {
  const steps = storyOf({ status, timeline }).map((step) => {
    const { icon, title } = 'entry' in step ? past[step.entry.kind] : coming[step.step]
    if (!('entry' in step)) return { key: step.key, state: step.state, icon, title: title() }
    const { at, note, by: who } = step.entry
    const when = (
      <>
        <DateTime at={at} /> · {by[who]()}
      </>
    )
    return {
      key: step.key,
      state: step.state,
      icon,
      title: title(),
      at: when,
      children: note && <LinkedText text={note} />,
    }
  })
  return <Timeline label={m.console_story()} steps={steps} />
}
