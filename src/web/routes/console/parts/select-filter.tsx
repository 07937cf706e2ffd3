import { Form, useSearchParams, useSubmit } from 'react-router'
import { cx } from '../../../ui/class-names.ts'
import { Select } from '../../../ui/field.tsx'

/** One of many values, in the address as soon as it is chosen; the other filters stay. */
export function SelectFilter({
  label,
  name,
  all,
  choices,
  className,
}: {
  label: string
  name: string
  /** The choice without this filter. */
  all: string
  choices: readonly { value: string; label: string }[]
  className?: string
}) {
  const [params] = useSearchParams()
  const submit = useSubmit()
  const value = params.get(name) ?? ''
  const kept = [...params].filter(([key]) => key !== name && key !== 'cursor')
  return (
    <Form className={cx('[&_select]:h-10 [&_select]:text-small', className)}>
      {kept.map(([key, each]) => (
        <input key={key} type="hidden" name={key} value={each} />
      ))}
      <Select
        // The address may change under it.
        key={value}
        label={label}
        labelHidden
        name={name}
        defaultValue={value}
        onChange={({ currentTarget: { form } }) => void submit(form, { preventScrollReset: true })}
      >
        <option value="">{all}</option>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </Select>
    </Form>
  )
}
