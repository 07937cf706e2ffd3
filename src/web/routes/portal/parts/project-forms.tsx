// The two forms of a project's page, in the place of the panel whose button opened them.
import { m } from '../../../i18n/generated/messages.js'
import { Button, ButtonLink } from '../../../ui/button.tsx'
import { Field, Textarea } from '../../../ui/field.tsx'
import { PortalForm, useSending } from './portal-form.tsx'
import type { Answer, ProjectStory } from './project-data.ts'

const frame = 'animate-arrive rounded-base border px-5 py-6 md:px-8 md:py-8'

function NotNow({ id }: { id: string }) {
  return (
    <ButtonLink to={`/portal/projects/${id}`} kind="plain" size="large" preventScrollReset>
      {m.portal_not_now()}
    </ButtonLink>
  )
}

export function ReviseForm({ project: { id }, answer }: { project: ProjectStory; answer: Answer }) {
  const busy = useSending('revise')
  return (
    <PortalForm intent="revise" className={`${frame} border-line bg-raised`}>
      <Textarea
        label={m.portal_revision_title()}
        hint={m.portal_revision_hint()}
        name="note"
        required
        maxLength={2000}
        rows={6}
        // The reader has just asked for this form.
        // eslint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        defaultValue={answer?.values.note}
        error={answer?.errors.note}
      />
      <div className="mt-5 flex flex-wrap gap-3">
        <Button kind="main" size="large" icon="undo" busy={busy}>
          {m.portal_revision_send()}
        </Button>
        <NotNow id={id} />
      </div>
    </PortalForm>
  )
}

export function CancelForm({ project: { id, name }, answer }: { project: ProjectStory; answer: Answer }) {
  const busy = useSending('cancel')
  return (
    <PortalForm intent="cancel" className={`${frame} border-bata/50 bg-raised`} aria-labelledby="cancel-title">
      <h2 id="cancel-title" className="text-lead font-bold wrap-anywhere">
        {m.portal_cancel_title({ name })}
      </h2>
      <p className="measure mt-2 text-soft">{m.portal_cancel_text()}</p>
      <div className="mt-6 max-w-lg space-y-5">
        <Field
          label={m.portal_cancel_confirm()}
          hint={m.portal_cancel_confirm_hint({ name })}
          name="confirmation"
          autoComplete="off"
          required
          // eslint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          defaultValue={answer?.values.confirmation}
          error={answer?.errors.confirmation}
        />
        <Field
          label={m.portal_cancel_reason()}
          optional={m.common_optional()}
          name="reason"
          maxLength={500}
          defaultValue={answer?.values.reason}
          error={answer?.errors.reason}
        />
      </div>
      <div className="mt-6 flex flex-wrap gap-3">
        <Button kind="danger" size="large" icon="x-circle" busy={busy}>
          {m.portal_cancel_send()}
        </Button>
        <NotNow id={id} />
      </div>
    </PortalForm>
  )
}
