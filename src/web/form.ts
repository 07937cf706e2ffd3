// What an action gives back to its form: what was typed, and what is wrong with it.
import { data } from 'react-router'
import { InvalidInput } from '../platform/contract/problem.ts'
import { m } from './i18n/generated/messages.js'
import { getLocale } from './i18n/generated/runtime.js'
import { formatWait } from './i18n/format.ts'
import type { PageProblem } from './problem.ts'
import { problemText } from './problem-texts.ts'

export interface FormState<Name extends string = string> {
  /** Never holds a password. */
  values: Partial<Record<Name, string>>
  /** A sentence for each field that is wrong. */
  errors: Partial<Record<Name, string>>
  /** What is wrong with the whole. */
  message: string | null
}

/** A text field of a posted form; files and missing fields are empty. */
export function text(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value.trim() : ''
}

/** The same, not trimmed: spaces belong to a password. */
export function secret(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

/**
 * The answer to a form whose operation refused: the sentences of `texts` for the fields the problem points at, or the
 * problem's own explanation.
 */
export function refused<Name extends string>(
  problem: PageProblem,
  values: Partial<Record<Name, string>>,
  texts: Record<Name, string>,
) {
  const errors: Partial<Record<Name, string>> = {}
  if (problem.is(InvalidInput)) {
    for (const { pointer } of problem.data.errors) {
      const name = pointer.split('/')[1] as Name | undefined
      if (name !== undefined && texts[name] !== undefined) errors[name] = texts[name]
    }
  }
  const message = Object.keys(errors).length > 0 ? m.account_check_fields() : explain(problem)
  return data({ values, errors, message } satisfies FormState<Name>, { status: problem.status })
}

/** What a problem means to the person at the form. */
export function explain(problem: PageProblem): string {
  if (problem.data.code === 'login_throttled' || problem.data.code === 'too_many_requests') {
    return m.account_err_throttled({ wait: formatWait(problem.data.retryAfter ?? 60, getLocale()) })
  }
  return problemText(problem.data.code).help
}
