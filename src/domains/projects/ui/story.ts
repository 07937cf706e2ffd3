// The story of a project in time: what happened, what is happening now, and what is still to come.
import type { z } from 'zod'
import type { ProjectStatus, TimelineEntry } from '../contract.ts'

export type Entry = z.output<typeof TimelineEntry>
export type AheadStep = 'payment' | 'work' | 'revision' | 'review' | 'done'

export type StoryStep =
  | { key: string; state: 'done' | 'ended'; entry: Entry }
  | { key: string; state: 'current' | 'ahead'; step: AheadStep }

const ahead: Record<ProjectStatus, readonly AheadStep[]> = {
  pending_payment: ['payment', 'work', 'review', 'done'],
  in_progress: ['work', 'review', 'done'],
  review: ['review', 'done'],
  completed: [],
  cancelled: [],
}

/** Past entries oldest first, then the current step, then the rest of the way. Keys stay the same while the story grows. */
export function storyOf({ status, timeline }: { status: ProjectStatus; timeline: readonly Entry[] }): StoryStep[] {
  const revising = status === 'in_progress' && timeline.some(({ kind }) => kind === 'revision_requested')
  const past = timeline.map((entry, index): StoryStep => {
    const state = entry.kind === 'cancelled' ? 'ended' : 'done'
    return { key: `${index} ${entry.kind}`, state, entry }
  })
  const coming = ahead[status].map((name, index): StoryStep => {
    const step = name === 'work' && revising ? 'revision' : name
    return { key: `ahead ${timeline.length} ${step}`, state: index === 0 ? 'current' : 'ahead', step }
  })
  return [...past, ...coming]
}

/** What the agency wrote when it last handed the work over; null before that or without a note. */
export function lastHandover(timeline: readonly Entry[]): Entry | null {
  const entry = timeline.findLast(({ kind }) => kind === 'submitted')
  return entry?.note ? entry : null
}
