// What the forms of the catalogue answer: led back to the list, or the form again with what is wrong at its field.
import { data, redirect } from 'react-router'
import { InvalidInput } from '../../../../platform/contract/problem.ts'
import { SlugTaken } from '../../../../domains/content/contract.ts'
import { explain, type FormState } from '../../../form.ts'
import { m } from '../../../i18n/generated/messages.js'
import { problemOf, type PageProblem } from '../../../problem.ts'
import { attempt, isDone, type Outcome } from '../parts/outcome.ts'
import { faultsOf, type Values } from './input.ts'

/** Saves, then leads to `to`. */
export async function saving(to: string, values: Values, save: () => Promise<unknown>) {
  try {
    await save()
  } catch (error) {
    const problem = problemOf(error)
    const errors = errorsOf(problem)
    const message = Object.keys(errors).length > 0 ? m.console_check_fields() : explain(problem)
    return data({ values, errors, message } satisfies FormState, { status: problem.status })
  }
  return redirect(to, 303)
}

/** Deletes, then leads to `to`. */
export async function deleting(to: string, remove: () => Promise<unknown>) {
  const outcome = await attempt(remove)
  return 'done' in outcome ? redirect(to, 303) : outcome
}

/** What the form of the page shows again; nothing when it has not been sent. */
export const formOf = (outcome: Outcome | undefined): FormState | undefined =>
  outcome && !isDone(outcome) ? outcome : undefined

function errorsOf(problem: PageProblem): Record<string, string> {
  if (problem.is(SlugTaken)) return { slug: m.console_err_slug_taken() }
  if (!problem.is(InvalidInput)) return {}
  return Object.fromEntries(
    faultsOf(problem.data.errors).map(({ field, line }) => {
      const sentence = sentenceFor(field)
      return [field, line === null ? sentence : m.console_err_line({ line, sentence })]
    }),
  )
}

function sentenceFor(field: string): string {
  if (field === 'slug' || field === 'plan') return m.console_err_slug()
  if (field === 'price') return m.console_err_price()
  if (field === 'supportDays') return m.console_err_support_days()
  if (field === 'position') return m.console_err_position()
  if (field.endsWith('Url')) return m.console_err_picture()
  if (field.startsWith('features')) return m.console_err_features()
  return m.console_err_text()
}
