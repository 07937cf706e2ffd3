// A stored thing of the catalogue as the fields of its form show it.
import type { LocalizedText } from '../../../../platform/contract/shapes.ts'

type Stored = string | number | boolean | null | LocalizedText | LocalizedText[]

/** Texts become `name.id` and `name.en`, lists one item a line, visibility yes or no. */
export function storedFields(thing: Record<string, Stored>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(thing).flatMap(([name, value]): [string, string][] => {
      if (value === null) return []
      if (Array.isArray(value))
        return both(name, { id: value.map(({ id }) => id).join('\n'), en: value.map(({ en }) => en).join('\n') })
      if (typeof value === 'object') return both(name, value)
      return [[name, typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)]]
    }),
  )
}

const both = (name: string, { id, en }: LocalizedText): [string, string][] => [
  [`${name}.id`, id],
  [`${name}.en`, en],
]
