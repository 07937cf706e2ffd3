// Adds a template (at `new`) or changes one.
import {
  createTemplate,
  deleteTemplate,
  listManagedPlans,
  listManagedTemplates,
  updateTemplate,
} from '../../../../domains/content/contract.ts'
import { page } from '../../../context.ts'
import { m } from '../../../i18n/generated/messages.js'
import { getLocale } from '../../../i18n/generated/runtime.js'
import { PageProblem } from '../../../problem.ts'
import { Select } from '../../../ui/field.tsx'
import { ConsoleFault } from '../parts/fault.tsx'
import { attempt } from '../parts/outcome.ts'
import type { Route } from './+types/template.ts'
import { deleting, formOf, saving } from './answer.ts'
import { Editor } from './editor.tsx'
import { every } from './every.ts'
import { Bilingual, Placement, Single } from './fields.tsx'
import { localized, optional, valuesOf, whole } from './input.ts'
import { storedFields } from './stored.ts'

const list = '/console/catalogue/templates'

export async function loader({ params: { id }, context }: Route.LoaderArgs) {
  const { call, locale } = context.get(page)
  const plans = (await every((input) => call(listManagedPlans, input))).map(({ slug, name }) => ({
    slug,
    name: name[locale],
  }))
  if (id === 'new') return { template: null, plans }
  const template = (await every((input) => call(listManagedTemplates, input))).find((each) => each.id === id)
  if (!template) throw PageProblem.notFound()
  return { template, plans }
}

export async function action({ params: { id }, request, context }: Route.ActionArgs) {
  const { call } = context.get(page)
  const values = valuesOf(await request.formData())
  if (values['intent'] === 'delete') return deleting(list, () => call(deleteTemplate, { id }))
  if (values['intent'] === 'hide' || values['intent'] === 'show')
    return attempt(() => call(updateTemplate, { id, visible: values['intent'] === 'show' }))
  const input = {
    slug: (values['slug'] ?? '').trim(),
    plan: values['plan'] ?? '',
    name: localized(values, 'name'),
    description: localized(values, 'description'),
    pictureUrl: (values['pictureUrl'] ?? '').trim(),
    fullPictureUrl: optional(values['fullPictureUrl']),
    mobilePictureUrl: optional(values['mobilePictureUrl']),
    position: whole(values['position']),
    visible: values['visible'] === 'yes',
  }
  return saving(list, values, () =>
    id === 'new' ? call(createTemplate, input) : call(updateTemplate, { id, ...input }),
  )
}

export default function TemplatePage({ loaderData: { template, plans }, actionData }: Route.ComponentProps) {
  const state = formOf(actionData)
  const source = { state, stored: template ? storedFields(template) : { position: '0' } }
  return (
    <Editor
      title={template ? template.name[getLocale()] : m.console_template_new()}
      back={{ to: list, label: m.console_templates() }}
      state={state}
      {...(template && {
        remove: { action: `${list}/${template.id}`, confirm: template.slug, text: m.console_delete_template_text() },
      })}
    >
      {template && (
        <img
          src={template.pictureUrl}
          alt={m.console_template_picture({ name: template.name[getLocale()] })}
          className="block aspect-4/3 w-64 rounded-base border border-line object-cover object-top"
        />
      )}
      <Bilingual source={source} name="name" label={m.console_name()} max={80} />
      <Bilingual source={source} name="description" label={m.console_description()} max={400} long />
      <div className="grid items-start gap-5 md:grid-cols-2">
        <Select
          label={m.console_plan()}
          name="plan"
          defaultValue={state?.values['plan'] ?? template?.plan ?? plans[0]?.slug}
          error={state?.errors['plan']}
        >
          {plans.map(({ slug, name }) => (
            <option key={slug} value={slug}>
              {name}
            </option>
          ))}
        </Select>
        <Single source={source} name="slug" label={m.console_slug()} hint={m.console_slug_hint()} />
        <Single
          source={source}
          name="pictureUrl"
          label={m.console_picture()}
          hint={m.console_picture_hint()}
          className="md:col-span-2"
        />
        <Single source={source} name="fullPictureUrl" label={m.console_picture_full()} optional />
        <Single source={source} name="mobilePictureUrl" label={m.console_picture_mobile()} optional />
      </div>
      <Placement source={source} />
    </Editor>
  )
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <ConsoleFault error={error} />
}
