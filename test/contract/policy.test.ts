// Who may do what, for every operation and every identity, generated from the declarations: whoever is not allowed is refused
// and changes nothing, whoever may only see their own gets "not found" for what is another's.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Operation } from '../../src/platform/contract/operation.ts'
import {
  createOwner,
  expiredCookie,
  parametersFor,
  requestOf,
  signInAdmin,
  stateOf,
  validFields,
  type Belongings,
} from '../support/contract-cases.ts'
import { createWorld, type TestWorld } from '../support/world.ts'

let world: TestWorld
let owner: Belongings
let operations: Operation[]
const cookies: Record<string, string | null> = { anonymous: null }

beforeAll(async () => {
  world = await createWorld()
  owner = await createOwner(world, 'client')
  operations = world.registry.operations.map(({ operation }) => operation)
  cookies['client'] = owner.cookie
  cookies['otherClient'] = (await createOwner(world, 'otherClient')).cookie
  cookies['admin'] = await signInAdmin(world)
  cookies['expired'] = await expiredCookie(world)
})
afterAll(() => world.dispose())

const identities = ['anonymous', 'expired', 'client', 'otherClient', 'admin'] as const
type Identity = (typeof identities)[number]
const roleOf = (identity: Identity) =>
  identity === 'admin' ? 'admin' : identity === 'client' || identity === 'otherClient' ? 'client' : 'anonymous'

interface Outcome {
  status: number
  code: string | null
  text: string
}
async function ask(operation: Operation, cookie: string | null, of: Belongings): Promise<Outcome> {
  const { path, init } = requestOf(operation, await parametersFor(world, operation, of), validFields(operation), cookie)
  const response = await world.request(path, { ...init, body: init.body })
  const text = await response.text()
  const problem = response.headers.get('content-type') === 'application/problem+json'
  return { status: response.status, code: problem ? (JSON.parse(text) as { code: string }).code : null, text }
}

/** Things that have an owner among the clients. */
const isOwned = ({ rest }: Operation) => /^\/api\/(projects|invoices|payments|auth\/sessions)\/\{id\}/.test(rest.path)

/** The refusal that the declaration asks for, or null where the call may go through. */
function refusal(operation: Operation, identity: Identity): string | null {
  const reach = operation.allows[roleOf(identity)]
  if (!reach) return roleOf(identity) === 'anonymous' ? 'not_signed_in' : 'forbidden'
  return reach === 'own' && identity !== 'client' && isOwned(operation) ? 'not_found' : null
}

describe('those who may not', () => {
  it.each(identities)(
    '%s: every operation outside the permission is refused as declared, and nothing changes',
    async (identity) => {
      const refused = operations.filter((operation) => refusal(operation, identity) !== null)
      // Made before the state is looked at: parameters of some paths make the thing they are about.
      const outcomes: [string, string | null][] = []
      const shots = await Promise.all(
        refused.map(async (operation) => ({ operation, parameters: await parametersFor(world, operation, owner) })),
      )
      const before = await stateOf(world)
      for (const { operation, parameters } of shots) {
        const { path, init } = requestOf(operation, parameters, validFields(operation), cookies[identity] ?? null)
        const response = await world.request(path, init)
        outcomes.push([operation.name, ((await response.json()) as { code: string }).code])
      }
      expect(outcomes).toEqual(refused.map((operation) => [operation.name, refusal(operation, identity)]))
      expect(await stateOf(world)).toEqual(before)
    },
  )

  it('are covered: the generated cases hold every kind of refusal', () => {
    const kinds = new Set(operations.flatMap((operation) => identities.map((identity) => refusal(operation, identity))))
    expect(kinds).toEqual(new Set([null, 'not_signed_in', 'forbidden', 'not_found']))
    expect(operations.filter(isOwned).length).toBeGreaterThan(10)
  })
})

describe('those who may', () => {
  it.each(identities)(
    '%s: every permitted operation answers as declared, with nothing of another client',
    async (identity) => {
      for (const operation of operations.filter((each) => refusal(each, identity) === null)) {
        // Some end the session or use the thing up, so each client is a new one.
        const self = roleOf(identity) === 'client' ? await createOwner(world, `${identity}-${operation.name}`) : null
        const cookie = self?.cookie ?? (identity === 'admin' ? await signInAdmin(world) : (cookies[identity] ?? null))
        const { status, code, text } = await ask(operation, cookie, identity === 'client' && self ? self : owner)
        const declared = [
          operation.rest.status,
          ...(operation.refuses ?? []).map((problem) => `${problem.status} ${problem.code}`),
        ]
        expect(declared, `${operation.name}: ${text.slice(0, 300)}`).toContain(
          code === null ? status : `${status} ${code}`,
        )
        if (operation.allows[roleOf(identity)] !== 'own') continue
        for (const id of [owner.projectId, owner.invoiceId, owner.paymentId, owner.userId])
          expect(text, operation.name).not.toContain(id)
      }
    },
    120_000,
  )
})
