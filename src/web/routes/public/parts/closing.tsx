import { m } from '../../../i18n/generated/messages.js'
import { ButtonLink } from '../../../ui/button.tsx'

/** The last word of a page: start the order. `plan` is chosen already on a plan's own page. */
export function Closing({ plan }: { plan?: string | undefined }) {
  return (
    <section aria-labelledby="closing-title" className="page pt-6 pb-8 md:pt-10">
      <div className="rounded-base bg-nila-wash px-6 py-12 md:flex md:items-center md:justify-between md:gap-12 md:px-14 md:py-16">
        <div className="measure">
          <h2 id="closing-title" className="text-title md:text-display">
            {m.public_closing_title()}
          </h2>
          <p className="mt-3 text-soft">{m.public_closing_text()}</p>
        </div>
        <ButtonLink
          to={plan ? `/pesan?plan=${plan}` : '/pesan'}
          kind="main"
          size="large"
          after="arrow-right"
          className="mt-7 md:mt-0"
        >
          {m.public_closing_start()}
        </ButtonLink>
      </div>
    </section>
  )
}
