// Adds a plan (at `new`) or changes one.
import {
  BriefKind,
  createPlan,
  deletePlan,
  listManagedPlans,
  updatePlan,
} from '../../../../domains/content/contract.ts'
import { page } from '../../../context.ts'
import { m } from '../../../i18n/generated/messages.js'
import { getLocale } from '../../../i18n/generated/runtime.js'
import { PageProblem } from '../../../problem.ts'
import { Select } from '../../../ui/field.tsx'
import { ConsoleFault } from '../parts/fault.tsx'
import { attempt } from '../parts/outcome.ts'
import type { Route } from './+types/plan.ts'
import { deleting, formOf, saving } from './answer.ts'
import { Editor } from './editor.tsx'
import { every } from './every.ts'
import { Bilingual, Placement, Single } from './fields.tsx'
import { localized, localizedLines, valuesOf, whole } from './input.ts'
import { storedFields } from './stored.ts'

const list = '/console/catalogue'

export async function loader({ params: { id }, context }: Route.LoaderArgs) {
  if (id === 'new') return { plan: null }
  const { call } = context.get(page)
  const plan = (await every((input) => call(listManagedPlans, input))).find((each) => each.id === id)
  if (!plan) throw PageProblem.notFound()
  return { plan }
}

export async function action({ params: { id }, request, context }: Route.ActionArgs) {
  const { call } = context.get(page)
  const values = valuesOf(await request.formData())
  if (values['intent'] === 'delete') return deleting(list, () => call(deletePlan, { id }))
  if (values['intent'] === 'hide' || values['intent'] === 'show')
    return attempt(() => call(updatePlan, { id, visible: values['intent'] === 'show' }))
  const input = {
    slug: (values['slug'] ?? '').trim(),
    name: localized(values, 'name'),
    summary: localized(values, 'summary'),
    price: whole(values['price']),
    features: localizedLines(values, 'features'),
    supportDays: whole(values['supportDays']),
    briefKind: values['briefKind'] as (typeof BriefKind.options)[number],
    position: whole(values['position']),
    visible: values['visible'] === 'yes',
  }
  return saving(list, values, () => (id === 'new' ? call(createPlan, input) : call(updatePlan, { id, ...input })))
}

const kinds = {
  company: () => m.console_brief_company(),
  school: () => m.console_brief_school(),
  news: () => m.console_brief_news(),
}

export default function PlanPage({ loaderData: { plan }, actionData }: Route.ComponentProps) {
  const state = formOf(actionData)
  const source = { state, stored: plan ? storedFields(plan) : { position: '0' } }
  return (
    <Editor
      title={plan ? plan.name[getLocale()] : m.console_plan_new()}
      back={{ to: list, label: m.console_plans() }}
      state={state}
      {...(plan && {
        remove: { action: `${list}/plans/${plan.id}`, confirm: plan.slug, text: m.console_delete_plan_text() },
      })}
    >
      <Bilingual source={source} name="name" label={m.console_name()} max={80} />
      <Bilingual source={source} name="summary" label={m.console_summary()} max={300} long />
      <div className="grid items-start gap-5 md:grid-cols-2">
        <Single source={source} name="price" label={m.console_price_rupiah()} hint={m.console_price_hint()} numeric />
        <Single
          source={source}
          name="supportDays"
          label={m.console_support_days()}
          hint={m.console_support_days_hint()}
          numeric
        />
        <Single source={source} name="slug" label={m.console_slug()} hint={m.console_slug_hint()} />
        <Select
          label={m.console_brief_kind()}
          hint={m.console_brief_kind_hint()}
          name="briefKind"
          defaultValue={plan?.briefKind ?? 'company'}
        >
          {BriefKind.options.map((kind) => (
            <option key={kind} value={kind}>
              {kinds[kind]()}
            </option>
          ))}
        </Select>
      </div>
      <Bilingual source={source} name="features" label={m.console_features()} lines hint={m.console_features_hint()} />
      <Placement source={source} />
    </Editor>
  )
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <ConsoleFault error={error} />
}
