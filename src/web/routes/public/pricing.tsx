import { listFaqs, listPlans } from '../../../domains/content/contract.ts'
import { page } from '../../context.ts'
import { m } from '../../i18n/generated/messages.js'
import type { RouteHandle } from '../../route-handle.ts'
import { Icon } from '../../ui/icon.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import type { Route } from './+types/pricing.ts'
import { Closing } from './parts/closing.tsx'
import { FaqList } from './parts/faq-list.tsx'
import { PageTop } from './parts/page-top.tsx'
import { Plans } from './parts/plans.tsx'
import { Section, Ticks } from './parts/section.tsx'

export const handle: RouteHandle = { shared: true }

export async function loader({ context }: Route.LoaderArgs) {
  const { call } = context.get(page)
  const [plans, faqs] = await Promise.all([call(listPlans, {}), call(listFaqs, {})])
  return { plans: plans.data, faqs: faqs.data.slice(0, 4) }
}

export default function Pricing({ loaderData: { plans, faqs } }: Route.ComponentProps) {
  return (
    <>
      <PageHead title={m.public_pricing_page_title()} description={m.public_pricing_meta()} />
      <PageTop title={m.public_pricing_title()} text={m.public_pricing_text()} />
      <div className="page -mt-px">
        <Plans plans={plans} heading="h2" />
      </div>
      <div className="page grid gap-x-14 gap-y-12 py-14 md:py-20 lg:grid-cols-3">
        <section aria-labelledby="all-title">
          <h2 id="all-title" className="text-lead">
            {m.public_pricing_all_title()}
          </h2>
          <Ticks className="mt-4 text-small" items={m.public_pricing_all_items().split('|')} />
        </section>
        <section aria-labelledby="not-title">
          <h2 id="not-title" className="text-lead">
            {m.public_pricing_not_title()}
          </h2>
          <ul className="mt-4 space-y-2.5 text-small">
            {m
              .public_pricing_not_items()
              .split('|')
              .map((item) => (
                <li key={item} className="flex gap-2.5">
                  <Icon name="minus" className="mt-[0.2em] text-faint" />
                  <span>{item}</span>
                </li>
              ))}
          </ul>
        </section>
        <section aria-labelledby="pay-title">
          <h2 id="pay-title" className="text-lead">
            {m.public_pricing_pay_title()}
          </h2>
          <p className="mt-4 text-small text-soft">{m.public_pricing_pay_text()}</p>
        </section>
      </div>
      {faqs.length > 0 && (
        <div className="border-t border-line">
          <Section id="faq" title={m.public_faq_title()}>
            <FaqList faqs={faqs} />
          </Section>
        </div>
      )}
      <Closing />
    </>
  )
}
