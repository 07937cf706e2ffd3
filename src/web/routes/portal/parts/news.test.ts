import { expect, it } from 'vitest'
import { events as billing } from '../../../../domains/billing/contract.ts'
import { events as projects } from '../../../../domains/projects/contract.ts'
import { sentenceOf } from './news.ts'

const project = { id: 'p1', name: 'Situs Kopi' }
const invoice = { id: 'i1', number: 'INV/2026/XI/0001' }
const news = (event: string, data: unknown) => sentenceOf({ payload: { event, data } })

it('leads from news of a project to its page, and names it', () => {
  const told = news('project.submitted', { project, note: null })
  expect(told?.to).toBe('/portal/projects/p1')
  expect(told?.text).toContain('Situs Kopi')
})
it('leads from news of money to the invoice', () => {
  expect(news('invoice.paid', { invoice })).toMatchObject({
    to: '/portal/invoices/i1',
    text: expect.stringContaining(invoice.number),
  })
})
it('knows only events that exist', () => {
  const names = [...Object.values(projects), ...Object.values(billing)].map(({ name }) => name)
  const told = names.filter((name) => news(name, { project, invoice }) !== null)
  expect(told).toEqual([
    'project.started',
    'project.submitted',
    'project.revision_requested',
    'project.completed',
    'project.cancelled',
    'invoice.paid',
    'payment.ended',
    'payment.refunded',
  ])
})
it('says nothing about what it does not know, and does not break on odd data', () => {
  for (const data of [null, 'x', {}, { project: 3 }, { project: { id: 1 } }])
    expect(news('project.submitted', data)).toBeNull()
  for (const event of ['project.ordered', 'toString', '__proto__', 'user.registered'])
    expect(news(event, { project, invoice })).toBeNull()
})
