// Live connections: now, one by one, what was sent, announcements.
import { Outlet } from 'react-router'
import { m } from '../../../i18n/generated/messages.js'
import { TabLinks } from '../../../ui/tabs.tsx'
import { PageTitle } from '../parts/page-title.tsx'

export default function LiveFrame() {
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
        <Outlet />
      </div>
    </>
  )
}
