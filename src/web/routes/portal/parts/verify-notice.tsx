import { m } from '../../../i18n/generated/messages.js'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { PortalForm, useSending } from './portal-form.tsx'

export interface ResendAnswer {
  sent: boolean
  message: string | null
}

/** Asks quietly to confirm the e-mail address, and sends the link again. */
export function VerifyNotice({ email, answer }: { email: string; answer: ResendAnswer | undefined }) {
  const busy = useSending('resend')
  if (answer?.sent) {
    return (
      <Notice tone="success" live className="mt-8">
        {m.portal_verify_sent({ email })}
      </Notice>
    )
  }
  return (
    <Notice tone="neutral" title={m.portal_verify_title()} className="mt-8">
      <p>{m.portal_verify_text({ email })}</p>
      {answer?.message && (
        <p role="alert" className="mt-2 font-semibold text-bata">
          {answer.message}
        </p>
      )}
      <PortalForm intent="resend" className="mt-3">
        <Button size="small" icon="mail" busy={busy}>
          {m.portal_verify_resend()}
        </Button>
      </PortalForm>
    </Notice>
  )
}
