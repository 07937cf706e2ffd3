// Shows or hides a thing with one press; pressing again takes it back.
import { useFetcher } from 'react-router'
import { m } from '../../../i18n/generated/messages.js'
import { Button } from '../../../ui/button.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import type { Outcome } from '../parts/outcome.ts'

export function VisibleTag({ visible }: { visible: boolean }) {
  return visible ? (
    <StatusTag tone="success" icon="eye">
      {m.console_shown()}
    </StatusTag>
  ) : (
    <StatusTag tone="neutral" icon="minus">
      {m.console_hidden()}
    </StatusTag>
  )
}

export function VisibilityButton({ action, name, visible }: { action: string; name: string; visible: boolean }) {
  const fetcher = useFetcher<Outcome>()
  const label = visible ? m.console_hide() : m.console_show()
  return (
    <fetcher.Form method="post" action={action} className="inline">
      <input type="hidden" name="intent" value={visible ? 'hide' : 'show'} />
      <Button size="small" kind="plain" busy={fetcher.state !== 'idle'} aria-label={`${label}: ${name}`}>
        {label}
      </Button>
    </fetcher.Form>
  )
}
