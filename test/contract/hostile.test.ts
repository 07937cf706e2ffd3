// Bad input on every operation, generated from its schema: always a problem that says where the input is at fault, never a
// fault of ours, and nothing changes.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hostileParts } from '../../src/platform/contract/input-errors.ts'
import type { JsonSchema } from '../../src/platform/contract/json-schema.ts'
import type { Operation } from '../../src/platform/contract/operation.ts'
import {
  createOwner,
  inputSchemaOf,
  parametersFor,
  requestOf,
  signInAdmin,
  stateOf,
  takesBody,
  validFields,
  type Belongings,
  type Shot,
} from '../support/contract-cases.ts'
import { createWorld, type TestWorld } from '../support/world.ts'

let world: TestWorld
let owner: Belongings
let admin: string
let before: Record<string, string>
let shooting: { operation: Operation; parameters: Record<string, string>; cookie: string | null }[]

beforeAll(async () => {
  world = await createWorld({ env: { RATE_LIMIT_PER_MINUTE: '10000000' } })
  owner = await createOwner(world, 'client')
  admin = await signInAdmin(world)
  const operations = world.registry.operations.map(({ operation }) => operation)
  // As somebody who may, so that it is the input that is refused. One after the other: some prepare the same thing.
  shooting = []
  for (const operation of operations) {
    const cookie = operation.allows.client ? owner.cookie : admin
    shooting.push({ operation, parameters: await parametersFor(world, operation, owner), cookie })
  }
  before = await stateOf(world)
})
afterAll(() => world.dispose())

interface Answer {
  status: number
  text: string
  type: string | null
}
async function shoot({ path, init }: Shot): Promise<Answer> {
  const response = await world.door.request(`${world.url}${path}`, init)
  return { status: response.status, text: await response.text(), type: response.headers.get('content-type') }
}
function expectProblem(
  answer: Answer,
  statuses: number[],
  about: string,
): { code: string; errors?: { pointer: string }[] } {
  expect(statuses, `${about}: ${answer.status} ${answer.text.slice(0, 300)}`).toContain(answer.status)
  expect(answer.type, about).toBe('application/problem+json')
  return JSON.parse(answer.text) as { code: string; errors?: { pointer: string }[] }
}
const nothingChanged = async () => expect(await stateOf(world)).toEqual(before)

const LONG = 'a'.repeat(30_000)
const WRONG: unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER + 1,
  '',
  ' ',
  LONG,
  '\0',
  'a\0b',
  '\ud800',
  'a\u0001b',
  '\u202e',
  "'; drop table users; --",
  '<script>alert(1)</script>',
  '${7*7}',
  '../../etc/passwd',
  '%00',
  'NaN',
  '1e999',
  '00000000-0000-0000-0000-000000000000',
  [],
  [[]],
  {},
  { $ne: null },
  ['a', 'b'],
  { toString: 'x', constructor: { prototype: {} } },
  JSON.parse('{"__proto__":{"admin":true}}'),
]

interface Mutation {
  fields: Record<string, unknown>
  pointer: string
  what: string
}
/** The fields with each place, also inside of objects, set to each wrong value; and each required field left out. */
function mutationsOf(
  schema: JsonSchema,
  fields: Record<string, unknown>,
  put: (changed: Record<string, unknown>) => Record<string, unknown>,
  above = '',
): Mutation[] {
  const made: Mutation[] = []
  for (const [name, part] of Object.entries(schema.properties ?? {})) {
    const pointer = `${above}/${name}`
    for (const value of WRONG)
      made.push({ fields: put({ ...fields, [name]: value }), pointer, what: JSON.stringify(value).slice(0, 60) })
    const { [name]: _left, ...others } = fields
    if (schema.required?.includes(name)) made.push({ fields: put(others), pointer, what: 'left out' })
    const inner = fields[name]
    if (part.properties && typeof inner === 'object' && inner !== null) {
      made.push(
        ...mutationsOf(
          part,
          inner as Record<string, unknown>,
          (changed) => put({ ...fields, [name]: changed }),
          pointer,
        ),
      )
    }
  }
  made.push({
    fields: put({ ...fields, nobodyKnowsThis: 1 }),
    pointer: `${above}/nobodyKnowsThis`,
    what: 'an unknown field',
  })
  return made
}
const bodySchema = (operation: Operation, parameters: Record<string, string>): JsonSchema => {
  const schema = inputSchemaOf(operation)
  return {
    ...schema,
    properties: Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([name]) => !(name in parameters))),
  }
}
/** Whether the operation itself declares that it takes this. In a query everything is text. */
function isAccepted(
  operation: Operation,
  parameters: Record<string, string>,
  fields: Record<string, unknown>,
): boolean {
  const sent = takesBody(operation)
    ? fields
    : Object.fromEntries(
        Object.entries(fields).map(([name, value]) => [
          name,
          typeof value === 'string' ? value.toWellFormed() : JSON.stringify(value),
        ]),
      )
  const input = { ...sent, ...parameters }
  return hostileParts(input).length === 0 && operation.input.safeParse(input).success
}

