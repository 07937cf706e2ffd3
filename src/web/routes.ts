// The addresses of all pages. They are the same in both languages. Portal and console keep their own lists.
import { index, layout, route, type RouteConfig } from '@react-router/dev/routes'
import { consoleRoutes } from './routes/console/routes.ts'
import { portalRoutes } from './routes/portal/routes.ts'

export default [
  layout('routes/public/layout.tsx', [
    index('routes/public/home.tsx'),
    route('layanan/:service', 'routes/public/service.tsx'),
    route('template', 'routes/public/templates.tsx'),
    route('template/:slug', 'routes/public/template.tsx'),
    route('harga', 'routes/public/pricing.tsx'),
    route('faq', 'routes/public/faq.tsx'),
    route('*', 'routes/public/not-found.tsx'),
  ]),
  route('robots.txt', 'routes/public/robots.ts'),
  route('sitemap.xml', 'routes/public/sitemap.ts'),
  route('preferences', 'routes/public/preferences.ts'),
  route('sign-out', 'routes/account/sign-out.ts'),
  route('sandbox/wallet', 'routes/sandbox/wallet.tsx'),
  route('portal', 'routes/portal/layout.tsx', portalRoutes),
  route('console', 'routes/console/layout.tsx', consoleRoutes),
] satisfies RouteConfig
