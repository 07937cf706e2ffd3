// Reads the forms of the catalogue, and finds the field that a problem points at. Fields in both languages are named
// `name.id` and `name.en`; lists are written one item a line.
import type { InputError } from '../../../../platform/contract/problem.ts'

export type Values = Record<string, string>

/** All text fields as they were typed. */
export function valuesOf(form: FormData): Values {
  return Object.fromEntries([...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])))
}

export const localized = (values: Values, name: string) => ({
  id: (values[`${name}.id`] ?? '').trim(),
  en: (values[`${name}.en`] ?? '').trim(),
})

const linesOf = (text = '') =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

/** The lines of both languages in pairs; a missing partner is empty, which the operation refuses at its place. */
export function localizedLines(values: Values, name: string): { id: string; en: string }[] {
  const id = linesOf(values[`${name}.id`])
  const en = linesOf(values[`${name}.en`])
  return Array.from({ length: Math.max(id.length, en.length) }, (_, index) => ({
    id: id[index] ?? '',
    en: en[index] ?? '',
  }))
}

/** Whole numbers, also written with thousands separators; NaN for anything else, which the operation refuses. */
export function whole(text = ''): number {
  const digits = text
    .trim()
    .replace(/^rp\s*/i, '')
    .replaceAll(/(?<=\d)[.,](?=\d{3}(\D|$))/g, '')
  return /^-?\d{1,13}$/.test(digits) ? Number(digits) : Number.NaN
}

/** An optional text: empty is null. */
export const optional = (text = ''): string | null => text.trim() || null

export interface Fault {
  field: string
  /** The line of a list that is wrong, from 1. */
  line: number | null
}

/** `/name/en` → `name.en`, `/features/2/en` → line 3 of `features.en`; of several in a field the first. */
export function faultsOf(errors: readonly InputError[]): Fault[] {
  const faults = new Map<string, Fault>()
  for (const { pointer } of errors) {
    const [name = '', ...rest] = pointer.split('/').slice(1)
    const numbered = /^\d+$/.test(rest[0] ?? '')
    const language = rest[numbered ? 1 : 0]
    const field = language ? `${name}.${language}` : name
    if (!faults.has(field)) faults.set(field, { field, line: numbered ? Number(rest[0]) + 1 : null })
  }
  return [...faults.values()]
}