describe('a field that is wrong, missing or unknown', () => {
  it('is refused with a pointer to it, on every operation, and changes nothing', async () => {
    let shots = 0
    for (const { operation, parameters, cookie } of shooting) {
      const mutations = mutationsOf(bodySchema(operation, parameters), validFields(operation), (fields) => fields)
      for (const { fields, pointer, what } of mutations.filter(
        (each) => !isAccepted(operation, parameters, each.fields),
      )) {
        shots++
        const about = `${operation.name} with ${pointer} ${what}`
        const { code, errors = [] } = expectProblem(
          await shoot(requestOf(operation, parameters, fields, cookie)),
          [422],
          about,
        )
        expect(code, about).toBe('invalid_input')
        expect(
          errors.some((error) => error.pointer.startsWith(pointer)),
          `${about}: ${JSON.stringify(errors).slice(0, 300)}`,
        ).toBe(true)
      }
    }
    expect(shots).toBeGreaterThan(500)
    await nothingChanged()
  }, 120_000)
})

describe('an address that is wrong', () => {
  it('is refused with a pointer to the parameter, or not found, and changes nothing', async () => {
    const wrong = [
      'x',
      '1',
      '%00',
      '%E2%82%AC',
      '%ff',
      '%',
      'a%2Fb',
      '..%2f..',
      '00000000-0000-0000-0000-000000000000',
      `'%20or%201=1`,
      'a'.repeat(5_000),
      '%F0%9F%98%80',
      '-1',
      '1e999',
      '9223372036854775808',
    ]
    for (const { operation, parameters, cookie } of shooting) {
      for (const name of Object.keys(parameters)) {
        for (const value of wrong) {
          const about = `${operation.name} with ${name} = ${value.slice(0, 50)}`
          const problem = expectProblem(
            await shoot(requestOf(operation, { ...parameters, [name]: value }, validFields(operation), cookie)),
            [400, 404, 422],
            about,
          )
          if (problem.code === 'invalid_input')
            expect(
              problem.errors?.map(({ pointer }) => pointer),
              about,
            ).toContain(`/${name}`)
        }
      }
    }
    await nothingChanged()
  })
})

describe('a body that is wrong as a whole', () => {
  const JSON_TYPE = 'application/json'
  const bodies: [string, string, string, number[]][] = [
    ['not JSON', JSON_TYPE, '{"a":', [400]],
    ['a repeated name', JSON_TYPE, '{"a":1,"a":2}', [400]],
    ['a list', JSON_TYPE, '[]', [422]],
    ['a text', JSON_TYPE, '"text"', [422]],
    ['null', JSON_TYPE, 'null', [422]],
    ['a number', JSON_TYPE, '1e400', [422]],
    ['nested for ever', JSON_TYPE, `{"a":${'['.repeat(60_000)}${']'.repeat(60_000)}}`, [400]],
    ['with __proto__', JSON_TYPE, '{"__proto__":{"role":"admin"}}', [422]],
    ['too large', JSON_TYPE, `{"a":"${'a'.repeat(300_000)}"}`, [413]],
    ['a form', 'application/x-www-form-urlencoded', 'a=b', [415]],
    ['XML', 'application/xml', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>', [415]],
    ['of no type', '', '{}', [415]],
  ]
  it.each(bodies)(
    'because it is %s is refused by every operation and changes nothing',
    async (_what, type, body, statuses) => {
      for (const { operation, parameters, cookie } of shooting.filter((each) => takesBody(each.operation))) {
        const shot = requestOf(operation, parameters, {}, cookie)
        const headers = { ...shot.init.headers, 'content-type': type }
        expectProblem(await shoot({ ...shot, init: { ...shot.init, headers, body } }), statuses, operation.name)
      }
      await nothingChanged()
    },
  )
})

describe('the key of an idempotent operation', () => {
  it('is asked for, and must be one', async () => {
    for (const { operation, parameters, cookie } of shooting.filter((each) => each.operation.idempotent)) {
      for (const key of [undefined, 'ä', 'a b', 'k'.repeat(300)]) {
        const shot = requestOf(operation, parameters, validFields(operation), cookie)
        const { 'idempotency-key': _made, ...headers } = shot.init.headers
        if (key !== undefined) headers['idempotency-key'] = key
        expectProblem(await shoot({ ...shot, init: { ...shot.init, headers } }), [400], `${operation.name} ${key}`)
      }
    }
    await nothingChanged()
  })
})

// Last, because what is accepted may change something.
describe('a strange value that the contract allows', () => {
  it('never is a fault of ours', async () => {
    for (const { operation, parameters, cookie } of shooting) {
      // Others need the session, and the password is slow on purpose.
      if (
        /^identity\.(logout|revokeSession|changePassword|register|login|issueToken|resetPassword)$/.test(operation.name)
      )
        continue
      const mutations = mutationsOf(bodySchema(operation, parameters), validFields(operation), (fields) => fields)
      for (const { fields, pointer, what } of mutations.filter((each) =>
        isAccepted(operation, parameters, each.fields),
      )) {
        const answer = await shoot(requestOf(operation, parameters, fields, cookie))
        expect(answer.status, `${operation.name} with ${pointer} ${what}: ${answer.text.slice(0, 300)}`).toBeLessThan(
          500,
        )
        if (answer.status >= 400) expect(answer.type).toBe('application/problem+json')
      }
    }
  })
})
