// The board: one column a status, with the verbs of the agency in it.
import type { ProjectStatus } from '../../../../domains/projects/contract.ts'
import type { AgencyVerb } from './verbs.tsx'

/** The list of projects has no verbs of each; what the agency may do follows from the status, and is checked again. */
export const verbsIn: Record<ProjectStatus, readonly AgencyVerb[]> = {
  pending_payment: ['start', 'cancel'],
  in_progress: ['submit', 'cancel'],
  review: ['cancel'],
  completed: [],
  cancelled: [],
}

/** Cards of a column before it leads to the table. What is finished needs less room. */
export const mostCards: Record<ProjectStatus, number> = {
  pending_payment: 30,
  in_progress: 50,
  review: 50,
  completed: 10,
  cancelled: 5,
}
