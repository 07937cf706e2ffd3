// Fourth step: a new account, or one that is there already. Who is signed in does not see it.
import { data, redirect } from 'react-router'
import { login, register } from '../../../../domains/identity/contract.ts'
import { page } from '../../../context.ts'
import { refused, secret, text } from '../../../form.ts'
import { m } from '../../../i18n/generated/messages.js'
import { problemOf } from '../../../problem.ts'
import { Disclosure } from '../../../ui/disclosure.tsx'
import { LoginFields, loginTexts } from '../../account/login-fields.tsx'
import { RegisterFields, registerInput, registerRefused } from '../../account/register-fields.tsx'
import type { Route } from './+types/account.ts'
import { OrderFrame, StepButtons } from './frame.tsx'
import { orderWithPlan } from './order.server.ts'

const onward = '/pesan/ringkasan'

export async function loader(args: Route.LoaderArgs) {
  const { plan, template, draft, user } = await orderWithPlan(args)
  if (!draft.name) throw redirect('/pesan/brief')
  if (user) throw redirect(onward)
  return { chosen: { plan, template } }
}

export async function action({ request, context }: Route.ActionArgs) {
  const { call } = context.get(page)
  const form = await request.formData()
  if (text(form, 'intent') === 'sign-in') {
    const email = text(form, 'email')
    try {
      await call(login, { email, password: secret(form, 'password') })
      return redirect(onward, 303)
    } catch (error) {
      const { data: state, init } = refused(problemOf(error), { email }, loginTexts())
      return data({ signIn: state, register: undefined, message: state.message }, init ?? 422)
    }
  }
  const input = registerInput(form)
  try {
    await call(register, input)
    return redirect(onward, 303)
  } catch (error) {
    const { data: state, init } = registerRefused(problemOf(error), input)
    return data({ signIn: undefined, register: state, message: state.message }, init ?? 422)
  }
}

export default function AccountStep({ loaderData: { chosen }, actionData }: Route.ComponentProps) {
  return (
    <OrderFrame
      step={4}
      title={m.public_order_account_title()}
      text={m.public_order_account_text()}
      message={actionData?.message}
      chosen={chosen}
    >
      <div className="max-w-xl border-t border-line">
        <Disclosure name="account" open={!actionData?.signIn} summary={m.public_order_account_new()}>
          <RegisterFields intent="register" state={actionData?.register} label={m.public_order_account_create()} />
        </Disclosure>
        <Disclosure name="account" open={actionData?.signIn !== undefined} summary={m.public_order_account_known()}>
          <LoginFields intent="sign-in" state={actionData?.signIn} />
        </Disclosure>
      </div>
      <StepButtons back="/pesan/brief">{null}</StepButtons>
    </OrderFrame>
  )
}
