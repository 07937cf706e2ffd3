// The plans side by side, divided by hairlines.
import type { listPlans } from '../../../../domains/content/contract.ts'
import type { Output } from '../../../../platform/contract/operation.ts'
import { m } from '../../../i18n/generated/messages.js'
import { ButtonLink } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Link } from '../../../ui/link.tsx'
import { Money } from '../../../ui/money.tsx'
import { Ticks } from './section.tsx'
import { serviceOf } from './services.ts'

export type Plan = Output<typeof listPlans>['data'][number]

export function Plans({ plans, heading: Heading = 'h3' }: { plans: Plan[]; heading?: 'h2' | 'h3' }) {
  if (plans.length === 0)
    return (
      <EmptyState icon="layers" title={m.public_pricing_empty()}>
        {m.public_pricing_empty_text()}
      </EmptyState>
    )
  return (
    <div className="grid border-y border-line lg:auto-cols-fr lg:grid-flow-col lg:divide-x lg:divide-line max-lg:divide-y max-lg:divide-line">
      {plans.map((plan) => {
        const service = serviceOf(plan.briefKind)
        return (
          <article key={plan.id} className="flex flex-col py-8 lg:px-8 lg:py-10 lg:first:pl-0 lg:last:pr-0">
            <Heading className="text-lead">{plan.name}</Heading>
            <p className="mt-1.5 text-small text-soft lg:min-h-[4.5em]">{plan.summary}</p>
            <p className="mt-5">
              <Money rupiah={plan.price} className="text-title font-bold md:text-[2rem]" />
              <span className="ml-2 text-small text-faint">{m.public_once()}</span>
            </p>
            <Ticks
              className="mt-6 mb-8 flex-1 text-small"
              items={[
                ...plan.features,
                m.public_support_days({ days: plan.supportDays }),
                m.public_ready_in({ range: service.ready }),
              ]}
            />
            <ButtonLink to={`/pesan?plan=${plan.slug}`} kind="main">
              {m.public_choose_plan({ plan: plan.name })}
            </ButtonLink>
            <Link to={service.path} look="quiet" className="mt-3 py-1 text-center text-small">
              {m.public_more_about({ plan: plan.name })}
            </Link>
          </article>
        )
      })}
    </div>
  )
}
