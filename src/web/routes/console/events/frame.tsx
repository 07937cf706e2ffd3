import type { ReactNode } from 'react'
import { m } from '../../../i18n/generated/messages.js'
import { TabLinks } from '../../../ui/tabs.tsx'
import { PageTitle } from '../parts/page-title.tsx'

export function EventsFrame({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <>
      <PageTitle title={title ?? m.console_events()} text={m.console_events_text()} />
      <div className="mb-6">
        <TabLinks
          label={m.console_events()}
          tabs={[
            { to: '/console/events', label: m.console_log(), end: true },
            { to: '/console/events/parked', label: m.console_parked() },
          ]}
        />
      </div>
      {children}
    </>
  )
}
