import { requestPasswordReset } from '../../../domains/identity/contract.ts'
import { page } from '../../context.ts'
import { refused, text } from '../../form.ts'
import { m } from '../../i18n/generated/messages.js'
import { problemOf } from '../../problem.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Link } from '../../ui/link.tsx'
import type { Route } from './+types/forgot-password.ts'
import { AccountFrame } from './frame.tsx'

export async function action({ request, context }: Route.ActionArgs) {
  const email = text(await request.formData(), 'email')
  try {
    await context.get(page).call(requestPasswordReset, { email })
    return { sentTo: email }
  } catch (error) {
    return refused(problemOf(error), { email }, { email: m.account_err_email() })
  }
}

export default function ForgotPassword({ actionData }: Route.ComponentProps) {
  if (actionData && 'sentTo' in actionData) {
    return (
      <AccountFrame
        title={m.account_forgot_sent_title()}
        text={m.account_forgot_sent_text({ email: actionData.sentTo })}
      >
        <p className="flex flex-wrap gap-x-6 gap-y-2 text-small">
          <Link to="/sign-in">{m.account_back_to_sign_in()}</Link>
          <Link to="/forgot-password">{m.account_forgot_again()}</Link>
        </p>
      </AccountFrame>
    )
  }
  return (
    <AccountFrame title={m.account_forgot_title()} text={m.account_forgot_text()} message={actionData?.message}>
      <form method="post" noValidate className="space-y-5">
        <Field
          label={m.account_email()}
          name="email"
          type="email"
          autoComplete="username"
          inputMode="email"
          required
          defaultValue={actionData?.values.email}
          error={actionData?.errors.email}
        />
        <Button kind="main" size="large" className="w-full">
          {m.account_forgot_button()}
        </Button>
      </form>
      <p className="mt-6 text-small">
        <Link to="/sign-in">{m.account_back_to_sign_in()}</Link>
      </p>
    </AccountFrame>
  )
}
