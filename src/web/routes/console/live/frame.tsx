// Live connections: now, one by one, what was sent, announcements.
import { useState } from 'react'
import { Outlet } from 'react-router'
import { m } from '../../../i18n/generated/messages.js'
import { TabLinks } from '../../../ui/tabs.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import type { Sample } from './timeline.ts'

/** What the time line has seen: kept here while one looks at the pages beside it. */
export interface Seen {
  seen: Sample[]
  onSeen(add: (before: Sample[]) => Sample[]): void
}

export default function LiveFrame() {
  const [seen, onSeen] = useState<Sample[]>([])
  return (
    <>
      <PageTitle title={m.console_live_title()} text={m.console_live_text()} />
      <TabLinks
        label={m.console_live_title()}
        tabs={[
          { to: '/console/live', label: m.console_live_now(), end: true },
          { to: '/console/live/connections', label: m.console_live_connections() },
          { to: '/console/live/messages', label: m.console_live_messages() },
          { to: '/console/live/announcements', label: m.console_live_announcements() },
        ]}
      />
      <div className="mt-6">
        <Outlet context={{ seen, onSeen } satisfies Seen} />
      </div>
    </>
  )
}
