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
    route('pesan', 'routes/public/order/plan.tsx'),
    route('pesan/template', 'routes/public/order/template.tsx'),
    route('pesan/brief', 'routes/public/order/brief.tsx'),
    route('pesan/akun', 'routes/public/order/account.tsx'),
    route('pesan/ringkasan', 'routes/public/order/summary.tsx'),
    route('developers/errors/:code', 'routes/public/problem.tsx'),
    route('sign-in', 'routes/account/sign-in.tsx'),
    route('sign-up', 'routes/account/sign-up.tsx'),
    route('verify-email', 'routes/account/verify-email.tsx'),
    route('forgot-password', 'routes/account/forgot-password.tsx'),
    route('reset-password', 'routes/account/reset-password.tsx'),
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
