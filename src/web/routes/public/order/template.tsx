import { text } from '../../../form.ts'
import { m } from '../../../i18n/generated/messages.js'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Window } from '../parts/template-picture.tsx'
import type { Route } from './+types/template.ts'
import { OrderFrame, StepButtons } from './frame.tsx'
import { goOn, orderWithPlan } from './order.server.ts'

export async function loader(args: Route.LoaderArgs) {
  const { templates, plan, template } = await orderWithPlan(args)
  return { templates, chosen: { plan, template } }
}

export async function action(args: Route.ActionArgs) {
  const slug = text(await args.request.formData(), 'template')
  const { draft, templates } = await orderWithPlan(args)
  const known = templates.some((template) => template.slug === slug)
  return goOn('/pesan/brief', { ...draft, template: known ? slug : '' }, args.context)
}

const choice =
  'relative block rounded-base border border-edge/60 bg-raised transition-colors duration-150 hover:border-ink has-checked:border-nila has-checked:ring-1 has-checked:ring-nila has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-nila'

export default function TemplateStep({ loaderData: { templates, chosen } }: Route.ComponentProps) {
  return (
    <OrderFrame step={2} title={m.public_order_template_title()} text={m.public_order_template_text()} chosen={chosen}>
      <form method="post">
        <fieldset>
          <legend className="visually-hidden">{m.public_order_template_title()}</legend>
          <div className="grid gap-5 sm:grid-cols-2">
            {templates.map((template) => (
              <label key={template.id} className={choice}>
                <Window
                  picture={template.picture}
                  small={template.thumbnail}
                  alt=""
                  sizes="(min-width: 64rem) 22rem, 90vw"
                  eager
                  className="rounded-b-none border-0 border-b"
                />
                <span className="flex gap-3 p-4">
                  <input
                    type="radio"
                    name="template"
                    value={template.slug}
                    defaultChecked={template.slug === chosen.template?.slug}
                    className="mt-1 size-4.5 shrink-0 accent-nila outline-none"
                  />
                  <span>
                    <span className="block font-semibold">{template.name}</span>
                    <span className="block text-small text-soft">{template.description}</span>
                  </span>
                </span>
              </label>
            ))}
            <label className={`${choice} sm:col-span-2`}>
              <span className="flex gap-3 p-4">
                <input
                  type="radio"
                  name="template"
                  value=""
                  defaultChecked={!chosen.template}
                  className="mt-1 size-4.5 shrink-0 accent-nila outline-none"
                />
                <span>
                  <span className="block font-semibold">{m.public_order_template_none()}</span>
                  <span className="block text-small text-soft">{m.public_order_template_none_text()}</span>
                </span>
                <Icon name="chat" className="ml-auto size-6 text-faint" />
              </span>
            </label>
          </div>
        </fieldset>
        <StepButtons back="/pesan">
          <Button kind="main" size="large" after="arrow-right">
            {m.public_order_next()}
          </Button>
        </StepButtons>
      </form>
    </OrderFrame>
  )
}
