import { data } from 'react-router'
import { LinkExpired, WeakPassword, resetPassword } from '../../../domains/identity/contract.ts'
import { page } from '../../context.ts'
import { explain, refused, secret, text } from '../../form.ts'
import { m } from '../../i18n/generated/messages.js'
import { problemOf } from '../../problem.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import type { Route } from './+types/reset-password.ts'
import { AccountFrame } from './frame.tsx'

export function loader({ request }: Route.LoaderArgs) {
  return { token: new URL(request.url).searchParams.get('token')?.slice(0, 200) ?? '' }
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData()
  try {
    await context.get(page).call(resetPassword, { token: text(form, 'token'), password: secret(form, 'password') })
    return { state: 'done' as const }
  } catch (error) {
    const problem = problemOf(error)
    const expired = problem.is(LinkExpired) || problem.data.errors.some(({ pointer }) => pointer === '/token')
    if (expired) return data({ state: 'expired' as const }, { status: problem.status })
    const answer = refused(problem, {}, { password: m.account_err_password_short() })
    if (problem.is(WeakPassword)) Object.assign(answer.data, { message: null, errors: { password: explain(problem) } })
    return answer
  }
}

export default function ResetPassword({ loaderData: { token }, actionData }: Route.ComponentProps) {
  const state = actionData && 'state' in actionData ? actionData.state : null
  if (state === 'done') {
    return (
      <AccountFrame title={m.account_reset_done_title()} text={m.account_reset_done_text()}>
        <ButtonLink to="/sign-in" kind="main" after="arrow-right">
          {m.account_sign_in()}
        </ButtonLink>
      </AccountFrame>
    )
  }
  if (state === 'expired' || !token) {
    return (
      <AccountFrame title={m.account_verify_expired_title()} text={m.account_reset_expired_text()}>
        <ButtonLink to="/forgot-password" kind="main">
          {m.account_reset_request()}
        </ButtonLink>
      </AccountFrame>
    )
  }
  const form = actionData && 'values' in actionData ? actionData : undefined
  return (
    <AccountFrame title={m.account_reset_title()} text={m.account_reset_text()} message={form?.message}>
      <form method="post" noValidate className="space-y-5">
        <input type="hidden" name="token" value={token} />
        <Field
          label={m.account_password()}
          hint={m.account_password_hint()}
          name="password"
          type="password"
          autoComplete="new-password"
          required
          minLength={8}
          error={form?.errors.password}
        />
        <Button kind="main" size="large" className="w-full">
          {m.account_reset_button()}
        </Button>
      </form>
    </AccountFrame>
  )
}
