// The page to hold up to a phone. It shows one thing at a time: the code, or what became of it. "Paid" appears by itself.
import { data, redirect } from 'react-router'
import {
  InvoiceNotPayable,
  PaymentNotPending,
  checkPayment,
  getInvoice,
  startPayment,
} from '../../../domains/billing/contract.ts'
import { nextCodeKey, paymentView } from '../../../domains/billing/ui/payment-view.ts'
import { IdempotencyKeyInFlight, IdempotencyKeyReused } from '../../../platform/contract/problem.ts'
import { page } from '../../context.ts'
import { explain, text } from '../../form.ts'
import { m } from '../../i18n/generated/messages.js'
import { problemOf } from '../../problem.ts'
import { LiveRegion } from '../../ui/live-region.tsx'
import { Money } from '../../ui/money.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useNow } from '../../ui/now.ts'
import type { Route } from './+types/pay.ts'
import { CodeEnded, Finished, Preparing, Start } from './parts/pay-states.tsx'
import { PageTitle } from './parts/page-title.tsx'
import { Waiting } from './parts/waiting.tsx'

export { PortalFault as ErrorBoundary } from './parts/fault.tsx'

export async function loader({ params, context }: Route.LoaderArgs) {
  const { call } = context.get(page)
  return { invoice: await call(getInvoice, { id: params.id }) }
}

export async function action({ params: { id }, request, context }: Route.ActionArgs) {
  const { call } = context.get(page)
  const here = `/portal/invoices/${id}/pay`
  const form = await request.formData()
  try {
    if (text(form, 'intent') === 'check') {
      const { status } = await call(checkPayment, { id: text(form, 'payment') })
      return status === 'pending' || status === 'created' ? { checked: true, message: null } : redirect(here, 303)
    }
    await call(startPayment, { id, method: 'qris' }, { idempotencyKey: text(form, 'paymentKey') })
    return redirect(here, 303)
  } catch (error) {
    const problem = problemOf(error)
    // Something has happened meanwhile; the page as it is now tells what.
    const overtaken = problem.is(InvoiceNotPayable, PaymentNotPending, IdempotencyKeyInFlight, IdempotencyKeyReused)
    if (overtaken) return redirect(here, 303)
    return data({ checked: false, message: explain(problem) }, { status: problem.status })
  }
}

export default function Pay({ loaderData: { invoice }, actionData }: Route.ComponentProps) {
  const view = paymentView(invoice, useNow(1000))
  const paymentKey = nextCodeKey(invoice)
  const open = !['paid', 'refunded', 'cancelled'].includes(view.kind)
  return (
    <div className="mx-auto max-w-3xl">
      <PageTitle
        title={m.portal_pay_title()}
        text={m.portal_pay_for({ number: invoice.number, name: invoice.projectName })}
        back={{ to: `/portal/projects/${invoice.projectId}`, label: invoice.projectName }}
      />
      {actionData?.message && (
        <Notice tone="danger" live className="mb-6">
          {actionData.message}
        </Notice>
      )}
      {open && (
        <p className="mb-6">
          <span className="block text-small text-faint">{m.portal_pay_amount()}</span>
          <Money
            rupiah={view.kind === 'waiting' ? view.payment.amount : invoice.balance}
            className="text-display font-bold tracking-tight md:text-hero"
          />
        </p>
      )}
      {view.kind === 'start' && <Start invoiceId={invoice.id} paymentKey={paymentKey} />}
      {view.kind === 'preparing' && <Preparing invoiceId={invoice.id} paymentKey={paymentKey} />}
      {view.kind === 'waiting' && <Waiting invoice={invoice} view={view} checked={actionData?.checked === true} />}
      {(view.kind === 'expired' || view.kind === 'denied' || view.kind === 'failed') && (
        <CodeEnded
          why={view.kind}
          invoiceId={invoice.id}
          payment={view.payment}
          paymentKey={paymentKey}
          checked={actionData?.checked === true}
        />
      )}
      {(view.kind === 'paid' || view.kind === 'refunded' || view.kind === 'cancelled') && (
        <Finished how={view.kind} invoice={invoice} />
      )}
      <LiveRegion>{announcement(view.kind)}</LiveRegion>
    </div>
  )
}

/** What screen readers hear when the page changes by itself. */
function announcement(kind: ReturnType<typeof paymentView>['kind']): string {
  if (kind === 'paid') return m.portal_pay_paid_title()
  if (kind === 'expired') return m.portal_pay_expired_title()
  if (kind === 'denied') return m.portal_pay_denied_title()
  return kind === 'waiting' ? m.portal_pay_waiting() : ''
}
