// All templates, plan by plan.
import { listPlans, listTemplates } from '../../../domains/content/contract.ts'
import { page } from '../../context.ts'
import { m } from '../../i18n/generated/messages.js'
import type { RouteHandle } from '../../route-handle.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Money } from '../../ui/money.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import type { Route } from './+types/templates.ts'
import { Closing } from './parts/closing.tsx'
import { PageTop } from './parts/page-top.tsx'
import { Section } from './parts/section.tsx'
import { TemplateTile } from './parts/template-picture.tsx'

export const handle: RouteHandle = { shared: true }

export async function loader({ context }: Route.LoaderArgs) {
  const { call } = context.get(page)
  const [plans, templates] = await Promise.all([call(listPlans, {}), call(listTemplates, {})])
  return { plans: plans.data, templates: templates.data }
}

export default function Templates({ loaderData: { plans, templates } }: Route.ComponentProps) {
  return (
    <>
      <PageHead title={m.public_templates_page_title()} description={m.public_templates_meta()} />
      <PageTop title={m.public_templates_page_title()} text={m.public_templates_page_text()}>
        <nav aria-label={m.public_templates_page_title()} className="flex flex-wrap gap-2.5">
          {plans.map((plan) => (
            <a
              key={plan.id}
              href={`#${plan.slug}`}
              className="rounded-full border border-edge/60 px-4 py-2 text-small font-semibold text-ink no-underline hover:border-ink hover:bg-sunken"
            >
              {plan.name}
            </a>
          ))}
        </nav>
      </PageTop>
      {plans.map((plan) => {
        const own = templates.filter((template) => template.plan === plan.slug)
        return (
          <div key={plan.id} id={plan.slug} className="border-b border-line last:border-0">
            <Section
              id={`templates-${plan.slug}`}
              title={plan.name}
              text={plan.summary}
              action={
                <p className="text-small text-soft">
                  <Money rupiah={plan.price} className="font-semibold text-ink" /> {m.public_once()}
                </p>
              }
            >
              {own.length > 0 ? (
                <div className="grid gap-x-8 gap-y-10 sm:grid-cols-2 lg:grid-cols-3">
                  {own.map((template) => (
                    <TemplateTile key={template.id} template={template} />
                  ))}
                </div>
              ) : (
                <EmptyState
                  icon="layers"
                  title={m.public_templates_empty()}
                  action={<ButtonLink to={`/pesan?plan=${plan.slug}`}>{m.public_order_now()}</ButtonLink>}
                >
                  {m.public_templates_empty_text()}
                </EmptyState>
              )}
            </Section>
          </div>
        )
      })}
      <Closing />
    </>
  )
}
