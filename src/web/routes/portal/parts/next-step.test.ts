import { expect, it } from 'vitest'
import { nextSteps, type InvoiceItem, type ProjectItem } from './next-step.ts'

const project = (id: string, status: ProjectItem['status']): ProjectItem => ({ id, name: id, status, invoiceId: null })
const invoice = (id: string, status: InvoiceItem['status'], balance = 100): InvoiceItem => ({
  id,
  number: id,
  projectId: 'p',
  projectName: 'p',
  status,
  balance,
})
const outline = (...given: Parameters<typeof nextSteps>) =>
  nextSteps(...given).map((step) => `${step.kind} ${step.kind === 'pay' ? step.invoice.id : step.project.id}`)

it('puts reviews before payments, and what waits longest first', () => {
  const projects = [project('new', 'review'), project('busy', 'in_progress'), project('old', 'review')]
  const invoices = [invoice('late', 'unpaid'), invoice('early', 'expired')]
  expect(outline(projects, invoices)).toEqual(['review old', 'review new', 'pay early', 'pay late'])
})
it('asks for no payment of what is paid, cancelled, or has nothing left to pay', () => {
  expect(
    outline(
      [],
      [invoice('a', 'paid', 0), invoice('b', 'cancelled'), invoice('c', 'unpaid', 0), invoice('d', 'refunded')],
    ),
  ).toEqual([])
})
it('asks again after a failed or expired code', () => {
  expect(outline([], [invoice('a', 'failed'), invoice('b', 'pending')])).toEqual(['pay b', 'pay a'])
})
