// The one thing to do now, large; whatever else waits, below it in a line each.
import type { ReactNode } from 'react'
import { m } from '../../../i18n/generated/messages.js'
import { getLocale } from '../../../i18n/generated/runtime.js'
import { formatMoney } from '../../../i18n/format.ts'
import { ButtonLink } from '../../../ui/button.tsx'
import { Icon, type IconName } from '../../../ui/icon.tsx'
import { Link } from '../../../ui/link.tsx'
import type { NextStep } from './next-step.ts'
import { PayForm } from './pay-form.tsx'

/** `visit` is another value at every loading of the page. */
export function NextSteps({ steps: [first, ...others], visit }: { steps: NextStep[]; visit: string }) {
  if (!first) return null
  return (
    <section aria-labelledby="needed">
      <h2 id="needed" className="visually-hidden">
        {m.portal_needed()}
      </h2>
      {first.kind === 'review' ? (
        <Panel
          icon="eye"
          tone="attention"
          title={m.portal_next_review_of({ name: first.project.name })}
          text={m.portal_next_review_text()}
        >
          <ButtonLink to={`/portal/projects/${first.project.id}`} kind="main" size="large" after="arrow-right">
            {m.portal_review_now()}
          </ButtonLink>
        </Panel>
      ) : (
        <Panel
          icon="qr"
          tone="attention"
          title={m.portal_next_pay_title({ amount: formatMoney(first.invoice.balance, getLocale()) })}
          text={
            <>
              <Link
                to={`/portal/projects/${first.invoice.projectId}`}
                look="plain"
                className="font-semibold underline underline-offset-4"
              >
                {first.invoice.projectName}
              </Link>
              {'. '}
              {m.portal_next_pay_text()}
            </>
          }
        >
          <PayForm invoiceId={first.invoice.id} paymentKey={`visit:${visit}:${first.invoice.id}`} />
          <ButtonLink to={`/portal/invoices/${first.invoice.id}`} size="large">
            {m.portal_see_invoice()}
          </ButtonLink>
        </Panel>
      )}
      {others.length > 0 && (
        <div className="mt-6">
          <h3 className="text-small font-semibold text-faint">{m.portal_needed_more()}</h3>
          <ul className="mt-1">
            {others.map((step) => (
              <OtherStep key={step.kind === 'pay' ? step.invoice.id : step.project.id} step={step} />
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}

function OtherStep({ step }: { step: NextStep }) {
  const review = step.kind === 'review'
  const to = review ? `/portal/projects/${step.project.id}` : `/portal/invoices/${step.invoice.id}/pay`
  const text = review
    ? m.portal_next_review_of({ name: step.project.name })
    : m.portal_next_pay_row({ amount: formatMoney(step.invoice.balance, getLocale()), name: step.invoice.projectName })
  return (
    <li className="border-b border-line last:border-0">
      <Link to={to} look="plain" className="flex min-h-12 items-center gap-3 py-2 text-small font-semibold">
        <Icon name={review ? 'eye' : 'receipt'} className="text-kunyit" />
        <span className="min-w-0 flex-1 wrap-anywhere">{text}</span>
        <Icon name="chevron-right" className="text-faint" />
      </Link>
    </li>
  )
}

const tones = {
  attention: { frame: 'bg-kunyit-wash', mark: 'bg-kunyit-mark/25 text-kunyit' },
  action: { frame: 'bg-nila-wash', mark: 'bg-nila/15 text-nila' },
  success: { frame: 'bg-daun-wash', mark: 'bg-daun/15 text-daun' },
  neutral: { frame: 'bg-sunken', mark: 'bg-line text-soft' },
}

/** Where things stand and the one button that moves them on. */
export function Panel({
  icon,
  tone,
  title,
  text,
  children,
}: {
  icon: IconName
  tone: keyof typeof tones
  title: ReactNode
  text: ReactNode
  children?: ReactNode
}) {
  return (
    <div className={`animate-arrive rounded-base px-5 py-6 md:px-8 md:py-8 ${tones[tone].frame}`}>
      <div className="flex flex-col gap-4 sm:flex-row sm:gap-6">
        <span className={`grid size-12 shrink-0 place-items-center rounded-full ${tones[tone].mark}`}>
          <Icon name={icon} className="size-6" />
        </span>
        <div className="min-w-0 flex-1">
          <p className="text-lead font-bold wrap-anywhere md:text-title">{title}</p>
          <div className="measure mt-2 text-soft">{text}</div>
          {children && <div className="mt-6 flex flex-wrap items-start gap-3">{children}</div>}
        </div>
      </div>
    </div>
  )
}

export function NothingToDo({ atWork }: { atWork: string[] }) {
  const [only] = atWork
  const text =
    only === undefined
      ? m.portal_nothing_done()
      : atWork.length === 1
        ? m.portal_nothing_working({ name: only })
        : m.portal_nothing_working_many({ count: atWork.length })
  return (
    <Panel
      icon={only === undefined ? 'check' : 'bolt'}
      tone={only === undefined ? 'success' : 'action'}
      title={m.portal_nothing_title()}
      text={text}
    />
  )
}
