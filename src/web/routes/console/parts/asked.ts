// Reads the filters of a list from its address. Anything may stand there: what does not fit is left out.
import type { z } from 'zod'

export interface Asked {
  /** Undefined when absent, empty, or not one of the schema's values. */
  one<T>(name: string, schema: z.ZodType<T>): T | undefined
  /** At most 100 characters. */
  text(name: string): string | undefined
  /** Where the page of the list begins. */
  cursor: { cursor?: string }
}

export function asked(request: Request): Asked {
  const params = new URL(request.url).searchParams
  const text = (name: string) => params.get(name)?.trim().slice(0, 100) || undefined
  const cursor = params.get('cursor')
  return {
    text,
    one(name, schema) {
      const parsed = schema.safeParse(text(name))
      return parsed.success ? parsed.data : undefined
    },
    cursor: cursor && cursor.length <= 200 ? { cursor } : {},
  }
}

/** Leaves out what is undefined: optional fields of an input are absent, not undefined. */
export function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
