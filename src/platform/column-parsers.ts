// How PostgreSQL's values become JavaScript's, where pg's own choice would lose something: bigint is a number and refused
// outside the range in which numbers are exact, a date without time stays the text it is.
import pg from 'pg'

const { builtins } = pg.types
const INT8_ARRAY = 1016
const DATE_ARRAY = 1182

type Parse = (text: string) => unknown

function exact(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value))
    throw new RangeError(`The database holds ${text}, which a JavaScript number cannot keep`)
  return value
}

const TEXT_ARRAY = 1009

const textArray = (pg.types.getTypeParser as (oid: number) => Parse)(TEXT_ARRAY)

const own = new Map<number, Parse>([
  [builtins.INT8, exact],
  [INT8_ARRAY, (text) => (textArray(text) as (string | null)[]).map((item) => (item === null ? null : exact(item)))],
  [builtins.DATE, (text) => text],
  [DATE_ARRAY, textArray],
])

export const columnParsers: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : own.get(oid)) ??
    pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}
