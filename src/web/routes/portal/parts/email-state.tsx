import { m } from '../../../i18n/generated/messages.js'
import { Button } from '../../../ui/button.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import type { AccountAnswer, AccountProfile } from './account-answer.ts'
import { Outcome } from './outcome.tsx'
import { PortalForm, useSending } from './portal-form.tsx'

/** The e-mail address, whether it is confirmed, and the way to confirm it. */
export function EmailState({ user, answer }: { user: AccountProfile; answer: AccountAnswer | undefined }) {
  const busy = useSending('resend')
  return (
    <div className="mb-7">
      <p className="text-small font-semibold">{m.account_email()}</p>
      <div className="mt-1 mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <span className="wrap-anywhere">{user.email}</span>
        {user.emailVerified ? (
          <StatusTag tone="success">{m.portal_account_verified()}</StatusTag>
        ) : (
          <StatusTag tone="attention">{m.portal_account_unverified()}</StatusTag>
        )}
      </div>
      <Outcome answer={answer} done={m.portal_verify_sent({ email: user.email })} />
      {!user.emailVerified && !answer?.done && (
        <PortalForm intent="resend">
          <Button size="small" icon="mail" busy={busy}>
            {m.portal_verify_resend()}
          </Button>
        </PortalForm>
      )}
    </div>
  )
}
