// The verbs of the agency on a project, each as a button that asks first. The questions belong to the page, not to the card:
// a card moves to another column as soon as its verb has worked.
import { useCallback, useState, type ReactNode } from 'react'
import type { ProjectVerb } from '../../../../domains/projects/contract.ts'
import { m } from '../../../i18n/generated/messages.js'
import type { ButtonKind } from '../../../ui/button.tsx'
import { Textarea } from '../../../ui/field.tsx'
import type { IconName } from '../../../ui/icon.tsx'
import { ActionDialog } from '../parts/action-dialog.tsx'

/** The rest belongs to the client. */
export type AgencyVerb = Extract<ProjectVerb, 'start' | 'submit' | 'cancel'>

export const verbLooks: Record<AgencyVerb, { icon: IconName; kind: ButtonKind; word: () => string }> = {
  start: { icon: 'play', kind: 'quiet', word: () => m.console_verb_start() },
  submit: { icon: 'eye', kind: 'main', word: () => m.console_verb_submit() },
  cancel: { icon: 'close', kind: 'danger', word: () => m.console_verb_cancel() },
}

export interface Subject {
  id: string
  name: string
}
interface Question {
  verb: AgencyVerb
  project: Subject
}
export type Ask = (verb: AgencyVerb, project: Subject) => void

/** `ask` opens the question of a verb; `dialog` stands once on the page. */
export function useVerbs(): { ask: Ask; dialog: ReactNode } {
  const [question, setQuestion] = useState<Question | null>(null)
  const [open, setOpen] = useState(false)
  const onClose = useCallback(() => setOpen(false), [])
  const ask: Ask = (verb, project) => {
    setQuestion({ verb, project })
    setOpen(true)
  }
  const dialog = question && (
    <VerbDialog key={`${question.verb} ${question.project.id}`} {...question} open={open} onClose={onClose} />
  )
  return { ask, dialog }
}

function VerbDialog({ verb, project, ...dialog }: Question & { open: boolean; onClose: () => void }) {
  const { id, name } = project
  const common = { ...dialog, action: `/console/projects/${id}`, hidden: { intent: verb } }
  if (verb === 'start') {
    return (
      <ActionDialog
        {...common}
        title={m.console_start_title()}
        submit={m.console_start_submit()}
        done={m.console_start_done({ project: name })}
      >
        {(field) => (
          <>
            <Explanation name={name}>{m.console_start_text()}</Explanation>
            <Textarea
              label={m.console_start_reason()}
              hint={m.console_start_reason_hint()}
              maxLength={500}
              required
              {...field('reason')}
            />
          </>
        )}
      </ActionDialog>
    )
  }
  if (verb === 'submit') {
    return (
      <ActionDialog
        {...common}
        title={m.console_submit_title()}
        submit={m.console_submit_submit()}
        done={m.console_submit_done({ project: name })}
      >
        {(field) => (
          <>
            <Explanation name={name}>{m.console_submit_text()}</Explanation>
            <Textarea
              label={m.console_submit_note()}
              hint={m.console_submit_note_hint()}
              optional={m.common_optional()}
              maxLength={2000}
              {...field('note')}
            />
          </>
        )}
      </ActionDialog>
    )
  }
  return (
    <ActionDialog
      {...common}
      danger
      confirm={name}
      title={m.console_cancel_title()}
      submit={m.console_cancel_submit()}
      done={m.console_cancel_done({ project: name })}
    >
      {(field) => (
        <>
          <Explanation name={name}>{m.console_cancel_text()}</Explanation>
          <Textarea
            label={m.console_cancel_reason()}
            hint={m.console_cancel_reason_hint()}
            optional={m.common_optional()}
            maxLength={500}
            {...field('reason')}
          />
        </>
      )}
    </ActionDialog>
  )
}

function Explanation({ name, children }: { name: string; children: string }) {
  return (
    <div className="text-small">
      <p className="font-semibold wrap-anywhere">{name}</p>
      <p className="mt-1 text-soft">{children}</p>
    </div>
  )
}

export const agencyVerbs = (verbs: readonly ProjectVerb[]): AgencyVerb[] =>
  verbs.filter((verb): verb is AgencyVerb => verb in verbLooks)
