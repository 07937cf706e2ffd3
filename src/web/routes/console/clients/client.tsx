import { data } from 'react-router'
import { listInvoices } from '../../../../domains/billing/contract.ts'
import { blockUser, getClient, unblockUser } from '../../../../domains/identity/contract.ts'
import { listProjects } from '../../../../domains/projects/contract.ts'
import { page } from '../../../context.ts'
import { text } from '../../../form.ts'
import { m } from '../../../i18n/generated/messages.js'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { DateTime } from '../../../ui/date-time.tsx'
import { Link } from '../../../ui/link.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { InvoicesTable } from '../invoices/invoices-table.tsx'
import { Facts } from '../parts/facts.tsx'
import { ConsoleFault } from '../parts/fault.tsx'
import { attempt } from '../parts/outcome.ts'
import { PageTitle, Section } from '../parts/page-title.tsx'
import { ProjectsTable } from '../projects/projects-table.tsx'
import type { Route } from './+types/client.ts'
import { BlockActions, BlockedTag } from './block.tsx'
import { Verified } from './verified.tsx'

/** Of each kind on the page; the rest stands behind a link. */
const most = 50

export async function loader({ params: { id }, context }: Route.LoaderArgs) {
  const { call } = context.get(page)
  const [client, projects, invoices] = await Promise.all([
    call(getClient, { id }),
    call(listProjects, { clientId: id, limit: most }),
    call(listInvoices, { clientId: id, limit: most }),
  ])
  return { client, projects: projects.data, invoices: invoices.data }
}

export async function action({ params: { id }, request, context }: Route.ActionArgs) {
  const { call } = context.get(page)
  const form = await request.formData()
  switch (text(form, 'intent')) {
    case 'block': {
      const reason = text(form, 'reason')
      return attempt(() => call(blockUser, { id, reason }), { reason }, { reason: m.console_err_reason() })
    }
    case 'unblock':
      return attempt(() => call(unblockUser, { id }))
    default:
      throw data(null, { status: 400 })
  }
}

const link = 'text-nila underline decoration-nila/40 underline-offset-[0.2em] hover:decoration-nila'

export default function ClientPage({ loaderData: { client, projects, invoices } }: Route.ComponentProps) {
  return (
    <>
      <PageTitle
        title={client.name}
        back={{ to: '/console/clients', label: m.console_clients() }}
        tag={client.blocked ? <BlockedTag /> : <Verified verified={client.emailVerified} />}
        aside={<BlockActions client={client} />}
      />
      {client.blocked && (
        <Notice tone="danger" className="mb-6">
          <p className="wrap-anywhere">{m.console_live_blocked_since({ reason: client.blocked.reason })}</p>
          <p className="text-soft">
            <DateTime at={client.blocked.at} />
          </p>
        </Notice>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="space-y-10 max-lg:order-last">
          <Section id="projects" title={m.console_projects()}>
            {projects.length > 0 ? (
              <ProjectsTable caption={m.console_projects()} projects={projects} withClient={false} dense />
            ) : (
              <p className="text-small text-soft">{m.console_client_no_projects()}</p>
            )}
          </Section>
          <Section id="invoices" title={m.console_invoices()}>
            {invoices.length > 0 ? (
              <InvoicesTable caption={m.console_invoices()} invoices={invoices} withClient={false} dense />
            ) : (
              <p className="text-small text-soft">{m.console_client_no_invoices()}</p>
            )}
          </Section>
        </div>
        <aside aria-label={m.console_contact()}>
          <Facts
            facts={[
              {
                name: m.console_email(),
                value: (
                  <a className={link} href={`mailto:${client.email}`}>
                    {client.email}
                  </a>
                ),
              },
              {
                name: m.console_phone(),
                value: client.phone ? (
                  <a className={link} href={`tel:${client.phone.replaceAll(/[^+\d]/g, '')}`}>
                    {client.phone}
                  </a>
                ) : (
                  m.console_none()
                ),
              },
              {
                name: m.console_language(),
                value: client.locale === 'id' ? m.common_language_id() : m.common_language_en(),
              },
              { name: m.console_since(), value: <DateTime at={client.createdAt} show="date" /> },
            ]}
          />
          <p className="mt-4 flex flex-wrap items-center gap-x-5 gap-y-2 text-small">
            <CopyButton text={client.email}>{m.console_copy_email()}</CopyButton>
            <Link to={`/console/mailbox?search=${encodeURIComponent(client.email)}`}>{m.console_mails_of_this()}</Link>
          </p>
        </aside>
      </div>
    </>
  )
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <ConsoleFault error={error} />
}
