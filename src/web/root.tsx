// The HTML around every page. A page gets JavaScript only where a route on its way asks for it (`handle.hydrate`).
import sans from '@fontsource-variable/plus-jakarta-sans/files/plus-jakarta-sans-latin-wght-normal.woff2?url'
import { use, type ReactNode } from 'react'
import { Links, Meta, Outlet, Scripts, ScrollRestoration, useMatches } from 'react-router'
import type { Route } from './+types/root.ts'
import css from './app.css?url'
import { page } from './context.ts'
import { DocumentContext } from './document-context.ts'
import { getLocale } from './i18n/generated/runtime.js'
import type { RouteHandle } from './route-handle.ts'
import { FaultPage } from './ui/fault-page.tsx'

export const links: Route.LinksFunction = () => [
  { rel: 'preload', href: sans, as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' },
  { rel: 'stylesheet', href: css },
  { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' },
  { rel: 'apple-touch-icon', href: '/apple-touch-icon.png' },
]

/** What every page may ask for: `useReader()`. */
export function loader({ context }: Route.LoaderArgs) {
  const { user, locale, theme, now, publicUrl, sandbox } = context.get(page)
  return { user, locale, theme, now: now.toISOString(), publicUrl, sandbox }
}

export function Layout({ children }: { children: ReactNode }) {
  const { nonce: given, theme } = use(DocumentContext)
  const hydrate = useMatches().some((match) => (match.handle as RouteHandle | undefined)?.hydrate)
  const nonce = hydrate ? given : undefined
  return (
    <html lang={getLocale()} data-theme={theme} suppressHydrationWarning>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="theme-color" content="#fbf9f4" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#0f131e" media="(prefers-color-scheme: dark)" />
        <Meta />
        {/* Stylesheets come from this server and need no nonce; browsers hide one, and hydration would miss it. */}
        <Links nonce="" />
      </head>
      <body>
        {children}
        {hydrate && (
          <>
            <ScrollRestoration nonce={nonce} />
            <Scripts nonce={nonce} />
          </>
        )}
        {import.meta.env.DEV && !hydrate && <script type="module" src="/src/web/development-reload.ts" nonce={given} />}
      </body>
    </html>
  )
}

export default function Root() {
  return <Outlet />
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return <FaultPage error={error} />
}
