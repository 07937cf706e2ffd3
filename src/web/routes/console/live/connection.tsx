// One live connection: who, from where, what it reads, what was sent to it; and the way to end it.
import { data } from 'react-router'
import { disconnect, getConnection, listMessages } from '../../../../domains/realtime/contract.ts'
import { getClient } from '../../../../domains/identity/contract.ts'
import { deviceOf } from '../../../../domains/identity/ui/device.ts'
import { closeWord, protocolWord } from '../../../../domains/realtime/ui/words.ts'
import { page } from '../../../context.ts'
import { text } from '../../../form.ts'
import { formatNumber } from '../../../i18n/format.ts'
import { m } from '../../../i18n/generated/messages.js'
import { getLocale } from '../../../i18n/generated/runtime.js'
import { nullIfGone } from '../../../problem.ts'
import { DateTime } from '../../../ui/date-time.tsx'
import { Link } from '../../../ui/link.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Facts } from '../parts/facts.tsx'
import { ConsoleFault } from '../parts/fault.tsx'
import { attempt } from '../parts/outcome.ts'
import { PageTitle, Section } from '../parts/page-title.tsx'
import { useReload } from '../parts/reload.ts'
import type { Route } from './+types/connection.ts'
import { ConnectionActions } from './connection-actions.tsx'
import { ConnectionTag, nameOf, type ConnectionView } from './connections-table.tsx'
import { MessagesTable } from './messages-table.tsx'
import { roleWord } from './role.ts'

export async function loader({ params: { id }, context }: Route.LoaderArgs) {
  const { call, user } = context.get(page)
  const [connection, messages] = await Promise.all([
    call(getConnection, { id }),
    call(listMessages, { connectionId: id, limit: 20 }),
  ])
  // Of colleagues there is no page, and of those who are gone nothing at all.
  const client =
    connection.role === 'client' && connection.user.name !== ''
      ? await call(getClient, { id: connection.user.id }).catch(nullIfGone)
      : null
  return { connection, messages: messages.data, client, mine: user?.id === connection.user.id }
}

export async function action({ params: { id }, request, context }: Route.ActionArgs) {
  const { call } = context.get(page)
  const form = await request.formData()
  switch (text(form, 'intent')) {
    case 'disconnect':
      return attempt(() => call(disconnect, { id, reconnect: text(form, 'stay') !== 'on' }))
    default:
      throw data(null, { status: 400 })
  }
}

export default function ConnectionPage({ loaderData }: Route.ComponentProps) {
  useReload(2_000)
  const { connection, messages, client, mine } = loaderData
  return (
    <>
      <PageTitle
        title={nameOf(connection)}
        back={{ to: '/console/live/connections', label: m.console_live_connections() }}
        tag={<ConnectionTag connection={connection} />}
        aside={<ConnectionActions connection={connection} client={client} mine={mine} />}
      />
      {client?.blocked && (
        <Notice tone="danger" className="mb-6">
          {m.console_live_blocked_since({ reason: client.blocked.reason })}
        </Notice>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Section
          id="history"
          title={m.console_live_history()}
          className="max-lg:order-last"
          aside={
            messages.length > 0 && (
              <Link to={`/console/live/messages?connection=${connection.id}`}>{m.console_live_all_of_these()}</Link>
            )
          }
        >
          {messages.length > 0 ? (
            <MessagesTable messages={messages} withUser={false} />
          ) : (
            <p className="text-small text-soft">{m.console_live_no_messages_title()}</p>
          )}
        </Section>
        <aside aria-label={m.console_facts()}>
          <Facts facts={factsOf(connection)} />
          <p className="mt-3 flex flex-wrap gap-x-5 text-small [&>a]:inline-flex [&>a]:min-h-9 [&>a]:items-center">
            <Link to={`/console/live/messages?user=${connection.user.id}`}>{m.console_live_all_of_user()}</Link>
            {client && <Link to={`/console/clients/${client.id}`}>{m.console_live_to_client()}</Link>}
          </p>
        </aside>
      </div>
    </>
  )
}

function factsOf(connection: ConnectionView) {
  const { browser, system, program } = deviceOf(connection.userAgent)
  const device = [browser ?? program, system].filter(Boolean).join(' · ')
  return [
    { name: m.console_email(), value: connection.user.email || m.console_none() },
    { name: m.console_live_role(), value: roleWord(connection.role) },
    { name: m.console_live_since(), value: <DateTime at={connection.connectedAt} /> },
    { name: m.console_live_heartbeat(), value: <DateTime at={connection.lastHeartbeatAt} /> },
    { name: m.console_live_protocol(), value: protocolWord(connection.protocol) },
    { name: m.console_live_address(), value: <code className="text-caption">{connection.address}</code> },
    { name: m.console_live_device(), value: device || m.console_live_unknown_device() },
    {
      name: m.console_live_sent(),
      value: <span className="tabular">{formatNumber(connection.messages, getLocale())}</span>,
    },
    {
      name: m.console_live_channels(),
      value:
        connection.channels.length === 0
          ? m.console_none()
          : connection.channels.map((channel) => (
              <code key={channel} className="block text-caption">
                {channel}
              </code>
            )),
    },
    ...(connection.closedAt === null
      ? []
      : [{ name: m.console_live_closed(), value: <DateTime at={connection.closedAt} /> }]),
    ...(connection.closeCode === null
      ? []
      : [
          {
            name: m.console_live_closed_because(),
            value: closeWord(connection.closeCode, connection.closeReason),
          },
        ]),
  ]
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <ConsoleFault error={error} />
}
