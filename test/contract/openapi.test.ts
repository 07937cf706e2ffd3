import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createNotesApp, createNotesDatabase, operations } from '../support/door.ts'
import type { TestDatabase } from '../support/database.ts'
import { operations as audit } from '../../src/domains/audit/contract.ts'
import { operations as billing } from '../../src/domains/billing/contract.ts'
import { operations as content } from '../../src/domains/content/contract.ts'
import { operations as identity } from '../../src/domains/identity/contract.ts'
import { operations as notifications } from '../../src/domains/notifications/contract.ts'
import { operations as projects } from '../../src/domains/projects/contract.ts'
import { operations as realtime } from '../../src/domains/realtime/contract.ts'
import { describeApi, type OpenApiDocument, type OperationObject } from '../../src/platform/contract/openapi.ts'
import type { Operation } from '../../src/platform/contract/operation.ts'
import { createRegistry, pathParameters } from '../../src/platform/contract/registry.ts'

const declared: Operation[] = [audit, billing, content, identity, notifications, projects, realtime].flatMap((each) =>
  Object.values<Operation>(each),
)
const registry = createRegistry([
  { operations: declared.map((operation) => ({ operation, handle: () => Promise.reject(new Error('not called')) })) },
])
const api = describeApi(registry, { publicUrl: 'https://agency.example', sessionCookie: '__Host-jasaweb' })
const described = Object.entries(api.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, each]) => ({ path, method, each })),
)

function refsIn(part: unknown): string[] {
  if (typeof part !== 'object' || part === null) return []
  return Object.entries(part).flatMap(([name, value]) => (name === '$ref' ? [value as string] : refsIn(value)))
}
const resolve = (document: OpenApiDocument, ref: string) =>
  ref
    .slice(2)
    .split('/')
    .reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], document)

describe('the description of the real contracts', () => {
  it('has every operation once, under its own id', () => {
    expect(described).toHaveLength(declared.length)
    expect(new Set(described.map(({ each }) => each.operationId)).size).toBe(declared.length)
  })

  it('has no reference that leads nowhere', () => {
    const refs = refsIn(api)
    expect(refs.length).toBeGreaterThan(100)
    expect(refs.filter((ref) => !ref.startsWith('#/components/') || resolve(api, ref) === undefined)).toEqual([])
  })

  it('declares every parameter of every path, required, and no body for reading', () => {
    for (const { path, method, each } of described) {
      const inPath = each.parameters.filter((parameter) => parameter['in'] === 'path')
      expect(inPath.map((parameter) => parameter['name'])).toEqual(pathParameters(path))
      expect(inPath.every((parameter) => parameter['required'] === true)).toBe(true)
      if (method === 'get') expect(each.requestBody).toBeUndefined()
    }
  })

  it('shows examples that the operations would take', () => {
    for (const { path, method, each } of described) {
      const operation = registry.get(each.operationId).operation
      const body = (each.requestBody as { content: { 'application/json': { example: object } } } | undefined)?.content[
        'application/json'
      ].example
      const parameters = each.parameters
        .filter(({ example, $ref }) => example !== undefined && !$ref)
        .map(({ name, example }) => [name, example] as const)
      const parsed = operation.input.safeParse({ ...body, ...Object.fromEntries(parameters) })
      expect(parsed.success ? '' : `${method} ${path}: ${parsed.error.message}`).toBe('')
    }
  })

  it('shows examples of answers that the operations would give', () => {
    for (const { path, method, each } of described) {
      const { operation } = registry.get(each.operationId)
      const success = each.responses[operation.rest.status] as {
        content?: { 'application/json': { example: unknown } }
      }
      if (!success.content) continue
      const parsed = operation.output.safeParse(success.content['application/json'].example)
      expect(parsed.success ? '' : `${method} ${path}: ${parsed.error.message}`).toBe('')
    }
  })

  it('names every problem an operation refuses with, by its status', () => {
    for (const { each } of described) {
      for (const problem of registry.get(each.operationId).operation.refuses ?? []) {
        expect(JSON.stringify(each.responses[problem.status])).toContain(`"${problem.code}"`)
      }
    }
  })

  it('says who may call without signing in, and where a key is needed', () => {
    const byId = (id: string) => described.find(({ each }) => each.operationId === id)?.each as OperationObject
    expect(byId('content.listPlans').security).toContainEqual({})
    expect(byId('projects.listProjects').security).toEqual([{ session: [] }, { bearer: [] }])
    expect(byId('projects.placeOrder').parameters).toContainEqual({ $ref: '#/components/parameters/IdempotencyKey' })
    expect(byId('projects.listProjects').parameters).not.toContainEqual({
      $ref: '#/components/parameters/IdempotencyKey',
    })
  })
})

describe('the served description', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createNotesDatabase()
  })
  afterAll(() => test.drop())

  it('is that of the running operations, and need be read only once', async () => {
    const { app } = createNotesApp(test.database)
    const response = await app.request('/api/openapi.json')
    const document = (await response.json()) as OpenApiDocument
    expect(document.openapi).toBe('3.1.0')
    expect(Object.values(document.paths).flatMap((methods) => Object.keys(methods))).toHaveLength(
      Object.keys(operations).length,
    )
    const tag = response.headers.get('etag') ?? ''
    expect((await app.request('/api/openapi.json', { headers: { 'if-none-match': tag } })).status).toBe(304)
  })
})
