// Adds a question (at `new`) or changes one.
import { createFaq, deleteFaq, listManagedFaqs, updateFaq } from '../../../../domains/content/contract.ts'
import { page } from '../../../context.ts'
import { m } from '../../../i18n/generated/messages.js'
import { getLocale } from '../../../i18n/generated/runtime.js'
import { PageProblem } from '../../../problem.ts'
import { ConsoleFault } from '../parts/fault.tsx'
import { attempt } from '../parts/outcome.ts'
import type { Route } from './+types/faq.ts'
import { deleting, formOf, saving } from './answer.ts'
import { Editor } from './editor.tsx'
import { every } from './every.ts'
import { Bilingual, Placement } from './fields.tsx'
import { localized, valuesOf, whole } from './input.ts'
import { storedFields } from './stored.ts'

const list = '/console/catalogue/faqs'

export async function loader({ params: { id }, context }: Route.LoaderArgs) {
  if (id === 'new') return { faq: null }
  const { call } = context.get(page)
  const faq = (await every((input) => call(listManagedFaqs, input))).find((each) => each.id === id)
  if (!faq) throw PageProblem.notFound()
  return { faq }
}

export async function action({ params: { id }, request, context }: Route.ActionArgs) {
  const { call } = context.get(page)
  const values = valuesOf(await request.formData())
  if (values['intent'] === 'delete') return deleting(list, () => call(deleteFaq, { id }))
  if (values['intent'] === 'hide' || values['intent'] === 'show')
    return attempt(() => call(updateFaq, { id, visible: values['intent'] === 'show' }))
  const input = {
    question: localized(values, 'question'),
    answer: localized(values, 'answer'),
    position: whole(values['position']),
    visible: values['visible'] === 'yes',
  }
  return saving(list, values, () => (id === 'new' ? call(createFaq, input) : call(updateFaq, { id, ...input })))
}

export default function FaqPage({ loaderData: { faq }, actionData }: Route.ComponentProps) {
  const state = formOf(actionData)
  const source = { state, stored: faq ? storedFields(faq) : { position: '0' } }
  return (
    <Editor
      title={faq ? faq.question[getLocale()] : m.console_faq_new()}
      back={{ to: list, label: m.console_faqs() }}
      state={state}
      {...(faq && {
        remove: { action: `${list}/${faq.id}`, confirm: m.console_delete_word(), text: m.console_delete_faq_text() },
      })}
    >
      <Bilingual source={source} name="question" label={m.console_question()} max={200} />
      <Bilingual source={source} name="answer" label={m.console_answer()} max={2000} long />
      <Placement source={source} />
    </Editor>
  )
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <ConsoleFault error={error} />
}
