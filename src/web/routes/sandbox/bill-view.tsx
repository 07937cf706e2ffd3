// The bill on the phone's screen: whom, how much, how it stands; one big button to pay, and below it what may go wrong.
import type { ReactNode } from 'react'
import type { z } from 'zod'
import type { Bill } from '../../../domains/billing/sandbox/contract.ts'
import { formatMoney } from '../../i18n/format.ts'
import { m } from '../../i18n/generated/messages.js'
import { getLocale } from '../../i18n/generated/runtime.js'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { DateTime } from '../../ui/date-time.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Money } from '../../ui/money.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { acts, forgeries, statusWords, troublesOf } from './scenarios.ts'
import type { Act } from './scenarios.ts'

export function BillView({ bill, qr }: { bill: z.output<typeof Bill>; qr: string }) {
  const { transactionStatus: status } = bill
  const { word, tone } = statusWords[status]
  const troubles = troublesOf(status)
  return (
    <form method="post" action="/sandbox/wallet">
      <input type="hidden" name="qr" value={qr} />
      <div className="text-center">
        <p className="text-small text-faint">{m.sandbox_pay_to()}</p>
        <p className="mt-1 text-lead font-bold">{bill.merchantName}</p>
        <p className="text-small text-soft">{bill.merchantCity}</p>
        <p className="mt-6 text-display font-bold">
          <span className="visually-hidden">{m.sandbox_amount()} </span>
          <Money rupiah={bill.amount} />
        </p>
        <p className="mt-3">
          <StatusTag tone={tone}>
            {bill.payments > 1 ? m.sandbox_more_payments({ count: bill.payments }) : word()}
          </StatusTag>
        </p>
      </div>
      <dl className="mt-6 border-y border-line py-1 text-small">
        {bill.reference && (
          <Fact name={m.sandbox_reference()}>
            <span className="font-mono text-caption break-all">{bill.reference}</span>
          </Fact>
        )}
        {bill.settledAt ? (
          <Fact name={m.sandbox_paid_at()}>
            <DateTime at={bill.settledAt} show="full" />
          </Fact>
        ) : (
          <Fact name={m.sandbox_valid_until()}>
            <DateTime at={bill.expiresAt} show="full" />
          </Fact>
        )}
      </dl>
      {status === 'pending' && (
        <Button kind="main" size="large" icon="phone" name="scenario" value="pay" className="mt-6 w-full">
          {m.sandbox_pay_button({ amount: formatMoney(bill.amount, getLocale()) })}
        </Button>
      )}
      {bill.settlesAt && (
        <ButtonLink
          to={`/sandbox/wallet?qr=${encodeURIComponent(qr)}`}
          reloadDocument
          icon="refresh"
          size="large"
          className="mt-6 w-full"
        >
          {m.sandbox_refresh()}
        </ButtonLink>
      )}
      {troubles.length > 0 && (
        <Choices
          title={m.sandbox_trouble_title()}
          text={m.sandbox_trouble_text()}
          choices={troubles}
          paid={bill.payments > 0}
        />
      )}
      <Choices title={m.sandbox_forged_title()} choices={forgeries} paid={bill.payments > 0} />
      <p className="mt-6 text-center">
        <ButtonLink to="/sandbox/wallet" reloadDocument kind="plain" icon="qr">
          {m.sandbox_scan_again()}
        </ButtonLink>
      </p>
    </form>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex justify-between gap-6 py-2.5">
      <dt className="shrink-0 text-faint">{name}</dt>
      <dd className="text-right">{children}</dd>
    </div>
  )
}

interface ChoicesShown {
  title: string
  text?: string
  choices: Exclude<Act, 'pay'>[]
  /** Whether the bill has been paid: another payment is then one more, not two. */
  paid: boolean
}

function Choices({ title, text, choices, paid }: ChoicesShown) {
  return (
    <section className="mt-8">
      <h2 className="text-small font-bold">{title}</h2>
      {text && <p className="mt-1 text-caption text-soft">{text}</p>}
      <ul className="mt-3 divide-y divide-line overflow-hidden rounded-base border border-line bg-raised">
        {choices.map((act) => {
          const { icon, name, text: explained } = acts[act]
          return (
            <li key={act}>
              <button
                name="scenario"
                value={act}
                className="flex w-full items-start gap-3.5 px-4 py-3.5 text-left transition-colors duration-150 hover:bg-nila-wash focus-visible:-outline-offset-2"
              >
                <Icon name={icon} className="mt-0.5 size-5 text-nila" />
                <span>
                  <span className="block text-small font-semibold">
                    {act === 'pay_twice' && paid ? m.sandbox_act_pay_again() : name()}
                  </span>
                  <span className="block text-caption text-soft">{explained()}</span>
                </span>
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
