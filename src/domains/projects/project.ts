// The status machine of a project: which verb leads where, who may use it, and why it is refused. Pure.
import type { ProjectStatus, ProjectVerb } from './contract.ts'

/** As whom somebody acts on a project; `system` is a payment that arrived. */
export type Actor = 'client' | 'agency' | 'system'

interface Transition {
  from: Partial<Record<ProjectStatus, readonly Actor[]>>
  to: ProjectStatus
}

export const transitions: Record<ProjectVerb, Transition> = {
  start: { from: { pending_payment: ['agency', 'system'] }, to: 'in_progress' },
  submit: { from: { in_progress: ['agency'] }, to: 'review' },
  request_revision: { from: { review: ['client'] }, to: 'in_progress' },
  approve: { from: { review: ['client'] }, to: 'completed' },
  cancel: {
    from: { pending_payment: ['client', 'agency'], in_progress: ['agency'], review: ['agency'] },
    to: 'cancelled',
  },
}
const verbs = Object.keys(transitions) as ProjectVerb[]

const said: Record<ProjectVerb, string> = {
  start: 'started',
  submit: 'submitted for review',
  request_revision: 'sent back for a revision',
  approve: 'approved',
  cancel: 'cancelled',
}
const state: Record<ProjectStatus, string> = {
  pending_payment: 'is waiting for payment',
  in_progress: 'is being worked on',
  review: 'is in review',
  completed: 'is completed',
  cancelled: 'is cancelled',
}

export type Decision = { to: ProjectStatus } | { refused: string }

/** Where `verb` leads from `status`, or a sentence why the actor cannot use it now. */
export function decide(status: ProjectStatus, verb: ProjectVerb, actor: Actor): Decision {
  const { from, to } = transitions[verb]
  const actors = from[status]
  if (!actors) return { refused: `The project ${state[status]}; it cannot be ${said[verb]} now.` }
  if (actors.includes(actor)) return { to }
  return actor === 'client'
    ? { refused: `The project ${state[status]}; only the agency can do this now.` }
    : { refused: `The project ${state[status]}; only the client can do this now.` }
}

/** What the actor may do now, in the order of the work. */
export const verbsFor = (status: ProjectStatus, actor: Actor): ProjectVerb[] =>
  verbs.filter((verb) => 'to' in decide(status, verb, actor))

export const isFinished = (status: ProjectStatus): boolean => status === 'completed' || status === 'cancelled'

const DAY = 86_400_000
/** Free support lasts whole days from the moment of approval. */
export const supportEnd = (completedAt: Date, supportDays: number): Date =>
  new Date(completedAt.getTime() + supportDays * DAY)
