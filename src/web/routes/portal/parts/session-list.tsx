import { deviceOf } from '../../../../domains/identity/ui/device.ts'
import { m } from '../../../i18n/generated/messages.js'
import { Button } from '../../../ui/button.tsx'
import { DateTime } from '../../../ui/date-time.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import type { AccountAnswer, AccountSession } from './account-answer.ts'
import { Outcome } from './outcome.tsx'
import { PortalForm, useSending } from './portal-form.tsx'

/** The places where the account is signed in; all but the present one can be signed out. */
export function SessionList({ sessions, answer }: { sessions: AccountSession[]; answer: AccountAnswer | undefined }) {
  const ordered = [...sessions].sort(
    (a, b) => Number(b.current) - Number(a.current) || b.lastSeenAt.localeCompare(a.lastSeenAt),
  )
  return (
    <>
      <p className="measure mb-4 text-small text-soft">{m.portal_account_sessions_text()}</p>
      <Outcome answer={answer} done={m.portal_account_revoked()} />
      <ul className="border-t border-line">
        {ordered.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
    </>
  )
}

function SessionRow({ session: { id, current, address, userAgent, lastSeenAt } }: { session: AccountSession }) {
  const busy = useSending('revoke', { name: 'session', value: id })
  const { browser, system, program, phone } = deviceOf(userAgent)
  const name =
    browser && system
      ? m.portal_device_on({ browser, system })
      : (browser ??
        system ??
        (program ? m.portal_device_program({ name: program }) : m.portal_account_unknown_device()))
  return (
    <li className="flex items-center gap-4 border-b border-line py-3.5">
      <Icon name={phone ? 'phone' : 'screen'} className="size-5 text-faint" />
      <div className="min-w-0 flex-1 text-small">
        <p className="font-semibold">{name}</p>
        <p className="text-caption wrap-anywhere text-faint">
          {address} · {m.portal_account_last_seen()} <DateTime at={lastSeenAt} />
        </p>
      </div>
      {current ? (
        <StatusTag tone="success">{m.portal_account_this_device()}</StatusTag>
      ) : (
        <PortalForm intent="revoke">
          <input type="hidden" name="session" value={id} />
          <Button size="small" busy={busy} aria-label={m.portal_account_revoke_label({ device: name })}>
            {m.portal_account_revoke()}
          </Button>
        </PortalForm>
      )}
    </li>
  )
}
