// The page behind the mailed link. A person presses the button: programs that look into mail follow links, but send no forms.
import { LinkExpired, resendVerification, verifyEmail } from '../../../domains/identity/contract.ts'
import { InvalidInput } from '../../../platform/contract/problem.ts'
import { data } from 'react-router'
import { page } from '../../context.ts'
import { explain, text } from '../../form.ts'
import { m } from '../../i18n/generated/messages.js'
import { problemOf } from '../../problem.ts'
import { useReader } from '../../reader.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { Route } from './+types/verify-email.ts'
import { AccountFrame } from './frame.tsx'

type Outcome = { state: 'verified' | 'expired' | 'sent' | 'failed'; message: string | null }
const outcome = (state: Outcome['state'], message: string | null = null): Outcome => ({ state, message })

export function loader({ request }: Route.LoaderArgs) {
  return { token: new URL(request.url).searchParams.get('token')?.slice(0, 200) ?? '' }
}

export async function action({ request, context }: Route.ActionArgs) {
  const { call } = context.get(page)
  const form = await request.formData()
  try {
    if (text(form, 'intent') === 'resend') {
      await call(resendVerification, {})
      return outcome('sent')
    }
    await call(verifyEmail, { token: text(form, 'token') })
    return outcome('verified')
  } catch (error) {
    const problem = problemOf(error)
    if (problem.is(LinkExpired, InvalidInput)) return data(outcome('expired'), { status: problem.status })
    return data(outcome('failed', explain(problem)), { status: problem.status })
  }
}

export default function VerifyEmail({ loaderData: { token }, actionData }: Route.ComponentProps) {
  const { user } = useReader()
  const state = actionData?.state
  if (state === 'verified') {
    return (
      <AccountFrame title={m.account_verified_title()} text={m.account_verified_text()}>
        <ButtonLink
          to={user ? (user.role === 'client' ? '/portal' : '/console') : '/sign-in'}
          reloadDocument
          kind="main"
          after="arrow-right"
        >
          {user ? m.account_continue() : m.account_sign_in()}
        </ButtonLink>
      </AccountFrame>
    )
  }
  if (state === 'sent' && user) {
    return (
      <AccountFrame title={m.account_forgot_sent_title()}>
        <Notice tone="success" live>
          {m.account_verify_resent({ email: user.email })}
        </Notice>
      </AccountFrame>
    )
  }
  if (state === 'expired' || !token) {
    return (
      <AccountFrame title={m.account_verify_expired_title()} text={m.account_verify_expired_text()}>
        {user ? (
          <form method="post">
            <input type="hidden" name="intent" value="resend" />
            <Button kind="main" icon="mail">
              {m.account_verify_resend()}
            </Button>
          </form>
        ) : (
          <ButtonLink to="/sign-in?next=/verify-email" kind="main">
            {m.account_verify_sign_in()}
          </ButtonLink>
        )}
      </AccountFrame>
    )
  }
  return (
    <AccountFrame title={m.account_verify_title()} text={m.account_verify_text()} message={actionData?.message}>
      <form method="post">
        <input type="hidden" name="token" value={token} />
        <Button kind="main" size="large" icon="check">
          {m.account_verify_button()}
        </Button>
      </form>
    </AccountFrame>
  )
}
