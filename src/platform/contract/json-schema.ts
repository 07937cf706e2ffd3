// Zod schemas as JSON Schema 2020-12, the dialect of OpenAPI 3.1, and examples made from it.
import { z } from 'zod'

export interface JsonSchema {
  type?: string
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  enum?: unknown[]
  const?: unknown
  default?: unknown
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  minItems?: number
  additionalProperties?: boolean | JsonSchema
  propertyNames?: JsonSchema
  description?: string
  $ref?: string
  $defs?: Record<string, JsonSchema>
}

/** What may be sent (`input`) or what is answered (`output`). Parts that JSON Schema cannot say allow anything. */
export function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const {
    $schema: _dialect,
    '~standard': _standard,
    ...rest
  } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Record<string, unknown>
  return rest
}

const BY_FORMAT: Record<string, string> = {
  uuid: '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071',
  'date-time': '2026-11-03T02:15:00.000Z',
  date: '2026-11-03',
  email: 'sri@example.com',
  uri: 'https://example.com/',
}
const BY_NAME: Record<string, string> = {
  email: 'sri@example.com',
  password: 'kopi susu gula aren',
  currentPassword: 'kopi susu gula aren',
  newPassword: 'teh tawar hangat',
  phone: '+62 812 3456 7890',
  name: 'Sri Wahyuni',
  projectName: 'Toko Kopi Senja',
  plan: 'company',
  slug: 'company',
  currency: 'IDR',
  npsn: '20104001',
  domain: 'kopisenja.example',
  cursor: 'eyJhIjoxfQ',
  channel: 'system',
  order_id: 'JW-019a2b3c4d5e',
  status_code: '200',
  gross_amount: '2000000.00',
  transaction_status: 'settlement',
}
// Tried in turn where a pattern decides.
const TEXTS = ['company', 'Contoh', '12345678', '+62 812 3456 7890', '/templates/contoh.png', 'a', '2026-11-03']

/** A value the schema takes; optional fields are left out of inputs unless `full`. */
export function exampleOf(schema: JsonSchema, full = false, name = ''): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.default !== undefined) return schema.default
  const members = schema.anyOf ?? schema.oneOf
  if (members) return exampleOf(members.find((member) => Object.keys(member).length > 0) ?? {}, full, name)
  switch (schema.type) {
    case 'object':
      return exampleObject(schema, full)
    case 'array':
      return Array.from({ length: Math.max(1, schema.minItems ?? 1) }, () => exampleOf(schema.items ?? {}, full, name))
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 0, Math.min(schema.maximum ?? 1, 1))
    case 'boolean':
      return true
    case 'string':
      return exampleText(schema, name)
    default:
      return null
  }
}

function exampleObject(
  { properties = {}, required = [], additionalProperties, propertyNames }: JsonSchema,
  full: boolean,
) {
  const names = Object.keys(properties).filter((name) => full || required.includes(name))
  const object = Object.fromEntries(names.map((name) => [name, exampleOf(properties[name] ?? {}, full, name)]))
  if (typeof additionalProperties !== 'object') return object
  for (const key of propertyNames?.enum ?? []) object[String(key)] = exampleOf(additionalProperties, full)
  return object
}

function exampleText(schema: JsonSchema, name: string): string {
  const fits = (text: string) =>
    text.length >= (schema.minLength ?? 0) &&
    text.length <= (schema.maxLength ?? Infinity) &&
    patternsOf(schema).every((pattern) => new RegExp(pattern, 'u').test(text))
  const candidates = [BY_FORMAT[schema.format ?? ''], BY_NAME[name], ...TEXTS].filter((text) => text !== undefined)
  return candidates.find(fits) ?? 'x'.repeat(schema.minLength ?? 1)
}

const patternsOf = (schema: JsonSchema): string[] =>
  [schema.pattern, ...(schema.allOf ?? []).map((part) => part.pattern)].filter((pattern) => pattern !== undefined)
