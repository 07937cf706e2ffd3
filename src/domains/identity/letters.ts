// The mails about an account, as words; the link's token is in them and nowhere else.
import type { Locale } from '../../platform/contract/shapes.ts'
import { letter } from '../../platform/mail/letter.ts'
import type { Letter } from '../../platform/mail/letter.ts'
import { m } from '../../web/i18n/generated/messages.js'

interface Addressee {
  name: string
  locale: Locale
}

export function verifyLetter({ name, locale }: Addressee, url: string): Letter {
  const to = { locale }
  return letter({
    locale,
    subject: m.mail_verify_subject({}, to),
    greeting: m.mail_greeting({ name }, to),
    paragraphs: [m.mail_verify_body({}, to), m.mail_verify_expiry({}, to)],
    action: { label: m.mail_verify_action({}, to), url },
    closing: m.mail_closing({}, to),
  })
}

export function resetLetter({ name, locale }: Addressee, url: string): Letter {
  const to = { locale }
  return letter({
    locale,
    subject: m.mail_reset_subject({}, to),
    greeting: m.mail_greeting({ name }, to),
    paragraphs: [m.mail_reset_body({}, to), m.mail_reset_expiry({}, to)],
    action: { label: m.mail_reset_action({}, to), url },
    closing: m.mail_closing({}, to),
  })
}

export function passwordChangedLetter({ name, locale }: Addressee): Letter {
  const to = { locale }
  return letter({
    locale,
    subject: m.mail_password_changed_subject({}, to),
    greeting: m.mail_greeting({ name }, to),
    paragraphs: [m.mail_password_changed_body({}, to)],
    closing: m.mail_closing({}, to),
  })
}
