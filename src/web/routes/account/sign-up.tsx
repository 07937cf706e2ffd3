import { redirect } from 'react-router'
import { register } from '../../../domains/identity/contract.ts'
import { page } from '../../context.ts'
import { destination, localPath } from '../../guard.ts'
import { m } from '../../i18n/generated/messages.js'
import { problemOf } from '../../problem.ts'
import { Link } from '../../ui/link.tsx'
import type { Route } from './+types/sign-up.ts'
import { AccountFrame } from './frame.tsx'
import { RegisterFields, registerInput, registerRefused } from './register-fields.tsx'
import { SignedIn } from './signed-in.tsx'

export function loader({ request }: Route.LoaderArgs) {
  return { next: localPath(new URL(request.url).searchParams.get('next')) }
}

export async function action({ request, context }: Route.ActionArgs) {
  const { call } = context.get(page)
  const input = registerInput(await request.formData())
  try {
    const { user } = await call(register, input)
    return redirect(destination(new URL(request.url).searchParams.get('next'), user.role), 303)
  } catch (error) {
    return registerRefused(problemOf(error), input)
  }
}

export default function SignUp({ loaderData: { next }, actionData }: Route.ComponentProps) {
  const query = next ? `?next=${encodeURIComponent(next)}` : ''
  return (
    <AccountFrame title={m.account_sign_up_title()} text={m.account_sign_up_text()} message={actionData?.message}>
      <SignedIn next={next}>
        <RegisterFields state={actionData} label={m.account_sign_up()} />
        <p className="mt-8 border-t border-line pt-6 text-small text-soft">
          {m.account_have_account()} <Link to={`/sign-in${query}`}>{m.account_sign_in()}</Link>
        </p>
      </SignedIn>
    </AccountFrame>
  )
}
