// What needs a human now, the most pressing first. Pure.
import type { z } from 'zod'
import type { Flag } from '../../../../domains/billing/contract.ts'
import type { Project } from '../../../../domains/projects/contract.ts'

type FlagRecord = z.output<typeof Flag>
type ProjectRecord = z.output<typeof Project>

export interface Situation {
  /** Open ones, newest first. */
  flags: readonly FlagRecord[]
  /** In progress, in any order. */
  working: readonly ProjectRecord[]
  /** Ordered and not paid. */
  unpaid: readonly ProjectRecord[]
  failedMails: number
  parkedEvents: number
  now: Date
}

export type Matter =
  | { kind: 'flag'; flag: FlagRecord }
  | { kind: 'revision' | 'build'; project: ProjectRecord }
  | { kind: 'unpaid' | 'mails' | 'parked'; count: number }
  /** More of the kind before it, which are not listed. */
  | { kind: 'more'; of: 'flag' | 'project'; count: number }

/** An unpaid order is left alone this long, in days: most clients pay within it. */
export const patience = 2
const DAY = 86_400_000
const mostFlags = 3
const mostProjects = 6

export function matters({ flags, working, unpaid, failedMails, parkedEvents, now }: Situation): Matter[] {
  const waitingLongest = working.toSorted((a, b) => a.updatedAt.localeCompare(b.updatedAt))
  const projects: Matter[] = [
    ...waitingLongest
      .filter(({ revisions }) => revisions > 0)
      .map((project): Matter => ({ kind: 'revision', project })),
    ...waitingLongest.filter(({ revisions }) => revisions === 0).map((project): Matter => ({ kind: 'build', project })),
  ]
  const late = unpaid.filter(({ createdAt }) => now.getTime() - new Date(createdAt).getTime() > patience * DAY).length
  const counted = (kind: 'unpaid' | 'mails' | 'parked', count: number): Matter[] => (count > 0 ? [{ kind, count }] : [])
  const some = (all: Matter[], most: number, of: 'flag' | 'project'): Matter[] =>
    all.length > most ? [...all.slice(0, most), { kind: 'more', of, count: all.length - most }] : all
  return [
    ...some(
      flags.toReversed().map((flag): Matter => ({ kind: 'flag', flag })),
      mostFlags,
      'flag',
    ),
    ...counted('mails', failedMails),
    ...counted('parked', parkedEvents),
    ...some(projects, mostProjects, 'project'),
    ...counted('unpaid', late),
  ]
}
