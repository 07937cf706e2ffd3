// What an action of the console answers: done, or the form again with what is wrong.
import { refused, type FormState } from '../../../form.ts'
import { problemOf } from '../../../problem.ts'

export type Outcome = { done: true } | FormState

export const isDone = (outcome: Outcome): outcome is { done: true } => 'done' in outcome

/** Runs what the form asks for; `texts` are the sentences for the fields a problem may point at. */
export async function attempt<Name extends string>(
  run: () => Promise<unknown>,
  values: Partial<Record<Name, string>> = {},
  texts = {} as Record<Name, string>,
) {
  try {
    await run()
    return { done: true as const }
  } catch (error) {
    return refused(problemOf(error), values, texts)
  }
}
