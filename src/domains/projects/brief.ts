// A brief is asked for by the kind of website. Plain text is taken as its notes.
import type { z } from 'zod'
import type { Brief as BriefSchema, BriefInput } from './contract.ts'

export type Brief = z.output<typeof BriefSchema>

/** As many characters as the notes of a brief hold. */
const NOTES = 2000

/** The brief to store, or a sentence why this one does not fit the plan. */
export function briefFor(
  kind: Brief['kind'],
  given: z.output<typeof BriefInput> | undefined,
): Brief | null | { refused: string } {
  if (given === undefined) return null
  if (typeof given === 'string') {
    if (given.length > NOTES) return { refused: `A brief in plain text has at most ${NOTES} characters.` }
    return given === '' ? null : { kind, notes: given }
  }
  return given.kind === kind ? given : { refused: `This plan asks for the brief of the kind "${kind}".` }
}
