// The page around a form of the catalogue: its name, what is wrong with the whole, saving, and deleting.
import { useCallback, useState, type ReactNode } from 'react'
import { Form, useNavigation } from 'react-router'
import type { FormState } from '../../../form.ts'
import { m } from '../../../i18n/generated/messages.js'
import { Button, ButtonLink } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { ActionDialog } from '../parts/action-dialog.tsx'
import { PageTitle } from '../parts/page-title.tsx'

export function Editor({
  title,
  back,
  state,
  remove,
  children,
}: {
  title: string
  back: { to: string; label: string }
  state: FormState | undefined
  /** For what exists already: where it is deleted, and the text that must be typed for it. */
  remove?: { action: string; confirm: string; text: string }
  children: ReactNode
}) {
  const { state: moving, formMethod } = useNavigation()
  const [asked, setAsked] = useState(false)
  const onClose = useCallback(() => setAsked(false), [])
  return (
    <>
      <PageTitle
        title={title}
        back={back}
        aside={
          remove && (
            <Button type="button" kind="danger" icon="trash" onClick={() => setAsked(true)}>
              {m.console_delete()}
            </Button>
          )
        }
      />
      <Form method="post" noValidate className="max-w-4xl space-y-7">
        {state && (
          <Notice tone="danger" live>
            {state.message}
          </Notice>
        )}
        {children}
        <div className="sticky bottom-0 -mx-4 flex gap-2 border-t border-line bg-paper px-4 py-3 md:-mx-8 md:px-8">
          <Button kind="main" busy={moving !== 'idle' && formMethod === 'POST'}>
            {m.console_save()}
          </Button>
          <ButtonLink to={back.to} kind="plain">
            {m.console_cancel()}
          </ButtonLink>
        </div>
      </Form>
      {remove && (
        <ActionDialog
          open={asked}
          onClose={onClose}
          danger
          title={m.console_delete_title()}
          action={remove.action}
          hidden={{ intent: 'delete' }}
          submit={m.console_delete()}
          confirm={remove.confirm}
        >
          {() => <p className="text-small text-soft">{remove.text}</p>}
        </ActionDialog>
      )}
    </>
  )
}
