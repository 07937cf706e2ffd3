// TypeScript written from the contracts: what the data of each live event look like, for those who have only the package.
import { z } from 'zod'
import { events as billing } from '../../src/domains/billing/contract.ts'
import { events as content } from '../../src/domains/content/contract.ts'
import { events as identity } from '../../src/domains/identity/contract.ts'
import { events as projects } from '../../src/domains/projects/contract.ts'
import { events as realtime } from '../../src/domains/realtime/contract.ts'
import type { EventType } from '../../src/platform/contract/event.ts'

export const contractEvents: readonly EventType[] = [billing, content, identity, projects, realtime].flatMap(
  (events) => Object.values(events) as EventType[],
)

/** The module that takes the place of client/messages.ts in the package. */
export function liveEventsModule(events: readonly EventType[]): string {
  const members = events
    .filter(({ live }) => live !== undefined)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, live, data, forClients }) => {
      // People outside the agency may be shown less.
      const shapes = new Set([typeOf(data), ...(forClients ? [typeOf(forClients)] : [])])
      return `  /** A \`${live}\`. */\n  '${name}': ${[...shapes].join(' | ')}\n`
    })
  return `/** The data of each event by its name. */\nexport interface LiveEvents {\n${members.join('')}}\n`
}

const typeOf = (schema: z.ZodType) => print(z.toJSONSchema(schema, { io: 'output' }))

type Schema = z.core.JSONSchema.BaseSchema

/** A JSON Schema, as Zod writes one for output, as a type. Throws for what it does not know, so that nothing is lost silently. */
function print(schema: Schema | boolean): string {
  if (typeof schema === 'boolean') return schema ? 'unknown' : 'never'
  if ('const' in schema) return JSON.stringify(schema.const)
  if (schema.enum) return union(schema.enum.map((value) => JSON.stringify(value)))
  const either = schema.anyOf ?? schema.oneOf
  if (either) return union(either.map((each) => print(each)))
  if (schema.allOf) return schema.allOf.map((each) => print(each)).join(' & ')
  const { type } = schema as { type?: string | string[] }
  if (Array.isArray(type)) return union(type.map((each) => print({ ...schema, type: each } as Schema)))
  switch (type) {
    case 'string':
    case 'boolean':
    case 'null':
      return type
    case 'number':
    case 'integer':
      return 'number'
    case 'array':
      return `Array<${print((schema.items as Schema | undefined) ?? true)}>`
    case 'object':
      return printObject(schema)
    case undefined:
      if (Object.keys(schema).every((key) => ['$schema', 'description', 'title', 'default'].includes(key)))
        return 'unknown'
  }
  throw new Error(`There is no type for ${JSON.stringify(schema)}`)
}

function printObject({ properties = {}, required = [], additionalProperties }: Schema): string {
  const members = Object.entries(properties).map(
    ([name, value]) => `${JSON.stringify(name)}${required.includes(name) ? '' : '?'}: ${print(value as Schema)}`,
  )
  if (members.length > 0) return `{ ${members.join('; ')} }`
  return `{ [name: string]: ${print((additionalProperties as Schema | undefined) ?? true)} }`
}

const union = (types: string[]) => (types.length > 0 ? [...new Set(types)].join(' | ') : 'never')
