// Statements with parameters are prepared under a name, once a connection: PostgreSQL then parses and plans them once and not
// at every call, which is most of the work of a short one.
import { createHash } from 'node:crypto'
import pg from 'pg'

/** Distinct statements a connection keeps; a program that makes up more than these texts gets the rest unprepared. */
const KEPT = 500
const names = new Map<string, string>()

function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size >= KEPT) return known
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 24)
  names.set(text, name)
  return name
}

type Query = (...given: unknown[]) => unknown

/** A connection whose `query(text, values)` prepares; everything else is pg's own. */
export class PreparingClient extends pg.Client {
  override query = ((...given: unknown[]) => {
    const [text, values, ...rest] = given
    const query = pg.Client.prototype.query.bind(this) as Query
    const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined
    return name === undefined ? query(...given) : query({ name, text, values }, ...rest)
  }) as typeof pg.Client.prototype.query
}
