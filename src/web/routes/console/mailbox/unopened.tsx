import { m } from '../../../i18n/generated/messages.js'
import { Icon } from '../../../ui/icon.tsx'

/** Beside the list while no mail is open; narrow screens do not show it. */
export default function Unopened() {
  return (
    <div className="grid h-full min-h-64 place-items-center text-center text-small text-soft">
      <p>
        <Icon name="mail" className="mx-auto mb-2 block size-7 text-faint" />
        {m.console_mail_choose()}
      </p>
    </div>
  )
}
