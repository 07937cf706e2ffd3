// First step. A link from elsewhere may bring the choice along: `/pesan?plan=company&template=karsa`.
import { data } from 'react-router'
import { text } from '../../../form.ts'
import { m } from '../../../i18n/generated/messages.js'
import { Button } from '../../../ui/button.tsx'
import { Money } from '../../../ui/money.tsx'
import { serviceOf } from '../parts/services.ts'
import type { Route } from './+types/plan.ts'
import { OrderFrame, StepButtons } from './frame.tsx'
import { goOn, readOrder } from './order.server.ts'

export async function loader(args: Route.LoaderArgs) {
  const { draft, plans, plan, template } = await readOrder(args)
  const query = new URL(args.request.url).searchParams
  const brought = plans.find(({ slug }) => slug === query.get('plan'))
  if (brought) {
    const design = query.get('template')
    const next = {
      ...draft,
      plan: brought.slug,
      ...(design !== null && /^[a-z0-9-]{1,60}$/.test(design) && { template: design }),
    }
    const answer = goOn(design === null ? '/pesan/template' : '/pesan/brief', next, args.context)
    if (answer) return answer
  }
  return { plans, chosen: { plan, template } }
}

export async function action(args: Route.ActionArgs) {
  const slug = text(await args.request.formData(), 'plan')
  const { draft, plans } = await readOrder(args)
  const plan = plans.find((each) => each.slug === slug)
  const answer = plan && goOn('/pesan/template', { ...draft, plan: plan.slug }, args.context)
  return answer ?? data({ message: m.public_order_plan_missing() }, { status: 422 })
}

export default function PlanStep({ loaderData: { plans, chosen }, actionData }: Route.ComponentProps) {
  return (
    <OrderFrame
      step={1}
      title={m.public_order_plan_title()}
      text={m.public_order_plan_text()}
      message={actionData?.message}
      chosen={chosen}
    >
      <form method="post">
        <fieldset className="space-y-3">
          <legend className="visually-hidden">{m.public_order_plan_title()}</legend>
          {plans.map((plan) => (
            <label
              key={plan.id}
              className="flex gap-4 rounded-base border border-edge/60 bg-raised p-5 transition-colors duration-150 hover:border-ink has-checked:border-nila has-checked:bg-nila-wash has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-nila"
            >
              <input
                type="radio"
                name="plan"
                value={plan.slug}
                defaultChecked={plan.slug === chosen.plan?.slug}
                required
                className="mt-1.5 size-4.5 shrink-0 accent-nila outline-none"
              />
              <span className="grid flex-1 gap-x-6 gap-y-1 sm:grid-cols-[1fr_auto]">
                <span>
                  <span className="block text-lead font-bold">{plan.name}</span>
                  <span className="block text-small text-soft">{plan.summary}</span>
                  <span className="mt-1 block text-caption text-soft">
                    {m.public_ready_in({ range: serviceOf(plan.briefKind).ready })} ·{' '}
                    {m.public_support_days({ days: plan.supportDays })}
                  </span>
                </span>
                <Money rupiah={plan.price} className="text-lead font-bold" />
              </span>
            </label>
          ))}
        </fieldset>
        <StepButtons>
          <Button kind="main" size="large" after="arrow-right">
            {m.public_order_next()}
          </Button>
        </StepButtons>
      </form>
    </OrderFrame>
  )
}
