// A question over the page that ends in one act. It stays open with what was typed when the act is refused, and keeps what
// was typed when it is closed by accident. Acts that cannot be taken back ask for a text to be typed.
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useFetcher } from 'react-router'
import { m } from '../../../i18n/generated/messages.js'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogClose } from '../../../ui/dialog.tsx'
import { Field } from '../../../ui/field.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { isDone, type Outcome } from './outcome.ts'
import { sameWords } from './same-words.ts'

export interface BoundField {
  name: string
  value: string
  error: string | undefined
  onChange(event: { currentTarget: { value: string } }): void
}

export interface ActionDialogProps {
  open: boolean
  onClose(): void
  title: string
  /** The address whose action is called. */
  action: string
  /** Sent along; `intent` tells the action what is asked. */
  hidden: Record<string, string>
  submit: string
  danger?: boolean
  /** Said when it is done; absent where the act leads to another page. */
  done?: string
  /** The text that must be typed. */
  confirm?: string
  /** What the fields begin with. */
  initial?: Record<string, string>
  children?: (field: (name: string) => BoundField) => ReactNode
}

interface Typed {
  /** The answer that stood when it was typed. */
  after: Outcome | undefined
  values: Record<string, string>
}

export function ActionDialog(props: ActionDialogProps) {
  const { open, onClose, title, action, hidden, submit, danger = false, done, confirm, initial = {}, children } = props
  const [typed, setTyped] = useState<Typed>({ after: undefined, values: {} })
  const [mistyped, setMistyped] = useState(false)
  const fetcher = useFetcher<Outcome>()
  const toast = useToast()
  const handled = useRef<Outcome>(undefined)
  const answer = fetcher.data
  useEffect(() => {
    if (!answer || handled.current === answer) return
    handled.current = answer
    if (!isDone(answer)) return
    onClose()
    if (done) toast({ title: done, tone: 'success' })
  }, [answer, done, onClose, toast])

  // What was typed before the act was done belongs to the past.
  const draft = answer && isDone(answer) && typed.after !== answer ? {} : typed.values
  const refusal = answer && !isDone(answer) ? answer : undefined
  const field = (name: string): BoundField => ({
    name,
    value: draft[name] ?? initial[name] ?? '',
    error: refusal?.errors[name],
    onChange: ({ currentTarget: { value } }) => setTyped({ after: answer, values: { ...draft, [name]: value } }),
  })
  const confirmation = field('confirm')
  return (
    <Dialog title={title} open={open} onOpenChange={(next) => !next && onClose()}>
      <fetcher.Form
        method="post"
        action={action}
        noValidate
        className="space-y-5"
        onSubmit={(event) => {
          const wrong = confirm !== undefined && !sameWords(confirmation.value, confirm)
          setMistyped(wrong)
          if (wrong) event.preventDefault()
        }}
      >
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {refusal?.message && (
          <Notice tone="danger" live>
            {refusal.message}
          </Notice>
        )}
        {children?.(field)}
        {confirm !== undefined && (
          <Field
            label={m.console_confirm_label({ text: confirm })}
            autoComplete="off"
            {...confirmation}
            error={mistyped ? m.console_confirm_wrong() : undefined}
          />
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <DialogClose>
            <Button type="button" kind="plain">
              {m.console_cancel()}
            </Button>
          </DialogClose>
          <Button kind={danger ? 'danger' : 'main'} busy={fetcher.state !== 'idle'}>
            {submit}
          </Button>
        </div>
      </fetcher.Form>
    </Dialog>
  )
}
