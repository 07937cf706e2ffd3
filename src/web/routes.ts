// The addresses of all pages. They are the same in both languages. Portal and console keep their own lists.
import { index, layout, route, type RouteConfig } from '@react-router/dev/routes'
import { consoleRoutes } from './routes/console/routes.ts'
import { portalRoutes } from './routes/portal/routes.ts'

export default [
  layout('routes/public/layout.tsx', [index('routes/public/home.tsx'), route('*', 'routes/public/not-found.tsx')]),
  route('preferences', 'routes/public/preferences.ts'),
  route('sign-out', 'routes/account/sign-out.ts'),
  route('portal', 'routes/portal/layout.tsx', portalRoutes),
  route('console', 'routes/console/layout.tsx', consoleRoutes),
] satisfies RouteConfig
