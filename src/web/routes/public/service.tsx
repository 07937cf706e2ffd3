// One page for each kind of website; each speaks to the person who decides about it.
import { listFaqs, listPlans, listTemplates } from '../../../domains/content/contract.ts'
import { page } from '../../context.ts'
import { m } from '../../i18n/generated/messages.js'
import { PageProblem } from '../../problem.ts'
import type { RouteHandle } from '../../route-handle.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Money } from '../../ui/money.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import type { Route } from './+types/service.ts'
import { Closing } from './parts/closing.tsx'
import { FaqList } from './parts/faq-list.tsx'
import { Section, Ticks } from './parts/section.tsx'
import { serviceOf, services } from './parts/services.ts'
import { TemplateTile, Window } from './parts/template-picture.tsx'

export const handle: RouteHandle = { shared: true }

const known = (slug: string) => services.find(({ path }) => path === `/layanan/${slug}`)

export async function loader({ params, context }: Route.LoaderArgs) {
  const service = known(params.service)
  if (!service) throw PageProblem.notFound()
  const { call } = context.get(page)
  const [plans, templates, faqs] = await Promise.all([call(listPlans, {}), call(listTemplates, {}), call(listFaqs, {})])
  const plan = plans.data.find(({ briefKind }) => briefKind === service.kind) ?? null
  return {
    kind: service.kind,
    plan,
    templates: templates.data.filter((template) => template.plan === plan?.slug),
    faqs: faqs.data.slice(0, 4),
  }
}

export default function ServicePage({ loaderData: { kind, plan, templates, faqs } }: Route.ComponentProps) {
  const service = serviceOf(kind)
  const first = templates[0]
  const order = plan ? `/pesan?plan=${plan.slug}` : '/pesan'
  return (
    <>
      <PageHead title={service.name()} description={service.meta()} {...(first && { image: first.picture.url })} />
      <section className="border-b border-line">
        <div className="page grid items-center gap-x-14 gap-y-10 py-12 md:py-20 lg:grid-cols-[1.05fr_1fr]">
          <div>
            <p className="text-small font-semibold text-nila">
              {service.name()} · {service.audience()}
            </p>
            <h1 className="mt-3 text-display md:text-[3rem] md:leading-[1.08]">{service.title()}</h1>
            <p className="measure mt-5 text-soft md:text-lead md:leading-normal">{service.text()}</p>
            <div className="mt-8 flex flex-wrap items-center gap-x-6 gap-y-4">
              <ButtonLink to={order} kind="main" size="large" after="arrow-right">
                {m.public_order_now()}
              </ButtonLink>
              {plan && (
                <p className="text-small text-soft">
                  <Money rupiah={plan.price} className="block text-lead font-bold text-ink" />
                  {m.public_once()}
                </p>
              )}
            </div>
          </div>
          {first && (
            <Window
              picture={first.picture}
              small={first.thumbnail}
              alt={m.public_template_alt({ name: first.name })}
              eager
              className="shadow-float"
            />
          )}
        </div>
      </section>

      <section aria-label={m.public_service_why()} className="page grid gap-x-14 gap-y-9 py-14 sm:grid-cols-2 md:py-20">
        {service.points().map(({ title, text }) => (
          <div key={title} className="border-t border-line pt-5">
            <h2 className="text-lead">{title}</h2>
            <p className="measure mt-2 text-soft">{text}</p>
          </div>
        ))}
      </section>

      <div className="border-y border-line bg-sunken">
        <div className="page grid gap-x-20 gap-y-12 py-14 md:py-20 lg:grid-cols-2">
          {plan && (
            <section aria-labelledby="included-title">
              <h2 id="included-title" className="text-title">
                {m.public_service_included()}
              </h2>
              <Ticks
                className="mt-6"
                items={[
                  ...plan.features,
                  m.public_support_days({ days: plan.supportDays }),
                  m.public_ready_in({ range: service.ready }),
                ]}
              />
            </section>
          )}
          <section aria-labelledby="asks-title">
            <h2 id="asks-title" className="text-title">
              {m.public_service_asks()}
            </h2>
            <ol className="mt-6 divide-y divide-line border-y border-line">
              {service.asks().map((item, index) => (
                <li key={item} className="flex gap-4 py-3">
                  <span aria-hidden className="w-4 text-small font-semibold tabular text-faint">
                    {index + 1}
                  </span>
                  {item}
                </li>
              ))}
            </ol>
            <p className="measure mt-4 text-small text-soft">{m.public_service_asks_text()}</p>
          </section>
        </div>
      </div>

      {templates.length > 0 && (
        <Section id="templates" title={m.public_service_templates({ service: service.name() })}>
          <div className="grid gap-x-8 gap-y-10 sm:grid-cols-2 lg:grid-cols-3">
            {templates.map((template) => (
              <TemplateTile key={template.id} template={template} />
            ))}
          </div>
        </Section>
      )}
      {faqs.length > 0 && (
        <Section id="faq" title={m.public_faq_title()}>
          <FaqList faqs={faqs} />
        </Section>
      )}
      <Closing plan={plan?.slug} />
    </>
  )
}
