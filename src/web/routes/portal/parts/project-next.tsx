// The top of a project's page: whose turn it is, and the one button that moves it on.
import { LinkedText } from '../../../../domains/projects/ui/linked-text.tsx'
import { lastHandover } from '../../../../domains/projects/ui/story.ts'
import { formatDate, formatMoney } from '../../../i18n/format.ts'
import { m } from '../../../i18n/generated/messages.js'
import { getLocale } from '../../../i18n/generated/runtime.js'
import { Button, ButtonLink } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { CancelForm, ReviseForm } from './project-forms.tsx'
import { Panel } from './next-steps.tsx'
import { PayForm } from './pay-form.tsx'
import { PortalForm, useSending } from './portal-form.tsx'
import type { Answer, Bill, ProjectStory } from './project-data.ts'

interface Props {
  project: ProjectStory
  bill: Bill | null
  /** The form that is open. */
  form: 'revise' | 'cancel' | null
  answer: Answer
}

export function ProjectNext({ project, bill, form, answer }: Props) {
  const cancelling = form === 'cancel' && project.verbs.includes('cancel')
  const revising = form === 'revise' && project.verbs.includes('request_revision')
  return (
    <section aria-label={m.portal_needed()}>
      {answer?.message && (
        <Notice tone="danger" live className="mb-4">
          {answer.message}
        </Notice>
      )}
      {cancelling ? (
        <CancelForm project={project} answer={answer} />
      ) : revising ? (
        <ReviseForm project={project} answer={answer} />
      ) : (
        <Standing project={project} bill={bill} />
      )}
    </section>
  )
}

function Standing({ project, bill }: { project: ProjectStory; bill: Bill | null }) {
  switch (project.status) {
    case 'pending_payment':
      return <ToPay project={project} bill={bill} />
    case 'in_progress': {
      const title = project.revisions > 0 ? m.portal_next_revising_title() : m.portal_next_working_title()
      return <Panel icon="bolt" tone="action" title={title} text={m.portal_next_working_text()} />
    }
    case 'review':
      return <ToReview project={project} />
    case 'completed': {
      const until = project.supportUntil
      const text = until
        ? m.portal_next_completed_text({ date: formatDate(until, getLocale()) })
        : m.portal_next_completed_plain()
      return <Panel icon="check" tone="success" title={m.portal_next_completed_title()} text={text} />
    }
    case 'cancelled':
      return (
        <Panel
          icon="close"
          tone="neutral"
          title={m.portal_next_cancelled_title()}
          text={m.portal_next_cancelled_text()}
        >
          <ButtonLink to="/pesan" reloadDocument icon="plus">
            {m.portal_order_another()}
          </ButtonLink>
        </Panel>
      )
  }
}

function ToPay({ project, bill }: { project: ProjectStory; bill: Bill | null }) {
  const cancel = project.verbs.includes('cancel') && (
    <ButtonLink to="?cancel" kind="plain" size="large" preventScrollReset>
      {m.portal_cancel()}
    </ButtonLink>
  )
  if (!bill || bill.owed === 0) {
    return (
      <Panel icon="clock" tone="attention" title={m.portal_next_hand_title()} text={m.portal_next_hand_text()}>
        {cancel}
      </Panel>
    )
  }
  const title = m.portal_next_pay_title({ amount: formatMoney(bill.owed, getLocale()) })
  return (
    <Panel icon="qr" tone="attention" title={title} text={m.portal_next_pay_text()}>
      <PayForm invoiceId={bill.id} paymentKey={bill.paymentKey} />
      <ButtonLink to={`/portal/invoices/${bill.id}`} size="large">
        {m.portal_see_invoice()}
      </ButtonLink>
      {cancel}
    </Panel>
  )
}

function ToReview({ project }: { project: ProjectStory }) {
  const busy = useSending('approve')
  const handover = lastHandover(project.timeline)
  return (
    <Panel
      icon="eye"
      tone="attention"
      title={m.portal_next_review_title()}
      text={
        <>
          <p>{m.portal_next_review_text()}</p>
          {handover?.note && (
            <blockquote className="mt-4 border-l-2 border-kunyit-mark pl-4">
              <p className="text-caption font-semibold text-kunyit">{m.portal_from_agency()}</p>
              <LinkedText text={handover.note} className="mt-0.5 text-ink" />
            </blockquote>
          )}
        </>
      }
    >
      <PortalForm intent="approve">
        <Button kind="main" size="large" icon="check" busy={busy} aria-describedby="approve-effect">
          {m.portal_approve()}
        </Button>
      </PortalForm>
      <ButtonLink to="?revise" size="large" icon="undo" preventScrollReset>
        {m.portal_ask_revision()}
      </ButtonLink>
      <p id="approve-effect" className="w-full text-small text-soft">
        {m.portal_approve_effect()}
      </p>
    </Panel>
  )
}
