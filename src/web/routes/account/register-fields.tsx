// The form of a new account; also a step of the order.
import type { Input } from '../../../platform/contract/operation.ts'
import { EmailTaken, WeakPassword, type register } from '../../../domains/identity/contract.ts'
import { explain, refused, secret, text, type FormState } from '../../form.ts'
import { m } from '../../i18n/generated/messages.js'
import type { PageProblem } from '../../problem.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'

type Name = 'name' | 'email' | 'password' | 'phone'

export function registerInput(form: FormData): Input<typeof register> {
  const phone = text(form, 'phone')
  return {
    name: text(form, 'name'),
    email: text(form, 'email'),
    password: secret(form, 'password'),
    ...(phone && { phone }),
  }
}

/** What the form says when the account could not be made. */
export function registerRefused(problem: PageProblem, { name, email, phone = '' }: Input<typeof register>) {
  const answer = refused<Name>(
    problem,
    { name, email, phone },
    {
      name: m.account_err_name(),
      email: m.account_err_email(),
      password: m.account_err_password_short(),
      phone: m.account_err_phone(),
    },
  )
  const about: Name | null = problem.is(EmailTaken) ? 'email' : problem.is(WeakPassword) ? 'password' : null
  if (about) {
    answer.data.errors[about] = explain(problem)
    answer.data.message = m.account_check_fields()
  }
  return answer
}

export function RegisterFields({
  state,
  intent,
  label,
}: {
  state: FormState<Name> | undefined
  intent?: string
  label: string
}) {
  return (
    <form method="post" noValidate className="space-y-5">
      {intent && <input type="hidden" name="intent" value={intent} />}
      <Field
        label={m.account_name()}
        name="name"
        autoComplete="name"
        required
        maxLength={120}
        defaultValue={state?.values.name}
        error={state?.errors.name}
      />
      <Field
        label={m.account_email()}
        name="email"
        type="email"
        autoComplete="email"
        inputMode="email"
        required
        defaultValue={state?.values.email}
        error={state?.errors.email}
      />
      <Field
        label={m.account_password()}
        hint={m.account_password_hint()}
        name="password"
        type="password"
        autoComplete="new-password"
        required
        minLength={8}
        error={state?.errors.password}
      />
      <Field
        label={m.account_phone()}
        optional={m.common_optional()}
        hint={m.account_phone_hint()}
        name="phone"
        type="tel"
        autoComplete="tel"
        defaultValue={state?.values.phone}
        error={state?.errors.phone}
      />
      <Button kind="main" size="large" className="w-full">
        {label}
      </Button>
    </form>
  )
}
