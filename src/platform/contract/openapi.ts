// The API described in OpenAPI 3.1, derived from the registry and nothing else.
import { exampleOf, jsonSchemaOf, type JsonSchema } from './json-schema.ts'
import type { Operation } from './operation.ts'
import {
  BodyTooLarge,
  CrossSiteRequest,
  Forbidden,
  IdempotencyKeyInFlight,
  IdempotencyKeyMissing,
  IdempotencyKeyReused,
  InternalError,
  InvalidInput,
  MalformedRequest,
  NotFound,
  NotSignedIn,
  TooManyRequests,
  Unavailable,
  UnsupportedMediaType,
  type ProblemType,
} from './problem.ts'
import { pathParameters, type Registry } from './registry.ts'

export interface ApiFacts {
  /** Without a trailing slash. */
  publicUrl: string
  /** The name of the session cookie. */
  sessionCookie: string
}

export interface OpenApiDocument {
  openapi: '3.1.0'
  info: Record<string, unknown>
  servers: { url: string }[]
  tags: { name: string }[]
  paths: Record<string, Record<string, OperationObject>>
  components: Record<string, Record<string, unknown>>
}
export interface OperationObject {
  operationId: string
  summary: string
  tags: string[]
  security: Record<string, string[]>[]
  parameters: Record<string, unknown>[]
  requestBody?: Record<string, unknown>
  responses: Record<string, Record<string, unknown>>
}

export function describeApi(registry: Registry, facts: ApiFacts): OpenApiDocument {
  const schemas: Record<string, unknown> = { Problem: problemSchema }
  const paths: OpenApiDocument['paths'] = {}
  for (const { operation } of registry.operations) {
    const { path, method } = operation.rest
    paths[path] = { ...paths[path], [method]: describeOperation(operation, schemas, facts) }
  }
  const tags = [...new Set(registry.operations.map(({ operation }) => tagOf(operation)))].toSorted()
  return {
    openapi: '3.1.0',
    info: {
      title: 'JasaWeb API',
      version: '1',
      description:
        'Order a website, pay for it and follow the project. JSON in camelCase; ids are UUIDv7, times ISO 8601 in UTC, money whole rupiah. Errors are problem details (RFC 9457).',
    },
    servers: [{ url: facts.publicUrl }],
    tags: tags.map((name) => ({ name })),
    paths,
    components: {
      schemas,
      parameters: { IdempotencyKey: idempotencyKey },
      headers,
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: facts.sessionCookie,
          description: 'Set by signing in; for browsers on this site.',
        },
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'An access token of `POST /api/auth/token`.',
        },
      },
    },
  }
}

const tagOf = ({ name }: Operation) => name.split('.', 1)[0] ?? name
/** `projects.placeOrder` → `ProjectsPlaceOrder`. */
const typeName = ({ name }: Operation) =>
  name.replaceAll(/(^|\.)([a-z])/g, (_all, _dot, letter: string) => letter.toUpperCase())

