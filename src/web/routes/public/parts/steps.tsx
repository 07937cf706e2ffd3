import { m } from '../../../i18n/generated/messages.js'

/** The way of an order, from choosing to handover. */
export function Steps() {
  const steps = [
    { title: m.public_step_choose(), text: m.public_step_choose_text() },
    { title: m.public_step_tell(), text: m.public_step_tell_text() },
    { title: m.public_step_pay(), text: m.public_step_pay_text() },
    { title: m.public_step_follow(), text: m.public_step_follow_text() },
  ]
  return (
    <ol className="grid gap-x-8 gap-y-9 sm:grid-cols-2 lg:grid-cols-4">
      {steps.map(({ title, text }, index) => (
        <li key={title} className="border-t-2 border-ink pt-4">
          <p aria-hidden className="text-small font-semibold tabular text-nila">
            {index + 1}
          </p>
          <h3 className="mt-1 text-lead">{title}</h3>
          <p className="mt-2 text-small text-soft">{text}</p>
        </li>
      ))}
    </ol>
  )
}
