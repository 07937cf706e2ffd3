import { useEffect, useRef } from 'react'
import { m } from '../../../i18n/generated/messages.js'
import { Button } from '../../../ui/button.tsx'
import { Field } from '../../../ui/field.tsx'
import type { AccountAnswer } from './account-answer.ts'
import { Outcome } from './outcome.tsx'
import { PortalForm, useSending } from './portal-form.tsx'

export function PasswordForm({ email, answer }: { email: string; answer: AccountAnswer | undefined }) {
  const busy = useSending('password')
  const form = useRef<HTMLFormElement>(null)
  // A password that was changed is not left standing in the page.
  useEffect(() => {
    if (answer?.done) form.current?.reset()
  }, [answer])
  return (
    <PortalForm intent="password" ref={form} className="max-w-md space-y-5">
      <p className="measure text-small text-soft">{m.portal_account_security_text()}</p>
      <Outcome answer={answer} done={m.portal_account_changed()} />
      {/* Lets password managers know whose password it is. */}
      <input type="text" name="email" autoComplete="username" defaultValue={email} hidden readOnly />
      <Field
        label={m.portal_account_current()}
        name="currentPassword"
        type="password"
        autoComplete="current-password"
        required
        error={answer?.errors.currentPassword}
      />
      <Field
        label={m.portal_account_new()}
        hint={m.account_password_hint()}
        name="newPassword"
        type="password"
        autoComplete="new-password"
        required
        minLength={8}
        error={answer?.errors.newPassword}
      />
      <Button busy={busy} icon="lock">
        {m.portal_account_change()}
      </Button>
    </PortalForm>
  )
}
