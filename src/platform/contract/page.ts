// Keyset pagination: a cursor is the opaque key of the last item seen. Ask the store for `limit + 1` rows; the extra one
// tells whether there is a next page.
import { z } from 'zod'
import { InvalidInput } from './problem.ts'

const badCursor = () =>
  InvalidInput.because('The cursor is not one of ours: use the `nextCursor` of the page before.', {
    errors: [{ pointer: '/cursor', detail: 'Not a cursor of this list.' }],
  })

/** The key inside a cursor, checked against its schema (default: an id); null on the first page. */
export function keyOf(cursor: string | undefined): string | null
export function keyOf<T>(cursor: string | undefined, schema: z.ZodType<T>): T | null
export function keyOf(cursor: string | undefined, schema: z.ZodType = z.uuid()): unknown {
  if (cursor === undefined) return null
  let parsed: unknown
  try {
    parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    throw badCursor()
  }
  const key = schema.safeParse(parsed)
  if (!key.success) throw badCursor()
  return key.data
}

/** Makes the page of `rows` (up to `limit + 1` of them). */
export function pageOf<Row, Item>(
  rows: Row[],
  limit: number,
  key: (row: Row) => unknown,
  item: (row: Row) => Item,
): { data: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const more = rows.length > limit && last !== undefined
  return {
    data: shown.map(item),
    nextCursor: more ? Buffer.from(JSON.stringify(key(last)), 'utf8').toString('base64url') : null,
  }
}
