// Last step: everything once more, then the order. The key in the form makes pressing twice harmless.
import { randomUUID } from 'node:crypto'
import type { ReactNode } from 'react'
import { data, redirect } from 'react-router'
import { PlanNotOffered, TemplateNotOffered, placeOrder } from '../../../../domains/projects/contract.ts'
import { page } from '../../../context.ts'
import { explain, text } from '../../../form.ts'
import { m } from '../../../i18n/generated/messages.js'
import { getLocale } from '../../../i18n/generated/runtime.js'
import { formatMoney } from '../../../i18n/format.ts'
import { paths } from '../../../paths.ts'
import { problemOf } from '../../../problem.ts'
import { useReader } from '../../../reader.ts'
import { Button } from '../../../ui/button.tsx'
import { Link } from '../../../ui/link.tsx'
import type { Route } from './+types/summary.ts'
import { briefFields, nameField } from './brief-fields.ts'
import { forgetDraft } from './draft.server.ts'
import { OrderFrame, StepButtons } from './frame.tsx'
import { orderWithPlan } from './order.server.ts'

async function readyOrder(args: Route.LoaderArgs | Route.ActionArgs) {
  const order = await orderWithPlan(args)
  if (!order.draft.name) throw redirect('/pesan/brief')
  if (!order.user) throw redirect('/pesan/akun')
  return { ...order, name: order.draft.name, answers: order.draft.briefs[order.plan.briefKind] ?? {} }
}

export async function loader(args: Route.LoaderArgs) {
  const { plan, template, name, answers } = await readyOrder(args)
  return { chosen: { plan, template }, plan, name, answers, key: randomUUID() }
}

export async function action(args: Route.ActionArgs) {
  const { call, publicUrl } = args.context.get(page)
  const { plan, template, name, answers } = await readyOrder(args)
  const idempotencyKey = text(await args.request.formData(), 'key')
  try {
    const brief = { kind: plan.briefKind, ...answers }
    const { invoice } = await call(
      placeOrder,
      { plan: plan.slug, projectName: name, brief, ...(template && { templateId: template.id }) },
      { idempotencyKey },
    )
    return redirect(paths.pay(invoice.id), { status: 303, headers: forgetDraft(publicUrl.startsWith('https:')) })
  } catch (error) {
    const problem = problemOf(error)
    const message = problem.is(PlanNotOffered)
      ? m.public_order_failed_plan()
      : problem.is(TemplateNotOffered)
        ? m.public_order_failed_template()
        : explain(problem)
    return data({ message }, { status: problem.status })
  }
}

export default function SummaryStep({
  loaderData: { chosen, plan, name, answers, key },
  actionData,
}: Route.ComponentProps) {
  const { user } = useReader()
  const asked = briefFields[plan.briefKind]()
  const given = asked.filter((field) => answers[field.name])
  return (
    <OrderFrame
      step={5}
      title={m.public_order_summary_title()}
      text={m.public_order_summary_text()}
      message={actionData?.message}
      chosen={chosen}
    >
      <dl className="border-t border-line">
        <Row term={m.public_order_step_plan()} change="/pesan">
          {plan.name}
        </Row>
        <Row term={m.public_order_step_template()} change="/pesan/template">
          {chosen.template?.name ?? m.public_order_no_template()}
        </Row>
        <Row term={nameField[plan.briefKind]().label} change="/pesan/brief">
          {name}
        </Row>
        <Row term={m.public_order_step_brief()} change="/pesan/brief">
          {given.length === 0 ? (
            m.public_order_brief_empty()
          ) : (
            <dl className="space-y-3">
              {given.map((field) => (
                <div key={field.name}>
                  <dt className="text-caption text-faint">{field.label}</dt>
                  <dd className="line-clamp-4 text-small whitespace-pre-line">{answers[field.name]}</dd>
                </div>
              ))}
            </dl>
          )}
        </Row>
        <Row term={m.public_order_step_account()}>
          {user?.name}
          <span className="block text-small text-soft">{user?.email}</span>
        </Row>
      </dl>
      <form method="post">
        <input type="hidden" name="key" value={key} />
        <StepButtons back="/pesan/brief">
          <Button kind="main" size="large" after="arrow-right" className="max-sm:w-full">
            {m.public_order_place({ price: formatMoney(plan.price, getLocale()) })}
          </Button>
        </StepButtons>
        <p className="mt-4 text-caption text-faint">{m.public_order_place_note()}</p>
      </form>
    </OrderFrame>
  )
}

function Row({ term, change, children }: { term: string; change?: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-6 gap-y-1 border-b border-line py-4 sm:grid-cols-[10rem_1fr_auto]">
      <dt className="text-small text-faint">{term}</dt>
      <dd className="min-w-0 font-medium break-words">{children}</dd>
      {change && (
        <dd className="text-small">
          <Link to={change} aria-label={m.public_order_change_what({ what: term })}>
            {m.public_order_change()}
          </Link>
        </dd>
      )}
    </div>
  )
}
