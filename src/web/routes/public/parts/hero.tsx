// The first screen: the promise, the way in, four facts, and what the result looks like.
import { m } from '../../../i18n/generated/messages.js'
import { getLocale } from '../../../i18n/generated/runtime.js'
import { formatMoney } from '../../../i18n/format.ts'
import { ButtonLink } from '../../../ui/button.tsx'
import type { Plan } from './plans.tsx'
import { Phone, Window, type Template } from './template-picture.tsx'

export function Hero({ plans, templates }: { plans: Plan[]; templates: Template[] }) {
  const [front, behind] = templates
  return (
    <section className="overflow-hidden border-b border-line">
      <div className="page grid items-center gap-x-14 gap-y-12 pt-10 pb-14 md:pt-14 lg:grid-cols-[1.02fr_1fr] lg:pb-16">
        <div>
          <h1 className="text-display sm:text-hero">{m.public_home_title()}</h1>
          <p className="measure mt-5 text-soft md:text-lead md:leading-normal">{m.public_home_text()}</p>
          <div className="mt-8 flex flex-wrap gap-3">
            <ButtonLink to="/pesan" kind="main" size="large" after="arrow-right">
              {m.public_order_now()}
            </ButtonLink>
            <ButtonLink to="/template" size="large">
              {m.public_home_see_templates()}
            </ButtonLink>
          </div>
          <Facts plans={plans} />
        </div>
        {front && (
          <div className="relative pb-10 lg:-mr-10">
            {behind && (
              <Window
                picture={behind.picture}
                small={behind.thumbnail}
                alt={m.public_hero_alt({ name: behind.name })}
                sizes="(min-width: 64rem) 30rem, 80vw"
                eager
                className="ml-auto w-[82%]"
              />
            )}
            <Window
              picture={front.picture}
              small={front.thumbnail}
              alt={m.public_hero_alt({ name: front.name })}
              sizes="(min-width: 64rem) 30rem, 80vw"
              eager
              className={behind ? '-mt-[44%] w-[82%] shadow-float' : 'shadow-float'}
            />
            {front.mobilePicture && (
              <Phone
                picture={front.mobilePicture}
                alt={m.public_hero_phone_alt({ name: front.name })}
                eager
                className="absolute right-[4%] bottom-0 w-[24%] shadow-float"
              />
            )}
          </div>
        )}
      </div>
    </section>
  )
}

function Facts({ plans }: { plans: Plan[] }) {
  const support = plans.map(({ supportDays }) => supportDays)
  const facts = [
    ...(plans[0]
      ? [
          {
            term: m.public_fact_price({ price: formatMoney(plans[0].price, getLocale()) }),
            text: m.public_fact_price_text(),
          },
        ]
      : []),
    { term: m.public_fact_ready(), text: m.public_fact_ready_text() },
    { term: m.public_fact_yours(), text: m.public_fact_yours_text() },
    ...(support.length > 0
      ? [
          {
            term: m.public_fact_support({ from: Math.min(...support), to: Math.max(...support) }),
            text: m.public_fact_support_text(),
          },
        ]
      : []),
  ]
  return (
    <dl className="mt-9 grid grid-cols-2 gap-x-8 gap-y-5 border-t border-line pt-6">
      {facts.map(({ term, text }) => (
        <div key={term}>
          <dt className="font-bold tabular">{term}</dt>
          <dd className="mt-0.5 text-small text-soft">{text}</dd>
        </div>
      ))}
    </dl>
  )
}
