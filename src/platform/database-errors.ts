// What PostgreSQL's error codes mean to code that must decide whether trying again makes sense.

interface Coded {
  code?: unknown
  constraint?: unknown
}

const codeOf = (error: unknown) => {
  const code = (error as Coded | null)?.code
  return typeof code === 'string' ? code : ''
}

/** Serialization failure or deadlock: the transaction was rolled back and may simply be run again. */
export const isConflict = (error: unknown): boolean => ['40001', '40P01'].includes(codeOf(error))

// 08: connection exceptions, 57P01–57P03: shut down, crashed, still starting; 53: out of connections, memory or disk.
const LOST = /^(08...|57P0[123]|53...|ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|ETIMEDOUT|EAI_AGAIN|ENOTFOUND)$/
const LOST_MESSAGE =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded)/

/** The server could not be reached or went away: nothing is said about the statement itself. */
export const isConnectionFailure = (error: unknown): boolean =>
  LOST.test(codeOf(error)) || (error instanceof Error && LOST_MESSAGE.test(error.message))

/** A unique constraint (or index) refused a row; with `constraint`, only that one. */
export const isUniqueViolation = (error: unknown, constraint?: string): boolean =>
  codeOf(error) === '23505' && (constraint === undefined || (error as Coded).constraint === constraint)

/** A row that others still point to, or that points to nothing. */
export const isForeignKeyViolation = (error: unknown): boolean => ['23503', '23001'].includes(codeOf(error))

// A statement or a transaction took too long, or waited too long for a lock or for us: PostgreSQL ended it.
const gaveUp = (error: unknown): boolean => ['57014', '25P03', '25P04', '55P03'].includes(codeOf(error))

/** The database did not answer (in time): whoever asks again in a moment may be luckier. */
export const isNoAnswer = (error: unknown): boolean => isConnectionFailure(error) || gaveUp(error)
