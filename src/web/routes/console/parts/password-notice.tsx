import { useLocation } from 'react-router'
import { m } from '../../../i18n/generated/messages.js'
import { Link } from '../../../ui/link.tsx'
import { Notice } from '../../../ui/notice.tsx'

/** While the account still has the password that the system made. */
export function PasswordNotice() {
  const here = useLocation().pathname === '/console/account'
  return (
    <Notice tone="attention" title={m.console_password_title()} className="mb-6">
      {m.console_password_text()} {!here && <Link to="/console/account#password">{m.console_password_link()}</Link>}
    </Notice>
  )
}
