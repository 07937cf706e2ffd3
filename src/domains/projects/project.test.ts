import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ProjectStatus, ProjectVerb } from './contract.ts'
import { briefFor } from './brief.ts'
import { decide, isFinished, supportEnd, transitions, verbsFor } from './project.ts'
import type { Actor } from './project.ts'

const statuses: ProjectStatus[] = ['pending_payment', 'in_progress', 'review', 'completed', 'cancelled']
const verbs = Object.keys(transitions) as ProjectVerb[]
const actors: Actor[] = ['client', 'agency', 'system']

describe('who may do what when', () => {
  test.each([
    ['pending_payment', 'client', ['cancel']],
    ['pending_payment', 'agency', ['start', 'cancel']],
    ['pending_payment', 'system', ['start']],
    ['in_progress', 'client', []],
    ['in_progress', 'agency', ['submit', 'cancel']],
    ['review', 'client', ['request_revision', 'approve']],
    ['review', 'agency', ['cancel']],
    ['completed', 'client', []],
    ['completed', 'agency', []],
    ['cancelled', 'client', []],
    ['cancelled', 'agency', []],
  ] as const)('%s, %s: %j', (status, actor, expected) => {
    expect(verbsFor(status, actor)).toEqual(expected)
  })
  test('a refusal says where the project is', () => {
    expect(decide('completed', 'submit', 'agency')).toEqual({
      refused: 'The project is completed; it cannot be submitted for review now.',
    })
    expect(decide('review', 'cancel', 'client')).toEqual({
      refused: 'The project is in review; only the agency can do this now.',
    })
  })
})

test('whatever is tried, a project moves only along the plan and never out of a finished state', () => {
  const along: Record<ProjectStatus, ProjectStatus[]> = {
    pending_payment: ['in_progress', 'cancelled'],
    in_progress: ['review', 'cancelled'],
    review: ['in_progress', 'completed', 'cancelled'],
    completed: [],
    cancelled: [],
  }
  const step = fc.record({ verb: fc.constantFrom(...verbs), actor: fc.constantFrom(...actors) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let status: ProjectStatus = 'pending_payment'
      for (const { verb, actor } of steps) {
        const decision = decide(status, verb, actor)
        expect('to' in decision).toBe(verbsFor(status, actor).includes(verb))
        if (!('to' in decision)) continue
        expect(isFinished(status)).toBe(false)
        expect(along[status]).toContain(decision.to)
        status = decision.to
      }
      expect(statuses).toContain(status)
    }),
    { numRuns: 2_000 },
  )
})

test('support lasts whole days from approval', () => {
  expect(supportEnd(new Date('2026-11-23T10:00:00Z'), 30)).toEqual(new Date('2026-12-23T10:00:00Z'))
})

describe('a brief', () => {
  test("in plain text becomes the notes of the plan's kind", () => {
    expect(briefFor('school', 'Sekolah kami di Solo')).toEqual({ kind: 'school', notes: 'Sekolah kami di Solo' })
    expect(briefFor('school', '')).toBeNull()
    expect(briefFor('school', undefined)).toBeNull()
  })
  test('of another kind of website, or longer than notes may be, is refused', () => {
    expect(briefFor('company', { kind: 'news', coverage: 'Solo' })).toHaveProperty('refused')
    expect(briefFor('company', 'x'.repeat(2001))).toHaveProperty('refused')
  })
})