function describeOperation(operation: Operation, schemas: Record<string, unknown>, facts: ApiFacts): OperationObject {
  const { rest, allows, idempotent } = operation
  const input = jsonSchemaOf(operation.input, 'input')
  const inPath = new Set(pathParameters(rest.path))
  const bodyless = rest.method === 'get' || rest.method === 'delete'
  const parameters = parametersOf(input, inPath, bodyless)
  const signedIn = [{ session: [] }, { bearer: [] }]
  const described: OperationObject = {
    operationId: operation.name,
    summary: operation.does,
    tags: [tagOf(operation)],
    security: allows.anonymous ? [{}, ...signedIn] : signedIn,
    parameters: [...parameters, ...(idempotent ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : [])],
    responses: { [rest.status]: successOf(operation, schemas), ...problemResponses(operation, input, facts) },
  }
  const body = without(input, inPath)
  if (!bodyless && Object.keys(body.properties ?? {}).length > 0) {
    const name = `${typeName(operation)}Input`
    schemas[name] = hoisted(body, name, schemas)
    const example = exampleOf(body)
    described.requestBody = {
      required: (body.required ?? []).length > 0,
      content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` }, example } },
    }
  }
  return described
}

function parametersOf(input: JsonSchema, inPath: Set<string>, bodyless: boolean): Record<string, unknown>[] {
  return Object.entries(input.properties ?? {})
    .filter(([name]) => bodyless || inPath.has(name))
    .map(([name, schema]) => {
      const place = inPath.has(name) ? 'path' : 'query'
      const required = place === 'path' || (input.required ?? []).includes(name)
      return { name, in: place, required, schema, ...(required ? { example: exampleOf(schema, false, name) } : {}) }
    })
}

function without(schema: JsonSchema, names: Set<string>): JsonSchema {
  const properties = Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([name]) => !names.has(name)))
  const required = (schema.required ?? []).filter((name) => !names.has(name))
  const { required: _all, ...rest } = schema
  return { ...rest, properties, ...(required.length > 0 ? { required } : {}) }
}

// Definitions of a schema's own become components, so that every reference points into the document.
function hoisted(schema: JsonSchema, name: string, schemas: Record<string, unknown>): JsonSchema {
  const { $defs = {}, ...rest } = schema
  const move = (part: unknown): unknown =>
    JSON.parse(JSON.stringify(part).replaceAll('"#/$defs/', `"#/components/schemas/${name}.`))
  for (const [key, definition] of Object.entries($defs)) schemas[`${name}.${key}`] = move(definition)
  return move(rest) as JsonSchema
}

function successOf(operation: Operation, schemas: Record<string, unknown>): Record<string, unknown> {
  const { rest, idempotent, output } = operation
  const common = {
    RateLimit: ref('RateLimit'),
    'RateLimit-Policy': ref('RateLimit-Policy'),
    'X-Request-Id': ref('X-Request-Id'),
  }
  if (rest.status === 204) return { description: 'Done; there is no body.', headers: common }
  const name = `${typeName(operation)}Output`
  const schema = jsonSchemaOf(output, 'output')
  schemas[name] = hoisted(schema, name, schemas)
  const paged = schema.properties?.['nextCursor'] !== undefined
  return {
    description: operation.does,
    headers: {
      ...common,
      ...(rest.method === 'get' ? { ETag: ref('ETag') } : {}),
      ...(paged ? { Link: ref('Link') } : {}),
      ...(idempotent ? { 'Idempotency-Replayed': ref('Idempotency-Replayed') } : {}),
    },
    content: {
      'application/json': { schema: { $ref: `#/components/schemas/${name}` }, example: exampleOf(schema, true) },
    },
  }
}

const ref = (name: string) => ({ $ref: `#/components/headers/${name}` })

/** Every problem the operation can answer with, whatever declared it. */
export function problemsOf(
  operation: Operation,
  input: JsonSchema = jsonSchemaOf(operation.input, 'input'),
): ProblemType[] {
  const { rest, allows, idempotent, refuses = [] } = operation
  const unsafe = rest.method !== 'get'
  const takesBody = unsafe && rest.method !== 'delete'
  return [
    ...refuses,
    MalformedRequest,
    ...(allows.anonymous ? [] : [NotSignedIn]),
    ...(allows.client && allows.staff && allows.admin ? [] : [Forbidden]),
    ...(unsafe ? [CrossSiteRequest] : []),
    ...(rest.path.includes('{') ? [NotFound] : []),
    ...(takesBody ? [BodyTooLarge, UnsupportedMediaType] : []),
    ...(Object.keys(input.properties ?? {}).length > 0 || input.additionalProperties === false ? [InvalidInput] : []),
    ...(idempotent ? [IdempotencyKeyMissing, IdempotencyKeyInFlight, IdempotencyKeyReused] : []),
    TooManyRequests,
    InternalError,
    Unavailable,
  ]
}

function problemResponses(
  operation: Operation,
  input: JsonSchema,
  { publicUrl }: ApiFacts,
): Record<string, Record<string, unknown>> {
  const byStatus = Map.groupBy(problemsOf(operation, input), ({ status }) => status)
  return Object.fromEntries(
    [...byStatus].map(([status, types]) => [
      status,
      {
        description: types.map(({ code, title }) => `\`${code}\`: ${title}`).join(' '),
        headers: {
          'X-Request-Id': ref('X-Request-Id'),
          ...(status === 429 || status === 503 ? { 'Retry-After': ref('Retry-After') } : {}),
        },
        content: {
          'application/problem+json': {
            schema: {
              allOf: [
                { $ref: '#/components/schemas/Problem' },
                { properties: { code: { enum: types.map(({ code }) => code) } } },
              ],
            },
            examples: Object.fromEntries(types.map((type) => [type.code, { value: exampleProblem(type, publicUrl) }])),
          },
        },
      },
    ]),
  )
}

const exampleProblem = ({ code, title, status }: ProblemType, publicUrl: string) => ({
  type: `${publicUrl}/developers/errors/${code}`,
  title,
  status,
  code,
  requestId: '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071',
})

const problemSchema: JsonSchema & Record<string, unknown> = {
  type: 'object',
  description: 'Problem details (RFC 9457).',
  required: ['type', 'title', 'status', 'code', 'requestId'],
  properties: {
    type: { type: 'string', format: 'uri', description: 'The page that explains the code.' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'Permanent: branch on it.' },
    detail: { type: 'string', description: 'What happened in this case.' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'detail'],
        properties: {
          pointer: { type: 'string', description: 'JSON Pointer (RFC 6901) into the input.' },
          detail: { type: 'string' },
        },
      },
    },
    requestId: { type: 'string' },
  },
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description:
    'A new random value for each new order of business. A repetition with the same key and input gets the first answer.',
  schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
  example: '4f5b9c1e-6a0d-4b7e-9d53-0c2f1a7be8d4',
}

const header = (description: string, example: string) => ({ description, schema: { type: 'string' }, example })
const headers = {
  'X-Request-Id': header(
    'The id of the request in our logs; name it when you ask for help.',
    '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071',
  ),
  'RateLimit-Policy': header('What a caller may use, in units, in a window of seconds.', '"default";q=60000;w=60'),
  RateLimit: header('The units left, and the seconds until the full quota is back.', '"default";r=5990;t=1'),
  'Retry-After': header('Seconds until it is worth trying again.', '2'),
  ETag: header('Send it as If-None-Match to be told that nothing changed.', 'W/"2jmj7l5rSw0yVb_vlWAYkK_YBwk"'),
  Link: header('The next page, as rel="next".', '</api/projects?cursor=eyJhIjoxfQ>; rel="next"'),
  'Idempotency-Replayed': header('Present when this is the kept answer of an earlier request.', 'true'),
}
