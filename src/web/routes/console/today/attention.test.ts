import { describe, expect, it } from 'vitest'
import { matters, type Situation } from './attention.ts'

const now = new Date('2026-03-10T03:00:00.000Z')
const project = (name: string, more: Partial<Situation['working'][number]> = {}): Situation['working'][number] => ({
  id: name,
  name,
  plan: 'company',
  planName: 'Company Profile',
  status: 'in_progress',
  template: null,
  client: { id: 'c', name: 'Ayu' },
  invoiceId: null,
  revisions: 0,
  supportUntil: null,
  createdAt: '2026-03-01T03:00:00.000Z',
  updatedAt: '2026-03-01T03:00:00.000Z',
  ...more,
})
const flag = (id: string): Situation['flags'][number] => ({
  id,
  kind: 'overpaid',
  invoiceId: 'i',
  invoiceNumber: 'INV/2026/III/0001',
  paymentId: null,
  detail: '',
  amount: null,
  createdAt: '2026-03-01T03:00:00.000Z',
  resolvedAt: null,
})
const quiet: Situation = { flags: [], working: [], unpaid: [], failedMails: 0, parkedEvents: 0, now }

describe('what needs a human', () => {
  it('is nothing when all is well', () => expect(matters(quiet)).toEqual([]))

  it('puts money first, then faults, then revisions, then work, the longest waiting first', () => {
    const working = [
      project('fresh', { updatedAt: '2026-03-09T00:00:00.000Z' }),
      project('old'),
      project('revised', { revisions: 1, updatedAt: '2026-03-08T00:00:00.000Z' }),
    ]
    const found = matters({ ...quiet, flags: [flag('newer'), flag('older')], working, failedMails: 2, parkedEvents: 1 })
    expect(
      found.map((each) => ('project' in each ? each.project.name : 'flag' in each ? each.flag.id : each.kind)),
    ).toEqual(['older', 'newer', 'mails', 'parked', 'revised', 'old', 'fresh'])
  })

  it('speaks of an unpaid order only after its patience', () => {
    const at = (time: string) => project(time, { status: 'pending_payment', createdAt: time })
    const unpaid = [at('2026-03-08T03:00:00.000Z'), at('2026-03-08T02:59:59.999Z')]
    expect(matters({ ...quiet, unpaid })).toEqual([{ kind: 'unpaid', count: 1 }])
  })

  it('counts what it does not list', () => {
    const working = Array.from({ length: 9 }, (_, index) => project(String(index)))
    const found = matters({ ...quiet, working, flags: ['a', 'b', 'c', 'd'].map(flag) })
    expect(found.filter(({ kind }) => kind === 'more')).toEqual([
      { kind: 'more', of: 'flag', count: 1 },
      { kind: 'more', of: 'project', count: 3 },
    ])
  })
})
