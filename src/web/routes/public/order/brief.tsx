// Third step: the questions that belong to the kind of website.
import { data } from 'react-router'
import { Brief } from '../../../../domains/projects/contract.ts'
import { Line } from '../../../../platform/contract/shapes.ts'
import { text } from '../../../form.ts'
import { m } from '../../../i18n/generated/messages.js'
import { Button } from '../../../ui/button.tsx'
import { Field, Select, Textarea } from '../../../ui/field.tsx'
import type { Route } from './+types/brief.ts'
import { briefFields, briefTitle, nameField, type BriefField } from './brief-fields.ts'
import { OrderFrame, StepButtons } from './frame.tsx'
import { goOn, orderWithPlan } from './order.server.ts'

export async function loader(args: Route.LoaderArgs) {
  const { draft, plan, template } = await orderWithPlan(args)
  return {
    name: draft.name ?? '',
    answers: draft.briefs[plan.briefKind] ?? {},
    chosen: { plan, template },
    kind: plan.briefKind,
  }
}

export async function action(args: Route.ActionArgs) {
  const form = await args.request.formData()
  const { draft, plan, user } = await orderWithPlan(args)
  const kind = plan.briefKind
  const fields = briefFields[kind]()
  const name = text(form, 'name')
  const answers = Object.fromEntries(
    fields.map((field) => [field.name, text(form, field.name).replaceAll('\r\n', '\n')]).filter(([, answer]) => answer),
  )
  const errors: Record<string, string> = {}
  if (!Line(120).safeParse(name).success) errors['name'] = m.public_order_err_name()
  for (const { path } of Brief.safeParse({ kind, ...answers }).error?.issues ?? []) {
    const field = fields.find((each) => each.name === path[0])
    if (field) errors[field.name] = field.wrong
  }
  const values = { name, answers }
  if (Object.keys(errors).length > 0)
    return data({ ...values, errors, message: m.account_check_fields() }, { status: 422 })
  const next = { ...draft, name, briefs: { ...draft.briefs, [kind]: answers } }
  // Without room for both, the brief of a kind that is not ordered has to go.
  const answer =
    goOn(user ? '/pesan/ringkasan' : '/pesan/akun', next, args.context) ??
    goOn(user ? '/pesan/ringkasan' : '/pesan/akun', { ...next, briefs: { [kind]: answers } }, args.context)
  return answer ?? data({ ...values, errors, message: m.public_order_err_too_long() }, { status: 422 })
}

export default function BriefStep({ loaderData, actionData }: Route.ComponentProps) {
  const { chosen, kind } = loaderData
  const { name, answers } = actionData ?? loaderData
  const errors = actionData?.errors ?? {}
  const naming = nameField[kind]()
  return (
    <OrderFrame
      step={3}
      title={briefTitle[kind]()}
      text={m.public_order_brief_text()}
      message={actionData?.message}
      chosen={chosen}
    >
      <form method="post" noValidate className="max-w-xl">
        <div className="space-y-6">
          <Field
            label={naming.label}
            placeholder={naming.example}
            name="name"
            required
            maxLength={120}
            autoComplete="organization"
            defaultValue={name}
            error={errors['name']}
          />
          {briefFields[kind]().map((field) => (
            <Control key={field.name} field={field} value={answers[field.name]} error={errors[field.name]} />
          ))}
        </div>
        <StepButtons back="/pesan/template">
          <Button kind="main" size="large" after="arrow-right">
            {m.public_order_next()}
          </Button>
        </StepButtons>
      </form>
    </OrderFrame>
  )
}

function Control({ field, value, error }: { field: BriefField; value: string | undefined; error: string | undefined }) {
  const { name, label, hint, example, control } = field
  const look = { name, label, hint, error, optional: m.common_optional(), defaultValue: value }
  if (control === 'long') return <Textarea {...look} rows={3} maxLength={2000} />
  if (control === 'line')
    return <Field {...look} placeholder={example} maxLength={253} {...(name === 'npsn' && { inputMode: 'numeric' })} />
  return (
    <Select {...look}>
      <option value="">{m.public_order_level_choose()}</option>
      {control.map((choice) => (
        <option key={choice}>{choice}</option>
      ))}
    </Select>
  )
}
