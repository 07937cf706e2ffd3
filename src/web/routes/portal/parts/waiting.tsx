// The code itself: large, with the time it is valid, whom it pays, and how.
import { memo } from 'react'
import { merchantName } from '../../../../domains/billing/ui/merchant-name.ts'
import type { PaymentView } from '../../../../domains/billing/ui/payment-view.ts'
import { formatMoney } from '../../../i18n/format.ts'
import { m } from '../../../i18n/generated/messages.js'
import { getLocale } from '../../../i18n/generated/runtime.js'
import { useReader } from '../../../reader.ts'
import { buttonClass } from '../../../ui/button.tsx'
import { Countdown } from '../../../ui/countdown.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { QrCode } from '../../../ui/qr-code.tsx'
import { CheckForm } from './pay-states.tsx'

// The page renders every second for the countdown; the code stays.
const Code = memo(QrCode)

export function Waiting({
  invoice,
  view: { payment, qrString, expiresAt },
  checked,
}: {
  invoice: { id: string; number: string }
  view: Extract<PaymentView, { kind: 'waiting' }>
  checked: boolean
}) {
  const { sandbox } = useReader()
  const merchant = merchantName(qrString)
  return (
    <div className="animate-arrive grid gap-x-12 gap-y-10 md:grid-cols-[20rem_minmax(0,1fr)]">
      <div>
        <div className="mx-auto w-full max-w-96 overflow-hidden rounded-base border border-line bg-white">
          <Code
            text={qrString}
            label={m.portal_pay_qr({ number: invoice.number, amount: formatMoney(payment.amount, getLocale()) })}
          />
        </div>
        <dl className="mx-auto mt-4 flex max-w-96 flex-wrap justify-between gap-x-6 gap-y-2 text-small">
          <div>
            <dt className="text-faint">{m.portal_pay_remaining()}</dt>
            <dd className="text-lead font-bold">
              <Countdown until={expiresAt} />
            </dd>
          </div>
          {merchant && (
            <div className="text-right">
              <dt className="text-faint">{m.portal_pay_merchant()}</dt>
              <dd className="font-semibold">{merchant}</dd>
            </div>
          )}
        </dl>
        <noscript>
          <meta httpEquiv="refresh" content="10" />
        </noscript>
      </div>
      <div>
        <p className="flex items-center gap-2.5 font-semibold text-nila">
          <span aria-hidden className="size-2.5 animate-breathe rounded-full bg-nila" />
          {m.portal_pay_waiting()}
        </p>
        <HowToPay />
        <div className="mt-7">
          <CheckForm payment={payment} checked={checked} />
        </div>
        {sandbox && (
          <Notice tone="attention" className="mt-7">
            <p>{m.portal_pay_wallet_text()}</p>
            <a
              href={`/sandbox/wallet?qr=${encodeURIComponent(qrString)}`}
              target="_blank"
              rel="noopener"
              className={buttonClass({ size: 'small' }, 'mt-3')}
            >
              <Icon name="phone" />
              {m.portal_pay_wallet()}
            </a>
          </Notice>
        )}
      </div>
    </div>
  )
}

function HowToPay() {
  const steps = [m.portal_pay_step_open(), m.portal_pay_step_scan(), m.portal_pay_step_confirm()]
  return (
    <section aria-labelledby="how" className="mt-6">
      <h2 id="how" className="font-bold">
        {m.portal_pay_how()}
      </h2>
      <ol className="mt-3 space-y-4 text-small text-soft">
        {steps.map((step, index) => (
          <li key={step} className="flex gap-3.5">
            <span
              aria-hidden
              className="grid size-7 shrink-0 place-items-center rounded-full bg-sunken font-bold text-ink tabular"
            >
              {index + 1}
            </span>
            <span className="pt-0.5">{step}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
