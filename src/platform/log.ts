// Log lines: JSON for machines, one event a line. What must not be in a log is kept out by the kind of value it is: errors
// are written field by field, and fields with the name of a secret never with their value.
import { pino } from 'pino'
import type { DestinationStream, Level, Logger } from 'pino'

export type { Logger } from 'pino'

export interface LogOptions {
  level?: Level | 'silent'
  /** Standard output unless given. */
  destination?: DestinationStream
}

export function createLog({ level = 'info', destination }: LogOptions = {}): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }), log: withoutSecrets },
    serializers: { err: errorFields, error: errorFields },
  }
  // Lines are gathered for a moment: a write a line would cost more than many a request.
  return pino(options, destination ?? pino.destination({ fd: 1, sync: false, minLength: 0 }))
}

const SECRET =
  /pass(word|phrase)|secret|token|authorization|cookie|api-?key|private-?key|server-?key|signature|csrf|otp/i
const DEEPEST = 4

function withoutSecrets(fields: Record<string, unknown>, depth = 0): Record<string, unknown> {
  const clean: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (SECRET.test(name)) clean[name] = '[secret]'
    else clean[name] = isPlain(value) ? (depth < DEEPEST ? withoutSecrets(value, depth + 1) : '[deep]') : value
  }
  return clean
}

const isPlain = (value: unknown): value is Record<string, unknown> => {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

// PostgreSQL's `detail` and `where` quote rows, and libraries hang whole requests on their errors: only these are written.
function errorFields(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return typeof error === 'object' ? '[not an error]' : error
  const { code, constraint, table } = error as Error & Record<'code' | 'constraint' | 'table', unknown>
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...(code === undefined ? {} : { code }),
    ...(constraint === undefined ? {} : { constraint }),
    ...(table === undefined ? {} : { table }),
    ...(error.cause === undefined || depth >= DEEPEST ? {} : { cause: errorFields(error.cause, depth + 1) }),
  }
}
