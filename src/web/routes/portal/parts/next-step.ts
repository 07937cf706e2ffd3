// What the client has to do, over all projects: the most urgent first. Reviewing comes before paying, because somebody waits
// for the answer.
import type { z } from 'zod'
import type { Invoice } from '../../../../domains/billing/contract.ts'
import { canBePaid } from '../../../../domains/billing/ui/payment-view.ts'
import type { Project } from '../../../../domains/projects/contract.ts'

export type ProjectItem = Pick<z.output<typeof Project>, 'id' | 'name' | 'status' | 'invoiceId'>
export type InvoiceItem = Pick<
  z.output<typeof Invoice>,
  'id' | 'number' | 'projectId' | 'projectName' | 'status' | 'balance'
>

export type NextStep = { kind: 'review'; project: ProjectItem } | { kind: 'pay'; invoice: InvoiceItem }

export function nextSteps(projects: readonly ProjectItem[], invoices: readonly InvoiceItem[]): NextStep[] {
  const reviews = projects
    .filter(({ status }) => status === 'review')
    .map((project): NextStep => ({ kind: 'review', project }))
  const open = invoices.filter(({ status, balance }) => canBePaid(status) && balance > 0)
  // Oldest first: lists come newest first.
  return [...reviews.reverse(), ...open.map((invoice): NextStep => ({ kind: 'pay', invoice })).reverse()]
}
