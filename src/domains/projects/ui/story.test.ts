import { expect, it } from 'vitest'
import { lastHandover, storyOf, type Entry } from './story.ts'

const entry = (kind: Entry['kind'], note: string | null = null): Entry => ({
  at: '2026-11-20T03:00:00.000Z',
  kind,
  status: 'in_progress',
  note,
  by: 'agency',
})
const outline = (steps: ReturnType<typeof storyOf>) =>
  steps.map((step) => `${step.state} ${'entry' in step ? step.entry.kind : step.step}`)

it('shows the whole way ahead while the payment is awaited', () => {
  expect(outline(storyOf({ status: 'pending_payment', timeline: [entry('ordered')] }))).toEqual([
    'done ordered',
    'current payment',
    'ahead work',
    'ahead review',
    'ahead done',
  ])
})
it('calls the work a revision once one was asked for', () => {
  const timeline = [entry('ordered'), entry('paid'), entry('submitted'), entry('revision_requested', 'Logo')]
  expect(outline(storyOf({ status: 'in_progress', timeline })).slice(-3)).toEqual([
    'current revision',
    'ahead review',
    'ahead done',
  ])
})
it('has nothing ahead of a completed project', () => {
  const steps = storyOf({ status: 'completed', timeline: [entry('ordered'), entry('approved')] })
  expect(outline(steps)).toEqual(['done ordered', 'done approved'])
})
it('marks a cancellation as the end, not as something achieved', () => {
  const steps = storyOf({ status: 'cancelled', timeline: [entry('ordered'), entry('cancelled')] })
  expect(outline(steps)).toEqual(['done ordered', 'ended cancelled'])
})
it('gives every step a key of its own, and past steps the same key after the story has grown', () => {
  const timeline = [entry('ordered'), entry('paid'), entry('submitted'), entry('revision_requested')]
  const before = storyOf({ status: 'in_progress', timeline })
  const after = storyOf({ status: 'review', timeline: [...timeline, entry('submitted')] })
  expect(new Set(after.map(({ key }) => key)).size).toBe(after.length)
  expect(after.slice(0, 4).map(({ key }) => key)).toEqual(before.slice(0, 4).map(({ key }) => key))
})
it('quotes the note of the latest handover only', () => {
  expect(
    lastHandover([entry('submitted', 'first'), entry('revision_requested', 'no'), entry('submitted', 'second')])?.note,
  ).toBe('second')
  expect(lastHandover([entry('submitted', 'first'), entry('submitted')])).toBeNull()
  expect(lastHandover([entry('ordered')])).toBeNull()
})
