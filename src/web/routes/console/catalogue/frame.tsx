// What the agency offers: plans, templates, questions.
import { Outlet } from 'react-router'
import { m } from '../../../i18n/generated/messages.js'
import { TabLinks } from '../../../ui/tabs.tsx'
import { PageTitle } from '../parts/page-title.tsx'

export default function Catalogue() {
  return (
    <>
      <PageTitle title={m.console_catalogue()} text={m.console_catalogue_text()} />
      <TabLinks
        label={m.console_catalogue()}
        tabs={[
          { to: '/console/catalogue', label: m.console_plans(), end: true },
          { to: '/console/catalogue/templates', label: m.console_templates() },
          { to: '/console/catalogue/faqs', label: m.console_faqs() },
        ]}
      />
      <div className="mt-5">
        <Outlet />
      </div>
    </>
  )
}
