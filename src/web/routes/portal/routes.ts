import { index, route, type RouteConfigEntry } from '@react-router/dev/routes'

/** Below `/portal`; files are named from `src/web`. */
export const portalRoutes: RouteConfigEntry[] = [
  index('routes/portal/dashboard.tsx'),
  route('projects', 'routes/portal/projects.tsx'),
  route('projects/:id', 'routes/portal/project.tsx'),
  route('invoices', 'routes/portal/invoices.tsx'),
  route('invoices/:id', 'routes/portal/invoice.tsx'),
  route('invoices/:id/pay', 'routes/portal/pay.tsx'),
  route('account', 'routes/portal/account.tsx'),
]
