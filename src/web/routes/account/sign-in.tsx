import { redirect } from 'react-router'
import { login } from '../../../domains/identity/contract.ts'
import { page } from '../../context.ts'
import { refused, secret, text } from '../../form.ts'
import { destination, localPath } from '../../guard.ts'
import { m } from '../../i18n/generated/messages.js'
import { problemOf } from '../../problem.ts'
import { Link } from '../../ui/link.tsx'
import type { Route } from './+types/sign-in.ts'
import { AccountFrame } from './frame.tsx'
import { LoginFields, loginTexts } from './login-fields.tsx'
import { SignedIn } from './signed-in.tsx'

export function loader({ request }: Route.LoaderArgs) {
  const { searchParams } = new URL(request.url)
  return { next: localPath(searchParams.get('next')), ended: searchParams.has('ended') }
}

export async function action({ request, context }: Route.ActionArgs) {
  const { call } = context.get(page)
  const form = await request.formData()
  const email = text(form, 'email')
  try {
    const { user } = await call(login, { email, password: secret(form, 'password') })
    return redirect(destination(new URL(request.url).searchParams.get('next'), user.role), 303)
  } catch (error) {
    return refused(problemOf(error), { email }, loginTexts())
  }
}

export default function SignIn({ loaderData: { next, ended }, actionData }: Route.ComponentProps) {
  const query = next ? `?next=${encodeURIComponent(next)}` : ''
  return (
    <AccountFrame
      title={m.account_sign_in_title()}
      text={ended ? m.common_sign_in_needed_text() : next ? m.account_sign_in_for() : m.account_sign_in_text()}
      message={actionData?.message}
    >
      <SignedIn next={next}>
        <LoginFields state={actionData} />
        <p className="mt-8 border-t border-line pt-6 text-small text-soft">
          {m.account_no_account()} <Link to={`/sign-up${query}`}>{m.account_sign_up_link()}</Link>
        </p>
      </SignedIn>
    </AccountFrame>
  )
}
