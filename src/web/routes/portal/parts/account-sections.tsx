import { m } from '../../../i18n/generated/messages.js'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import type { AccountAnswer, AccountForm, AccountProfile, AccountSession } from './account-answer.ts'
import { EmailState } from './email-state.tsx'
import { Section } from './page-title.tsx'
import { PasswordForm } from './password-form.tsx'
import { ProfileForm } from './profile-form.tsx'
import { SessionList } from './session-list.tsx'

/** Everything a person may change about the own account. `answer` is what the page's action gave back last. */
export function AccountSections({
  user,
  sessions,
  answer,
}: {
  user: AccountProfile
  sessions: AccountSession[]
  answer: AccountAnswer | undefined
}) {
  const of = (form: AccountForm) => (answer?.form === form ? answer : undefined)
  return (
    <div className="divide-y divide-line">
      <Section id="profile" title={m.portal_account_profile()} className="pb-10">
        <EmailState user={user} answer={of('resend')} />
        <ProfileForm user={user} answer={of('profile')} />
      </Section>
      <Section id="password" title={m.portal_account_security()} className="py-10">
        {user.mustChangePassword && (
          <Notice tone="attention" className="mb-5">
            {m.portal_account_temporary()}
          </Notice>
        )}
        <PasswordForm email={user.email} answer={of('password')} />
      </Section>
      <Section id="sessions" title={m.portal_account_sessions()} className="py-10">
        <SessionList sessions={sessions} answer={of('revoke')} />
      </Section>
      <div className="pt-8">
        <form method="post" action="/sign-out">
          <Button icon="sign-out">{m.portal_account_sign_out()}</Button>
        </form>
      </div>
    </div>
  )
}
