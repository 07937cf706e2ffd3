// The portal before the first order: what will be here, in the three steps that lead to it.
import { m } from '../../../i18n/generated/messages.js'
import { ButtonLink } from '../../../ui/button.tsx'
import { Icon, type IconName } from '../../../ui/icon.tsx'

export function FirstOrder() {
  const steps: { icon: IconName; title: string; text: string }[] = [
    { icon: 'pencil', title: m.portal_empty_step_order(), text: m.portal_empty_step_order_text() },
    { icon: 'qr', title: m.portal_empty_step_pay(), text: m.portal_empty_step_pay_text() },
    { icon: 'eye', title: m.portal_empty_step_follow(), text: m.portal_empty_step_follow_text() },
  ]
  return (
    <section
      aria-labelledby="first"
      className="rounded-base border border-dashed border-edge/60 px-6 py-10 md:px-12 md:py-14"
    >
      <h2 id="first" className="text-title">
        {m.portal_empty_title()}
      </h2>
      <p className="measure mt-3 text-soft">{m.portal_empty_text()}</p>
      <ol className="mt-9 grid gap-8 md:grid-cols-3">
        {steps.map(({ icon, title, text }) => (
          <li key={title}>
            <span className="grid size-11 place-items-center rounded-full bg-nila-wash text-nila">
              <Icon name={icon} className="size-5" />
            </span>
            <p className="mt-3 font-semibold">{title}</p>
            <p className="mt-1 text-small text-soft">{text}</p>
          </li>
        ))}
      </ol>
      <ButtonLink to="/pesan" reloadDocument kind="main" size="large" after="arrow-right" className="mt-10">
        {m.portal_order_first()}
      </ButtonLink>
    </section>
  )
}
