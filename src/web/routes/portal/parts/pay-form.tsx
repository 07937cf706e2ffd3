// One press from anywhere in the portal to the code on the screen.
import { m } from '../../../i18n/generated/messages.js'
import { Button, type ButtonSize } from '../../../ui/button.tsx'
import { PortalForm, useSending } from './portal-form.tsx'

/** `paymentKey`: the Idempotency-Key of the next code. */
export function PayForm({
  invoiceId,
  paymentKey,
  label = m.portal_pay_now(),
  size = 'large',
  kind = 'main',
}: {
  invoiceId: string
  paymentKey: string
  label?: string
  size?: ButtonSize
  kind?: 'main' | 'quiet'
}) {
  const busy = useSending('start', { name: 'paymentKey', value: paymentKey })
  return (
    <PortalForm intent="start" action={`/portal/invoices/${invoiceId}/pay`}>
      <input type="hidden" name="paymentKey" value={paymentKey} />
      <Button kind={kind} size={size} icon="qr" busy={busy}>
        {label}
      </Button>
    </PortalForm>
  )
}
