// One template: the whole page, and how it looks on a phone.
import { listPlans, listTemplates } from '../../../domains/content/contract.ts'
import { page } from '../../context.ts'
import { m } from '../../i18n/generated/messages.js'
import { getLocale } from '../../i18n/generated/runtime.js'
import { formatMoney } from '../../i18n/format.ts'
import { PageProblem } from '../../problem.ts'
import type { RouteHandle } from '../../route-handle.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Link } from '../../ui/link.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import type { Route } from './+types/template.ts'
import { Section, Ticks } from './parts/section.tsx'
import { Phone, TemplateTile, Window, fullAlt } from './parts/template-picture.tsx'

export const handle: RouteHandle = { shared: true }

export async function loader({ params, context }: Route.LoaderArgs) {
  const { call } = context.get(page)
  const [plans, { data: templates }] = await Promise.all([call(listPlans, {}), call(listTemplates, {})])
  const template = templates.find(({ slug }) => slug === params.slug)
  if (!template) throw PageProblem.notFound()
  return {
    template,
    plan: plans.data.find(({ slug }) => slug === template.plan) ?? null,
    others: templates.filter(({ plan, id }) => plan === template.plan && id !== template.id),
  }
}

export default function TemplatePage({ loaderData: { template, plan, others } }: Route.ComponentProps) {
  const planName = plan?.name ?? ''
  return (
    <>
      <PageHead
        title={template.name}
        description={m.public_template_meta({ name: template.name, description: template.description })}
        image={template.picture.url}
      />
      <div className="page grid gap-x-14 gap-y-10 pt-8 pb-14 md:pt-12 lg:grid-cols-[1fr_20rem]">
        <div className="lg:col-start-2 lg:row-start-1">
          <div className="lg:sticky lg:top-24">
            <Link to="/template" look="quiet" className="inline-flex items-center gap-1.5 py-1 text-small">
              <Icon name="arrow-left" />
              {m.public_template_all()}
            </Link>
            <h1 className="mt-4 text-display">{template.name}</h1>
            {plan && (
              <p className="mt-1 text-small font-semibold text-nila">{m.public_template_for({ plan: planName })}</p>
            )}
            <p className="mt-4 text-soft">{template.description}</p>
            <ButtonLink
              to={`/pesan?plan=${template.plan}&template=${template.slug}`}
              kind="main"
              size="large"
              className="mt-6 w-full"
            >
              {m.public_template_order()}
            </ButtonLink>
            {plan && (
              <p className="mt-3 text-small text-faint">
                {m.public_template_price({ price: formatMoney(plan.price, getLocale()) })}
              </p>
            )}
            <h2 className="mt-9 text-small font-semibold">{m.public_template_adapt()}</h2>
            <Ticks className="mt-3 text-small text-soft" items={m.public_template_adapt_items().split('|')} />
            {template.mobilePicture && (
              <div className="mt-9 max-lg:hidden">
                <h2 className="text-small font-semibold">{m.public_template_phone()}</h2>
                <Phone
                  picture={template.mobilePicture}
                  alt={m.public_template_phone_alt({ name: template.name })}
                  eager
                  className="mt-3 w-52"
                />
              </div>
            )}
          </div>
        </div>
        <div className="lg:col-start-1 lg:row-start-1">
          <Window
            picture={template.fullPicture ?? template.picture}
            alt={fullAlt(template)}
            sizes="(min-width: 64rem) 50rem, 100vw"
            eager
          />
          {template.mobilePicture && (
            <div className="mt-10 lg:hidden">
              <h2 className="text-lead">{m.public_template_phone()}</h2>
              <Phone
                picture={template.mobilePicture}
                alt={m.public_template_phone_alt({ name: template.name })}
                className="mt-4 w-56"
              />
            </div>
          )}
        </div>
      </div>
      {others.length > 0 && (
        <div className="border-t border-line">
          <Section id="others" title={m.public_template_others({ plan: planName })}>
            <div className="grid gap-x-8 gap-y-10 sm:grid-cols-2 lg:grid-cols-3">
              {others.map((other) => (
                <TemplateTile key={other.id} template={other} />
              ))}
            </div>
          </Section>
        </div>
      )}
    </>
  )
}
