// The fields of the catalogue's forms: the same text in both languages stands side by side.
import type { Locale } from '../../../../platform/contract/shapes.ts'
import type { FormState } from '../../../form.ts'
import { m } from '../../../i18n/generated/messages.js'
import { Checkbox, Field, Textarea } from '../../../ui/field.tsx'

/** What a field shows: what was typed before it was refused, else what is stored. */
export interface Source {
  state: FormState | undefined
  stored: Record<string, string>
}
const bound = ({ state, stored }: Source, name: string) => ({
  name,
  defaultValue: state ? (state.values[name] ?? '') : (stored[name] ?? ''),
  error: state?.errors[name],
})

/** `lines` makes it a list with one item a line. */
export function Bilingual({
  source,
  name,
  label,
  max,
  long = false,
  lines = false,
  hint,
}: {
  source: Source
  name: string
  label: string
  max?: number
  long?: boolean
  lines?: boolean
  hint?: string
}) {
  const languages: { locale: Locale; word: string }[] = [
    { locale: 'id', word: m.common_language_id() },
    { locale: 'en', word: m.common_language_en() },
  ]
  const whole = source.state?.errors[name]
  return (
    <fieldset>
      <legend className="text-small font-bold">{label}</legend>
      <div className="mt-2 grid gap-x-5 gap-y-4 md:grid-cols-2">
        {languages.map(({ locale, word }) => {
          const field = bound(source, `${name}.${locale}`)
          const common = {
            ...field,
            error: field.error ?? whole,
            lang: locale,
            'aria-label': `${label} (${word})`,
            label: word,
            required: true,
            ...(hint && { hint }),
          }
          return long || lines ? (
            <Textarea key={locale} {...common} {...(max && !lines && { maxLength: max })} rows={lines ? 8 : 4} />
          ) : (
            <Field key={locale} {...common} autoComplete="off" {...(max && { maxLength: max })} />
          )
        })}
      </div>
    </fieldset>
  )
}

export function Single({
  source,
  name,
  label,
  hint,
  numeric = false,
  optional = false,
  className,
}: {
  source: Source
  name: string
  label: string
  hint?: string
  numeric?: boolean
  optional?: boolean
  className?: string
}) {
  return (
    <Field
      {...bound(source, name)}
      label={label}
      autoComplete="off"
      required={!optional}
      {...(numeric && { inputMode: 'numeric' as const })}
      {...(optional && { optional: m.common_optional() })}
      {...(hint && { hint })}
      {...(className && { className })}
    />
  )
}

/** Order in the list, and whether visitors see it. */
export function Placement({ source }: { source: Source }) {
  const { state, stored } = source
  return (
    <div className="grid items-start gap-5 md:grid-cols-2">
      <Single source={source} name="position" label={m.console_position()} hint={m.console_position_hint()} numeric />
      <Checkbox
        name="visible"
        value="yes"
        className="md:pt-9"
        label={m.console_visible()}
        hint={m.console_visible_hint()}
        defaultChecked={state ? state.values['visible'] === 'yes' : stored['visible'] !== 'no'}
      />
    </div>
  )
}
