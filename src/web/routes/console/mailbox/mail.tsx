// One mail as it was written: styled, and as plain text.
import { useFetcher, useLocation } from 'react-router'
import { getMail, resendMail } from '../../../../domains/notifications/contract.ts'
import { LinkedText } from '../../../../domains/projects/ui/linked-text.tsx'
import { page } from '../../../context.ts'
import { m } from '../../../i18n/generated/messages.js'
import { Button } from '../../../ui/button.tsx'
import { DateTime } from '../../../ui/date-time.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Link } from '../../../ui/link.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Tabs } from '../../../ui/tabs.tsx'
import { Facts } from '../parts/facts.tsx'
import { ConsoleFault } from '../parts/fault.tsx'
import { attempt, isDone, type Outcome } from '../parts/outcome.ts'
import type { Route } from './+types/mail.ts'
import { MailStatusTag } from './mail-status.tsx'
import { Preview } from './preview.tsx'

export async function loader({ params: { id }, context }: Route.LoaderArgs) {
  return { mail: await context.get(page).call(getMail, { id }) }
}

export async function action({ params: { id }, context }: Route.ActionArgs) {
  return attempt(() => context.get(page).call(resendMail, { id }))
}

export default function MailPage({ loaderData: { mail } }: Route.ComponentProps) {
  const query = useLocation().search
  return (
    <article aria-labelledby="subject">
      <title>{`${mail.subject} · ${m.common_brand()}`}</title>
      <p className="mb-2 lg:hidden">
        <Link
          to={`/console/mailbox${query}`}
          look="quiet"
          className="inline-flex min-h-8 items-center gap-1.5 text-small"
        >
          <Icon name="arrow-left" />
          {m.console_mailbox()}
        </Link>
      </p>
      <h2 id="subject" className="text-lead font-bold wrap-anywhere">
        {mail.subject}
      </h2>
      <div className="mt-3 mb-5">
        <Facts
          facts={[
            { name: m.console_mail_to(), value: mail.to },
            { name: m.console_status(), value: <MailStatusTag status={mail.status} /> },
            { name: m.console_mail_written(), value: <DateTime at={mail.createdAt} show="full" /> },
            ...(mail.sentAt
              ? [{ name: m.console_mail_sent_at(), value: <DateTime at={mail.sentAt} show="full" /> }]
              : []),
          ]}
        />
      </div>
      {mail.status === 'failed' && <Failed key={`failed ${mail.id}`} id={mail.id} error={mail.error} />}
      <Tabs
        key={`views ${mail.id}`}
        label={m.console_mail_views()}
        tabs={[
          { value: 'styled', label: m.console_mail_styled(), content: <Preview html={mail.html} /> },
          {
            value: 'text',
            label: m.console_mail_plain(),
            content: <LinkedText text={mail.text} className="text-small" />,
          },
        ]}
      />
    </article>
  )
}

function Failed({ id, error }: { id: string; error: string | null }) {
  const fetcher = useFetcher<Outcome>()
  const refusal = fetcher.data && !isDone(fetcher.data) ? fetcher.data.message : null
  return (
    <Notice tone="danger" title={m.console_mail_failed_title()} className="mb-5">
      <p>{m.console_mail_failed_text()}</p>
      {error && (
        <p lang="en" className="mt-1 font-mono text-caption wrap-anywhere">
          {error}
        </p>
      )}
      <fetcher.Form method="post" action={`/console/mailbox/${id}`} className="mt-3">
        <Button size="small" icon="refresh" busy={fetcher.state !== 'idle'}>
          {m.console_mail_resend()}
        </Button>
      </fetcher.Form>
      {refusal && (
        <p role="alert" className="mt-2">
          {refusal}
        </p>
      )}
    </Notice>
  )
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <ConsoleFault error={error} />
}
