// The pages that the palette leads to, and how a few letters find one.
import { m } from '../../../i18n/generated/messages.js'
import type { IconName } from '../../../ui/icon.tsx'

export interface Place {
  to: string
  title: string
  icon: IconName
}

export const places = (): Place[] => [
  { to: '/console', title: m.console_today(), icon: 'home' },
  { to: '/console/projects', title: m.console_projects(), icon: 'board' },
  { to: '/console/invoices', title: m.console_invoices(), icon: 'receipt' },
  { to: '/console/clients', title: m.console_clients(), icon: 'users' },
  { to: '/console/flags', title: m.console_flags(), icon: 'flag' },
  { to: '/console/catalogue', title: m.console_plans(), icon: 'layers' },
  { to: '/console/catalogue/templates', title: m.console_templates(), icon: 'layers' },
  { to: '/console/catalogue/faqs', title: m.console_faqs(), icon: 'chat' },
  { to: '/console/catalogue/plans/new', title: m.console_plan_new(), icon: 'plus' },
  { to: '/console/catalogue/templates/new', title: m.console_template_new(), icon: 'plus' },
  { to: '/console/catalogue/faqs/new', title: m.console_faq_new(), icon: 'plus' },
  { to: '/console/mailbox', title: m.console_mailbox(), icon: 'mail' },
  { to: '/console/live', title: m.console_live_title(), icon: 'bolt' },
  { to: '/console/live/messages', title: m.console_live_messages(), icon: 'bolt' },
  { to: '/console/live/announcements', title: m.console_live_announcements(), icon: 'bell' },
  { to: '/console/events', title: m.console_events(), icon: 'list' },
  { to: '/console/events/parked', title: m.console_parked(), icon: 'pause' },
  { to: '/console/account', title: m.console_account(), icon: 'user' },
]

/** Whether the words of the query begin words of the title, in any order: `new pl` finds "New plan". */
export function matches(title: string, query: string): boolean {
  const words = title.toLowerCase().split(/[\s/-]+/)
  return query
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .every((part) => words.some((word) => word.startsWith(part)))
}
