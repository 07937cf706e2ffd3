// The project as a story: who did what when, and what comes next.
import { m } from '../../../web/i18n/generated/messages.js'
import { DateTime } from '../../../web/ui/date-time.tsx'
import type { IconName } from '../../../web/ui/icon.tsx'
import { Timeline } from '../../../web/ui/timeline.tsx'
import { LinkedText } from './linked-text.tsx'
import { storyOf, type AheadStep, type Entry } from './story.ts'
import type { ProjectStatus } from '../contract.ts'

const past: Record<Entry['kind'], { icon: IconName; title: () => string }> = {
  ordered: { icon: 'receipt', title: () => m.portal_story_ordered() },
  paid: { icon: 'check-circle', title: () => m.portal_story_paid() },
  started: { icon: 'play', title: () => m.portal_story_started() },
  submitted: { icon: 'eye', title: () => m.portal_story_submitted() },
  revision_requested: { icon: 'undo', title: () => m.portal_story_revision_requested() },
  approved: { icon: 'check', title: () => m.portal_story_approved() },
  cancelled: { icon: 'close', title: () => m.portal_story_cancelled() },
}
const coming: Record<AheadStep, { icon: IconName; title: () => string }> = {
  payment: { icon: 'qr', title: () => m.portal_ahead_payment() },
  work: { icon: 'bolt', title: () => m.portal_ahead_work() },
  revision: { icon: 'bolt', title: () => m.portal_ahead_revision() },
  review: { icon: 'eye', title: () => m.portal_ahead_review() },
  done: { icon: 'flag', title: () => m.portal_ahead_done() },
}
const by: Record<Entry['by'], () => string> = {
  client: () => m.portal_by_client(),
  agency: () => m.portal_by_agency(),
  system: () => m.portal_by_system(),
}

export function ProjectStory({ status, timeline }: { status: ProjectStatus; timeline: readonly Entry[] }) {
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
  return <Timeline label={m.portal_story()} steps={steps} />
}
