// A form of the portal: a plain one before the page is alive; after that it stays on the page while it is sent. Without a
// connection it is not sent at all, so that nothing typed is lost.
import { useState, type ComponentProps, type ReactNode } from 'react'
import { Form, useNavigation } from 'react-router'
import { m } from '../../../i18n/generated/messages.js'
import { Notice } from '../../../ui/notice.tsx'

/** `intent` tells the page's action which of its forms was sent. */
export function PortalForm({
  intent,
  children,
  ...form
}: { intent: string; children: ReactNode } & Omit<ComponentProps<typeof Form>, 'method' | 'children'>) {
  const [offline, setOffline] = useState(false)
  return (
    <Form
      method="post"
      preventScrollReset
      noValidate
      {...form}
      onSubmit={(event) => {
        setOffline(!navigator.onLine)
        if (!navigator.onLine) event.preventDefault()
      }}
    >
      <input type="hidden" name="intent" value={intent} />
      {children}
      {offline && (
        <Notice tone="danger" live className="mt-4">
          {m.portal_offline_form()}
        </Notice>
      )}
    </Form>
  )
}

/** Whether the form of this intent is on its way; `also` tells several forms of one intent apart. */
export function useSending(intent: string, also?: { name: string; value: string }): boolean {
  const { formData } = useNavigation()
  return formData?.get('intent') === intent && (also === undefined || formData.get(also.name) === also.value)
}
