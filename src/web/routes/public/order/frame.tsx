// The frame of a step: where one is, the step itself, and beside it the running total with what happens next.
import type { ReactNode } from 'react'
import { Link as RouterLink } from 'react-router'
import { m } from '../../../i18n/generated/messages.js'
import { ButtonLink } from '../../../ui/button.tsx'
import { cx } from '../../../ui/class-names.ts'
import { Icon } from '../../../ui/icon.tsx'
import { Money } from '../../../ui/money.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { PageHead } from '../../../ui/page-head.tsx'
import type { Plan } from '../parts/plans.tsx'
import { serviceOf } from '../parts/services.ts'
import type { Template } from '../parts/template-picture.tsx'

const steps = [
  { path: '/pesan', name: () => m.public_order_step_plan() },
  { path: '/pesan/template', name: () => m.public_order_step_template() },
  { path: '/pesan/brief', name: () => m.public_order_step_brief() },
  { path: '/pesan/akun', name: () => m.public_order_step_account() },
  { path: '/pesan/ringkasan', name: () => m.public_order_step_summary() },
] as const
export type Step = 1 | 2 | 3 | 4 | 5
const nameOf = (step: Step) => steps[(step - 1) as 0 | 1 | 2 | 3 | 4].name()

export interface Chosen {
  plan: Plan | null
  template: Template | null
}

export function OrderFrame({
  step,
  title,
  text,
  message,
  chosen,
  children,
}: {
  step: Step
  title: string
  text: string
  message?: string | null | undefined
  chosen: Chosen
  children: ReactNode
}) {
  return (
    <div className="page pt-8 pb-6 md:pt-12">
      <PageHead title={`${m.public_order_title()}: ${nameOf(step)}`} index={false} />
      <Progress step={step} plan={chosen.plan} />
      <div className="mt-8 grid gap-x-16 gap-y-12 md:mt-12 lg:grid-cols-[1fr_20rem]">
        <div>
          <h1 className="text-title md:text-display">{title}</h1>
          <p className="measure mt-3 text-soft">{text}</p>
          {message && (
            <Notice tone="danger" live className="mt-6">
              {message}
            </Notice>
          )}
          <div className="mt-8">{children}</div>
        </div>
        <Aside chosen={chosen} />
      </div>
    </div>
  )
}

function Progress({ step, plan }: { step: Step; plan: Plan | null }) {
  return (
    <nav aria-label={m.public_order_steps()}>
      <p className="flex justify-between gap-4 text-small font-semibold sm:hidden">
        <span>
          {m.public_order_step_of({ step, count: steps.length })} · {nameOf(step)}
        </span>
        {plan && <Money rupiah={plan.price} />}
      </p>
      <ol className="mt-3 grid grid-cols-5 gap-1.5 sm:mt-0 sm:gap-3">
        {steps.map(({ path, name }, index) => {
          const done = index + 1 < step
          const current = index + 1 === step
          return (
            <li
              key={path}
              aria-current={current ? 'step' : undefined}
              className={cx(
                'border-t-[3px] pt-2.5 text-small',
                done ? 'border-daun' : current ? 'border-nila' : 'border-line',
              )}
            >
              <span className="max-sm:visually-hidden">
                {done ? (
                  <RouterLink
                    to={path}
                    className="inline-flex items-center gap-1.5 font-medium text-soft no-underline hover:text-ink hover:underline"
                  >
                    <Icon name="check" className="text-daun" label={m.public_order_step_done()} />
                    {name()}
                  </RouterLink>
                ) : (
                  <span className={current ? 'font-semibold' : 'text-faint'}>{name()}</span>
                )}
              </span>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

function Aside({ chosen: { plan, template } }: { chosen: Chosen }) {
  return (
    <aside
      aria-label={m.public_order_aside()}
      className="self-start rounded-base border border-line bg-raised p-6 lg:sticky lg:top-24"
    >
      <h2 className="text-small font-semibold text-faint">{m.public_order_aside()}</h2>
      {plan ? (
        <>
          <dl className="mt-3 space-y-1.5">
            <div className="flex justify-between gap-4">
              <dt className="font-semibold">{plan.name}</dt>
              <dd>
                <Money rupiah={plan.price} />
              </dd>
            </div>
            {template && (
              <div className="flex justify-between gap-4 text-small text-soft">
                <dt>{m.public_order_step_template()}</dt>
                <dd>{template.name}</dd>
              </div>
            )}
            <div className="text-small text-soft">
              <dt className="visually-hidden">{m.public_service_included()}</dt>
              <dd>{m.public_order_includes()}</dd>
            </div>
            <div className="mt-4 flex items-baseline justify-between gap-4 border-t border-line pt-4">
              <dt className="font-semibold">{m.public_order_total()}</dt>
              <dd>
                <Money rupiah={plan.price} className="text-lead font-bold" />
              </dd>
            </div>
          </dl>
          <h3 className="mt-7 text-small font-semibold">{m.public_order_then()}</h3>
          <ol className="mt-3 space-y-2 text-small text-soft">
            {m
              .public_order_then_items({ range: serviceOf(plan.briefKind).ready })
              .split('|')
              .map((item, index) => (
                <li key={item} className="flex gap-3">
                  <span aria-hidden className="w-3 shrink-0 font-semibold tabular text-nila">
                    {index + 1}
                  </span>
                  {item}
                </li>
              ))}
          </ol>
        </>
      ) : (
        <p className="mt-3 text-small text-soft">{m.public_order_aside_empty()}</p>
      )}
      <p className="mt-6 border-t border-line pt-4 text-caption text-faint">{m.public_order_kept()}</p>
    </aside>
  )
}

/** Back and on, at the end of a step's form. */
export function StepButtons({ back, children }: { back?: string; children: ReactNode }) {
  return (
    <div className="mt-9 flex flex-wrap items-center justify-between gap-3 border-t border-line pt-6">
      {back ? (
        <ButtonLink to={back} kind="plain" icon="arrow-left" className="-ml-4.5">
          {m.public_order_back()}
        </ButtonLink>
      ) : (
        <span />
      )}
      {children}
    </div>
  )
}
