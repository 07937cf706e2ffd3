import { expect, it } from 'vitest'
import { problems as ofBilling } from '../domains/billing/contract.ts'
import { problems as ofSandbox } from '../domains/billing/sandbox/contract.ts'
import { problems as ofContent } from '../domains/content/contract.ts'
import { problems as ofIdentity } from '../domains/identity/contract.ts'
import { problems as ofProjects } from '../domains/projects/contract.ts'
import { problems as ofRealtime } from '../domains/realtime/contract.ts'
import { commonProblems } from '../platform/contract/problem.ts'
import { problemCodes, problemText } from './problem-texts.ts'

const declared = [
  ...commonProblems,
  ...[ofBilling, ofSandbox, ofContent, ofIdentity, ofProjects, ofRealtime].flatMap((problems) =>
    Object.values(problems),
  ),
].map(({ code }) => code)

it('has words for every problem that is declared, and for no other', () => {
  expect(problemCodes.toSorted()).toEqual(declared.toSorted())
})
it('explains each in a sentence, and a stranger as a fault of ours', () => {
  for (const code of problemCodes) expect(problemText(code).help).toMatch(/^\S.{20,}\.$/s)
  expect(problemText('constructor')).toEqual(problemText('internal_error'))
})
