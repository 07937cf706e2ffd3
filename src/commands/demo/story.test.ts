import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decide } from '../../domains/projects/project.ts'
import type { ProjectStatus, ProjectVerb } from '../../domains/projects/contract.ts'
import type { Actor } from '../../domains/projects/project.ts'
import type { Agency, Order } from './agency.ts'
import { clients } from './people.ts'
import { chance, seededRandom } from './random.ts'
import { SHOWN } from './recent.ts'
import { tellStory } from './story.ts'

/** Keeps the status of every project by the rules of the business and throws at what these refuse. */
function referee() {
  const registered = new Set<string>()
  const statuses = new Map<Order, ProjectStatus>()
  const told: string[] = []
  function move(order: Order, verb: ProjectVerb, actor: Actor) {
    const decision = decide(statuses.get(order) ?? 'cancelled', verb, actor)
    if ('refused' in decision) throw new Error(`${order.client.organisation}: ${decision.refused}`)
    statuses.set(order, decision.to)
  }
  const paid = (order: Order) => {
    if (statuses.get(order) === 'pending_payment') move(order, 'start', 'system')
  }
  const agency: Omit<Agency, 'introduce' | 'settled'> = {
    register: async ({ email }) => void registered.add(email),
    verify: async ({ email }) => expect(registered).toContain(email),
    order: async (order) => {
      expect(registered).toContain(order.client.email)
      statuses.set(order, 'pending_payment')
    },
    openCode: async () => {},
    pay: async (order, how) => void (how === 'deny' || how === 'wrong_amount' ? 0 : paid(order)),
    payLate: async (order) => paid(order),
    letExpire: async () => {},
    startByHand: async (order) => move(order, 'start', 'agency'),
    submit: async (order) => move(order, 'submit', 'agency'),
    askRevision: async (order) => move(order, 'request_revision', 'client'),
    approve: async (order) => move(order, 'approve', 'client'),
    cancel: async (order, by) => move(order, 'cancel', by),
    refund: async () => {},
    settleFlags: async () => {},
  }
  const telling = new Proxy(agency, {
    get: (target, name) => (told.push(String(name)), Reflect.get(target, name) as unknown),
  }) as Agency
  return { telling, told, registered, statuses }
}

it('tells for any end and any seed a whole year that obeys the rules of the business', async () => {
  const end = fc.date({ min: new Date('2025-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
  await fc.assert(
    fc.asyncProperty(end, fc.integer(), async (end, seed) => {
      const { begins, scenes } = tellStory(end, chance(seededRandom(seed)))
      const { telling, told, registered, statuses } = referee()
      let before = begins
      for (const { at, play } of scenes) {
        expect(at.getTime()).toBeGreaterThanOrEqual(before.getTime())
        expect(at.getTime()).toBeLessThanOrEqual(end.getTime())
        await play(telling)
        before = at
      }
      expect(registered.size).toBe(clients.length)
      expect(statuses.size).toBe(75)
      // Nothing of what is still open was cut off by the end.
      const open = [...statuses.values()].filter((status) => status !== 'completed' && status !== 'cancelled')
      expect(Map.groupBy(open, (status) => status)).toEqual(
        new Map([
          ['review', expect.objectContaining({ length: 3 }) as unknown],
          ['in_progress', expect.objectContaining({ length: 9 }) as unknown],
          ['pending_payment', expect.objectContaining({ length: 5 }) as unknown],
        ]),
      )
      expect(told.filter((name) => name === 'refund').length).toBeGreaterThanOrEqual(8)
      for (const organisation of SHOWN)
        expect([...statuses.keys()].some(({ client }) => client.organisation === organisation)).toBe(true)
    }),
    { numRuns: 60 },
  )
})

it('tells the same story again for the same seed', () => {
  const tell = (seed: number) =>
    tellStory(new Date('2026-03-11T08:30:00Z'), chance(seededRandom(seed))).scenes.map(({ at }) => at.toISOString())
  expect(tell(7)).toEqual(tell(7))
  expect(tell(7)).not.toEqual(tell(8))
})

it('has invented people whose mail and calls reach nobody', () => {
  expect(new Set(clients.map(({ email }) => email)).size).toBe(clients.length)
  for (const { email, phone } of clients) {
    expect(email).toMatch(/^[a-z]+@[a-z0-9-]+\.example$/)
    expect(phone).toMatch(/^\+62 812-0000-\d{4}$/)
  }
})
