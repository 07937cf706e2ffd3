import { index, route, type RouteConfigEntry } from '@react-router/dev/routes'

const at = (path: string, file: string, children?: RouteConfigEntry[]) =>
  route(path, `routes/console/${file}`, ...(children ? [children] : []))

/** Below `/console`; files are named from `src/web`. */
export const consoleRoutes: RouteConfigEntry[] = [
  index('routes/console/today/today.tsx'),
  at('projects', 'projects/projects.tsx'),
  at('projects/:id', 'projects/project.tsx'),
  at('invoices', 'invoices/invoices.tsx'),
  at('invoices/:id', 'invoices/invoice.tsx'),
  at('clients', 'clients/clients.tsx'),
  at('clients/:id', 'clients/client.tsx'),
  at('flags', 'flags/flags.tsx'),
  at('catalogue', 'catalogue/frame.tsx', [
    index('routes/console/catalogue/plans.tsx'),
    at('templates', 'catalogue/templates.tsx'),
    at('faqs', 'catalogue/faqs.tsx'),
  ]),
  at('catalogue/plans/:id', 'catalogue/plan.tsx'),
  at('catalogue/templates/:id', 'catalogue/template.tsx'),
  at('catalogue/faqs/:id', 'catalogue/faq.tsx'),
  at('mailbox', 'mailbox/mailbox.tsx', [index('routes/console/mailbox/unopened.tsx'), at(':id', 'mailbox/mail.tsx')]),
  at('live', 'live/frame.tsx', [
    index('routes/console/live/now.tsx'),
    at('connections', 'live/connections.tsx'),
    at('messages', 'live/messages.tsx'),
    at('announcements', 'live/announcements.tsx'),
  ]),
  at('live/connections/:id', 'live/connection.tsx'),
  at('events', 'events/events.tsx'),
  at('events/parked', 'events/parked.tsx'),
  at('account', 'account.tsx'),
  at('search', 'palette/search.ts'),
]
