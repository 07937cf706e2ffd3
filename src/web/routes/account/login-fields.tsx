// The form to sign in; also a step of the order.
import type { FormState } from '../../form.ts'
import { m } from '../../i18n/generated/messages.js'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Link } from '../../ui/link.tsx'

export const loginTexts = () => ({ email: m.account_err_email(), password: m.account_err_password_empty() })

/** `intent` tells an action with several forms which one was sent. */
export function LoginFields({
  state,
  intent,
}: {
  state: FormState<'email' | 'password'> | undefined
  intent?: string
}) {
  return (
    <form method="post" noValidate className="space-y-5">
      {intent && <input type="hidden" name="intent" value={intent} />}
      <Field
        label={m.account_email()}
        name="email"
        type="email"
        autoComplete="username"
        inputMode="email"
        required
        defaultValue={state?.values.email}
        error={state?.errors.email}
      />
      <div>
        <Field
          label={m.account_password()}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          error={state?.errors.password}
        />
        <p className="mt-2 text-small">
          <Link to="/forgot-password">{m.account_forgot()}</Link>
        </p>
      </div>
      <Button kind="main" size="large" className="w-full">
        {m.account_sign_in()}
      </Button>
    </form>
  )
}
