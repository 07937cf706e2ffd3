import { expect, test } from 'vitest'
import { Scenario } from '../../../domains/billing/sandbox/contract.ts'
import { acts, doneOf, forgeries, problemWords, statusWords, troublesOf } from './scenarios.ts'
import type { BillStatus } from './scenarios.ts'

const states = Object.keys(statusWords) as BillStatus[]

test('a waiting bill offers every scenario once', () => {
  expect(['pay', ...troublesOf('pending'), ...forgeries].toSorted()).toEqual(Scenario.options.toSorted())
})

test('a bill that is over offers nothing that would be refused', () => {
  const asWaiting = ['pay', 'deny', 'expire', 'duplicate', 'reorder']
  for (const state of states.filter((each) => each !== 'pending')) {
    for (const act of troublesOf(state)) expect(asWaiting).not.toContain(act)
  }
})

test('every scenario and problem has words, and problems have their own', () => {
  for (const act of Scenario.options) expect(doneOf(act).done()).not.toBe('')
  for (const { name, text } of Object.values(acts)) expect(name()).not.toBe(text())
  const problems = ['unreadable_qr', 'unknown_qr', 'bill_not_payable', 'anything']
  expect(new Set(problems.map(problemWords)).size).toBe(4)
})
