// What the payment page shows when there is no code on it: before, in between, and after.
import type { z } from 'zod'
import type { Invoice } from '../../../../domains/billing/contract.ts'
import type { PaymentRecord } from '../../../../domains/billing/ui/payment-view.ts'
import { m } from '../../../i18n/generated/messages.js'
import { Button, ButtonLink } from '../../../ui/button.tsx'
import { DateTime } from '../../../ui/date-time.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Money } from '../../../ui/money.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { PayForm } from './pay-form.tsx'
import { PortalForm, useSending } from './portal-form.tsx'

interface Next {
  invoiceId: string
  paymentKey: string
}

export function Start({ invoiceId, paymentKey }: Next) {
  return (
    <div className="animate-arrive">
      <p className="measure mb-6 text-soft">{m.portal_pay_start_text()}</p>
      <PayForm invoiceId={invoiceId} paymentKey={paymentKey} label={m.portal_pay_start()} />
    </div>
  )
}

export function Preparing({ invoiceId, paymentKey }: Next) {
  return (
    <div className="animate-arrive">
      <Notice tone="attention" title={m.portal_pay_preparing_title()} className="mb-6">
        {m.portal_pay_preparing_text()}
      </Notice>
      <PayForm invoiceId={invoiceId} paymentKey={paymentKey} label={m.portal_pay_start()} />
    </div>
  )
}

const ended = {
  expired: { title: () => m.portal_pay_expired_title(), text: () => m.portal_pay_expired_text() },
  denied: { title: () => m.portal_pay_denied_title(), text: () => m.portal_pay_denied_text() },
  failed: { title: () => m.portal_pay_failed_title(), text: () => m.portal_pay_failed_text() },
}

export function CodeEnded({
  why,
  payment,
  checked,
  invoiceId,
  paymentKey,
}: Next & { why: keyof typeof ended; payment: PaymentRecord; checked: boolean }) {
  return (
    <div className="animate-arrive">
      <Notice tone={why === 'expired' ? 'attention' : 'danger'} title={ended[why].title()} className="mb-6">
        {ended[why].text()}
      </Notice>
      <div className="flex flex-wrap items-start gap-3">
        <PayForm invoiceId={invoiceId} paymentKey={paymentKey} label={m.portal_pay_new_code()} />
        <CheckForm payment={payment} checked={checked} />
      </div>
    </div>
  )
}

/** Asks the provider now, for whoever does not want to wait. */
export function CheckForm({ payment, checked }: { payment: PaymentRecord; checked: boolean }) {
  const busy = useSending('check')
  return (
    <PortalForm intent="check">
      <input type="hidden" name="payment" value={payment.id} />
      <Button icon="refresh" size="large" busy={busy}>
        {m.portal_pay_check()}
      </Button>
      {checked && !busy && (
        <p role="status" className="measure mt-3 animate-arrive text-small text-soft">
          {m.portal_pay_checked()}
        </p>
      )}
    </PortalForm>
  )
}

const finished = {
  paid: { title: () => m.portal_pay_paid_title(), text: () => m.portal_pay_paid_text() },
  refunded: { title: () => m.portal_pay_refunded_title(), text: () => m.portal_pay_refunded_text() },
  cancelled: { title: () => m.portal_pay_cancelled_title(), text: () => m.portal_pay_cancelled_text() },
}

export function Finished({ how, invoice }: { how: keyof typeof finished; invoice: z.output<typeof Invoice> }) {
  const paid = how === 'paid'
  return (
    <div className="animate-arrive rounded-base border border-line bg-raised px-6 py-10 text-center md:py-14">
      <span
        className={`mx-auto grid size-16 place-items-center rounded-full ${paid ? 'bg-daun-wash text-daun' : 'bg-sunken text-soft'}`}
      >
        <Icon name={paid ? 'check' : how === 'refunded' ? 'undo' : 'close'} className="size-8" />
      </span>
      <h2 className="mt-5 text-title">{finished[how].title()}</h2>
      {paid && (
        <p className="mt-2 text-soft">
          <Money rupiah={invoice.total} className="font-semibold text-ink" />
          {invoice.paidAt && (
            <>
              {' · '}
              <DateTime at={invoice.paidAt} />
            </>
          )}
        </p>
      )}
      <p className="mx-auto mt-3 max-w-md text-soft">{finished[how].text()}</p>
      <div className="mt-7 flex flex-wrap justify-center gap-3">
        <ButtonLink to={`/portal/projects/${invoice.projectId}`} kind="main" size="large" after="arrow-right">
          {m.portal_see_project()}
        </ButtonLink>
        <ButtonLink to={`/portal/invoices/${invoice.id}`} size="large" icon="receipt">
          {m.portal_see_invoice()}
        </ButtonLink>
      </div>
    </div>
  )
}
