// The home page: what you get, what it costs, when it is ready, why to trust it; then the way there.
import { Link as RouterLink } from 'react-router'
import { listFaqs, listPlans, listTemplates } from '../../../domains/content/contract.ts'
import { page } from '../../context.ts'
import { m } from '../../i18n/generated/messages.js'
import { getLocale } from '../../i18n/generated/runtime.js'
import { formatMoney } from '../../i18n/format.ts'
import type { RouteHandle } from '../../route-handle.ts'
import { Icon } from '../../ui/icon.tsx'
import { Link } from '../../ui/link.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import type { Route } from './+types/home.ts'
import { Closing } from './parts/closing.tsx'
import { FaqList } from './parts/faq-list.tsx'
import { Glimpse } from './parts/glimpse.tsx'
import { Hero } from './parts/hero.tsx'
import { Plans } from './parts/plans.tsx'
import { Section } from './parts/section.tsx'
import { services } from './parts/services.ts'
import { Steps } from './parts/steps.tsx'
import { TemplateTile } from './parts/template-picture.tsx'

export const handle: RouteHandle = { shared: true }

export async function loader({ context }: Route.LoaderArgs) {
  const { call } = context.get(page)
  const [plans, templates, faqs] = await Promise.all([call(listPlans, {}), call(listTemplates, {}), call(listFaqs, {})])
  return { plans: plans.data, templates: templates.data, faqs: faqs.data }
}

export default function Home({ loaderData: { plans, templates, faqs } }: Route.ComponentProps) {
  // One template of each plan, in the order of the plans.
  const shown = plans.flatMap((plan) => templates.find((template) => template.plan === plan.slug) ?? [])
  return (
    <>
      <PageHead title={m.public_home_page_title()} description={m.public_home_meta()} />
      <Hero plans={plans} templates={shown} />

      <Section id="services" title={m.public_services_title()}>
        <ul className="border-t border-line">
          {services.map((service) => {
            const plan = plans.find(({ briefKind }) => briefKind === service.kind)
            return (
              <li key={service.kind} className="border-b border-line">
                <RouterLink
                  to={service.path}
                  className="group grid items-center gap-x-8 gap-y-1 py-6 text-ink no-underline md:grid-cols-[2rem_15rem_1fr_auto_1.5rem] md:py-7"
                >
                  <Icon name={service.icon} className="size-7 text-nila max-md:hidden" />
                  <span>
                    <span className="block text-caption font-semibold text-faint">{service.audience()}</span>
                    <span className="block text-lead font-bold group-hover:text-nila">{service.name()}</span>
                  </span>
                  <span className="text-small text-soft md:text-body">{service.summary()}</span>
                  {plan ? (
                    <span className="text-small font-semibold whitespace-nowrap tabular max-md:mt-2">
                      {m.public_from_price({ price: formatMoney(plan.price, getLocale()) })}
                    </span>
                  ) : (
                    <span />
                  )}
                  <Icon
                    name="arrow-right"
                    className="size-5 text-faint transition-transform duration-150 group-hover:translate-x-1 group-hover:text-nila max-md:hidden"
                  />
                </RouterLink>
              </li>
            )
          })}
        </ul>
      </Section>

      {shown.length > 0 && (
        <Section
          id="templates"
          title={m.public_templates_title()}
          text={m.public_templates_text()}
          action={<More to="/template">{m.public_templates_all()}</More>}
        >
          <div className="grid gap-x-8 gap-y-10 sm:grid-cols-2 lg:grid-cols-3">
            {shown.map((template) => (
              <TemplateTile
                key={template.id}
                template={template}
                note={plans.find(({ slug }) => slug === template.plan)?.name ?? ''}
              />
            ))}
          </div>
        </Section>
      )}

      <Section id="steps" title={m.public_steps_title()}>
        <Steps />
      </Section>
      <Glimpse />
      <Section id="pricing" title={m.public_pricing_title()} text={m.public_pricing_text()}>
        <Plans plans={plans} />
      </Section>

      {faqs.length > 0 && (
        <section
          aria-labelledby="faq-title"
          className="page grid gap-x-16 gap-y-8 py-14 md:py-20 lg:grid-cols-[1fr_1.7fr]"
        >
          <div>
            <h2 id="faq-title" className="text-title md:text-display">
              {m.public_faq_title()}
            </h2>
            <p className="mt-4">
              <More to="/faq">{m.public_faq_all()}</More>
            </p>
          </div>
          <FaqList faqs={faqs.slice(0, 5)} openFirst />
        </section>
      )}
      <Closing />
    </>
  )
}

function More({ to, children }: { to: string; children: string }) {
  return (
    <Link to={to} look="plain" className="group inline-flex items-center gap-2 font-semibold">
      {children}
      <Icon name="arrow-right" className="transition-transform duration-150 group-hover:translate-x-1" />
    </Link>
  )
}
