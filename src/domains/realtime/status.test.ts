import { expect, it } from 'vitest'
import { figuresOf } from '../../../test/support/realtime/records.ts'
import { NodeFigures } from './contract.ts'
import { together } from './status.ts'

it('is all zeros where no gateway runs, and still what the contract says', () => {
  expect(NodeFigures.parse(together([]))).toMatchObject({ connections: 0, compressionRatio: null, draining: false })
})
it('adds up counts and rates, and tells the worst percentiles', () => {
  const none = figuresOf()
  const one = figuresOf({
    connections: 3,
    byRole: { client: 2, admin: 1 },
    closes: { 3005: 1 },
    rates: { ...none.rates, messagesOut: 1.5 },
    totals: { ...none.totals, messagesOut: 10 },
    queues: { bytes: 7, behind: 1, events: 0 },
    latency: { ...none.latency, total: { p50: 1, p95: 9, p99: 10 } },
    memoryBytes: 50,
  })
  const other = figuresOf({
    connections: 4,
    byRole: { client: 4 },
    rates: { ...none.rates, messagesOut: 2 },
    totals: { ...none.totals, messagesOut: 5 },
    latency: { ...none.latency, total: { p50: 2, p95: 3, p99: 30 } },
    compressionRatio: 0.2,
    memoryBytes: 60,
    draining: true,
  })
  expect(together([one, other])).toMatchObject({
    connections: 7,
    byRole: { client: 6, admin: 1 },
    closes: { 3005: 1 },
    rates: { messagesOut: 3.5 },
    totals: { messagesOut: 15 },
    queues: { bytes: 7, behind: 1, events: 0 },
    latency: { total: { p50: 2, p95: 9, p99: 30 } },
    compressionRatio: 0.2,
    memoryBytes: 110,
    draining: true,
  })
})
